/// How the page looks: one family of type, colours that the colour-blind tell apart (Okabe and Ito 2008, darkened on
/// white until text in them is legible), and the best in a colour that nothing else has.
enum StyleSheet {
    static let source = colours + page + headline + charts + table + media

    private static let colours = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --ink: #1b1c1e; --soft: #5c6067; --rule: #d8dade; --faint: #eef0f2;
          --good: #0072b2; --best: #b84a00; --off: #7a7f87; --bad: #9b3d78; --live: #00755a;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #16181b; --ink: #e7e7e4; --soft: #a3a8b0; --rule: #3a3e44; --faint: #23262a;
            --good: #56b4e9; --best: #f0a30a; --off: #8b9199; --bad: #e08fc0; --live: #2fc79a;
          }
        }

        """

    private static let page = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0; padding: 40px 32px 64px; background: var(--paper); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Inter, sans-serif;
          font-variant-numeric: tabular-nums;
        }
        header, main, footer { max-width: 1120px; margin: 0 auto; }
        a { color: inherit; text-decoration-color: var(--off); text-underline-offset: 2px; }
        :focus-visible { outline: 2px solid var(--best); outline-offset: 2px; }
        h1, h2, h3, p, dl, dd, ul, pre { margin: 0; padding: 0; }
        h1, h2, h3 { font-weight: 600; }
        h1 { font-size: 26px; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
        .lede { margin-top: 4px; max-width: 70ch; color: var(--soft); overflow-wrap: anywhere; }
        dt { color: var(--soft); font-size: 12px; }
        dt, dd { overflow-wrap: anywhere; }
        [hidden] { display: none; }
        .facts { display: flex; flex-wrap: wrap; gap: 10px 32px; margin-top: 20px; font-size: 13px; }
        .facts div { max-width: 100%; }
        main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 48px; margin-top: 32px; }
        .headline, .wide { grid-column: 1 / -1; }
        .panel > h2 { margin-bottom: 12px; font-size: 16px; }
        .note, .nothing { margin-top: 10px; max-width: 84ch; color: var(--soft); font-size: 12.5px; }
        .note, .nothing { overflow-wrap: anywhere; }
        .nothing { margin: 0; padding: 20px 0; border-top: 1px solid var(--rule); font-size: 14px; }
        pre { overflow-wrap: anywhere; white-space: pre-wrap; font: 13px/1.5 ui-monospace, monospace; }
        code { font: inherit; }
        footer { margin-top: 56px; padding-top: 16px; border-top: 1px solid var(--rule); }
        footer { color: var(--soft); font-size: 12.5px; }
        footer pre { margin-top: 6px; font-size: 12.5px; }
        .shapes { position: absolute; }

        """

    private static let headline = """
        .headline { padding: 28px 0 0; border-top: 2px solid var(--ink); }
        .result { display: flex; flex-wrap: wrap; align-items: flex-end; gap: 20px 56px; }
        .headline h2 { font-weight: 400; font-size: 15px; }
        .figure {
          display: block; margin-left: -3px; color: var(--best);
          font-size: 60px; font-weight: 500; line-height: 1; letter-spacing: -.035em;
        }
        .of { display: block; margin-top: 8px; overflow-wrap: anywhere; }
        .settings { flex: 1 1 320px; display: flex; flex-wrap: wrap; gap: 10px 32px; min-width: 0; }
        .settings div { max-width: 100%; }
        .settings.many { display: grid; flex-basis: 100%; }
        .settings.many { grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); }
        .settings.many dd { font-size: 15px; }
        .settings dd { font-size: 17px; line-height: 1.35; }
        .caveat { margin-top: 20px; max-width: 84ch; }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 32px; margin-top: 20px; font-size: 13px; }
        .legend ul { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; }
        .legend li { white-space: nowrap; }
        .hint { color: var(--soft); }
        .key { margin-right: 5px; vertical-align: -3px; overflow: visible; }
        .command { position: relative; margin-top: 24px; padding: 12px 16px; background: var(--faint); }
        .command h3 { margin-bottom: 4px; padding-right: 72px; font-size: 12px; font-weight: 400; color: var(--soft); }
        .copy {
          position: absolute; top: 8px; right: 8px; min-width: 64px; padding: 4px 10px; border: 1px solid var(--rule);
          background: var(--paper); color: inherit; font: inherit; font-size: 12.5px; cursor: pointer;
        }
        .copy:hover { border-color: var(--ink); }

        """

    private static let charts = """
        .chart { display: flex; }
        .chart svg { display: block; overflow: visible; font-size: 11px; fill: var(--soft); }
        .scale { flex: none; }
        .plot { flex: 1; width: 100%; min-width: 0; }
        .narrow { display: none; }
        .rows { max-width: 720px; }
        svg .name { fill: var(--ink); font-size: 12px; }
        svg .kind { fill: var(--soft); font-size: 11px; }
        svg .name.best { fill: var(--best); font-weight: 600; }
        .halo, .name.best { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
        .grid { stroke: var(--faint); }
        .guide { stroke: var(--rule); stroke-dasharray: 1 3; }
        .axis { stroke: var(--off); }
        .record { fill: none; stroke: var(--ink); stroke-width: 1.25; vector-effect: non-scaling-stroke; }
        .t { --c: var(--good); color: var(--c); cursor: pointer; outline: none; }
        .t.pruned, .t.cancelled, .t.unscored { --c: var(--off); }
        .t.best { --c: var(--best); }
        .line, .hit { fill: none; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
        .line { stroke: var(--good); stroke-width: 1.25; }
        .hit { stroke: transparent; stroke-width: 9; pointer-events: stroke; }
        .q0 .line { stroke-opacity: .18; } .q1 .line { stroke-opacity: .3; } .q2 .line { stroke-opacity: .45; }
        .q3 .line { stroke-opacity: .65; } .q4 .line { stroke-opacity: .95; }
        .dense .line { stroke-width: 1; } .dense .q0 .line { stroke-opacity: .05; }
        .dense .q1 .line { stroke-opacity: .08; } .dense .q2 .line { stroke-opacity: .13; }
        .dense .q3 .line { stroke-opacity: .22; } .dense .q4 .line { stroke-opacity: .5; }
        .unscored .line { stroke: var(--off); stroke-opacity: .6; stroke-dasharray: 4 3; }
        .best .line { stroke: var(--best); stroke-opacity: 1; stroke-width: 2.5; }
        #curves .pruned .line, #curves .cancelled .line { stroke: var(--off); }
        .dot { fill: var(--best); pointer-events: none; }
        .g { fill: var(--good); stroke: none; stroke-width: 1.5; }
        .g.pruned, .g.cancelled { fill: var(--paper); stroke: var(--off); }
        .g.infeasible { fill: none; stroke: var(--bad); stroke-width: 2; }
        .g.failed { fill: var(--bad); }
        .g.running { fill: var(--live); }
        .g.best { fill: var(--best); stroke: var(--paper); stroke-width: 1; }
        .end { pointer-events: none; }
        #timeline .t rect { fill: var(--good); fill-opacity: .72; stroke: var(--paper); stroke-width: 1; }
        #timeline .t.pruned rect, #timeline .t.cancelled rect { fill: var(--off); fill-opacity: .55; }
        #timeline .t.infeasible rect, #timeline .t.failed rect { fill: var(--bad); fill-opacity: .8; }
        #timeline .t.running rect { fill: var(--live); fill-opacity: .8; }
        #timeline .t.best rect { fill: var(--best); fill-opacity: 1; }
        .number { fill: var(--paper); font-size: 10px; font-weight: 600; pointer-events: none; }
        .pruned .number, .cancelled .number { fill: var(--ink); }
        .track { fill: var(--faint); }
        .share { fill: var(--good); }
        .rest .share { fill: var(--off); }
        .spread { stroke: var(--ink); stroke-width: 1; }
        .tracing .t:not(.lit), .tracing .end:not(.lit) { opacity: .25; }
        .t:hover .line, .t:focus-visible .line, .t.lit .line { stroke: var(--c); stroke-opacity: 1; stroke-width: 3; }
        .t:hover .g, .t:focus-visible .g, .lit .g { stroke: var(--ink); stroke-width: 2.5; }
        #timeline .t:hover rect, #timeline .t:focus-visible rect, #timeline .lit rect {
          fill-opacity: 1; stroke: var(--ink); stroke-width: 2;
        }

        """

    private static let table = """
        .scroll { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: 13px; }
        th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--faint); }
        th, td { text-align: left; vertical-align: top; font-weight: 400; }
        thead th { border-bottom: 1px solid var(--off); white-space: nowrap; }
        .n, tbody th { white-space: nowrap; }
        td { max-width: 28ch; overflow-wrap: anywhere; }
        .state { white-space: nowrap; }
        .reason { display: block; max-width: 40ch; min-width: 20ch; margin-left: 21px; }
        .reason { color: var(--soft); font-size: 12px; white-space: normal; }
        thead button { padding: 2px 0; border: 0; background: none; color: var(--soft); text-align: left; }
        thead button { font: inherit; font-size: 12px; }
        thead button:enabled { cursor: pointer; }
        thead button:enabled:hover { color: var(--ink); text-decoration: underline; }
        th[aria-sort] button { color: var(--ink); font-weight: 600; }
        th[aria-sort] button::after { content: " \\2193"; }
        th[aria-sort=ascending] button::after { content: " \\2191"; }
        tr.best th, tr.best td { color: var(--best); font-weight: 600; }
        tr.lit, tr:hover, tr:target { background: var(--faint); }
        tr:target { outline: 2px solid var(--best); outline-offset: -2px; scroll-margin: 40vh; }
        #readout {
          position: fixed; left: 0; right: 0; bottom: 0; z-index: 1;
          max-height: 40vh; padding: 10px 32px; overflow: hidden;
          background: var(--ink); color: var(--paper); font-size: 13px; overflow-wrap: anywhere; pointer-events: none;
        }
        #readout span { display: inline-block; margin-right: 14px; }
        #readout b { font-weight: 400; opacity: .7; }

        """

    private static let media = """
        @media (max-width: 860px) {
          body { padding: 24px 20px 48px; }
          main { grid-template-columns: minmax(0, 1fr); gap: 36px; }
          .figure { font-size: 52px; }
          .broad { display: none; }
          .narrow { display: block; }
          .roomy { display: none; }
          .hint { display: none; }
          #readout { padding: 10px 20px; }
        }
        @media (prefers-reduced-motion: no-preference) { .line, .g { transition: stroke-width .1s; } }
        @media print {
          :root {
            --paper: #fff; --ink: #000; --soft: #444; --rule: #bbb; --faint: #eee;
            --good: #0072b2; --best: #b84a00; --off: #777; --bad: #9b3d78; --live: #00755a;
          }
          body { padding: 0; font-size: 11px; }
          main { gap: 24px; }
          .panel, .headline, tr { break-inside: avoid; }
          #trials { break-inside: auto; }
          .copy, .hint, #readout { display: none; }
          .scroll { overflow: visible; }
          table, thead button, .reason { font-size: 9px; }
          @page { margin: 14mm; }
          td, th { padding-right: 8px; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }

        """
}
