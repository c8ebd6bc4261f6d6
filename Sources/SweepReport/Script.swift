/// What the page does with a script: it sorts, shows a trial everywhere, copies. Without it only that is missing.
///
/// Trials are links in every chart; the script makes each chart one stop of the tabulator, with arrow keys inside.
enum Script {
    static let source = #"""
        (function () {
          'use strict';
          var byTrial = {}, shown = null, readout = document.getElementById('readout');
          document.querySelectorAll('[data-t]').forEach(function (element) {
            var trial = element.getAttribute('data-t');
            (byTrial[trial] = byTrial[trial] || []).push(element);
          });
          var table = document.querySelector('table');
          var heads = table ? Array.from(table.tHead.rows[0].cells) : [];

          function describe(trial) {
            var row = document.getElementById('t' + trial);
            readout.textContent = '';
            Array.from(row.cells).forEach(function (cell, index) {
              if (cell.textContent === '') { return; }
              var part = document.createElement('span'), name = document.createElement('b');
              name.textContent = heads[index].textContent + ' ';
              part.append(name, cell.textContent);
              readout.append(part, ' ');
            });
            readout.hidden = false;
          }
          function light(trial) {
            if (shown === trial) { return; }
            (byTrial[shown] || []).forEach(function (element) { element.classList.remove('lit'); });
            shown = trial;
            document.body.classList.toggle('tracing', trial !== null);
            if (trial === null) { readout.hidden = true; return; }
            byTrial[trial].forEach(function (element) { element.classList.add('lit'); });
            describe(trial);
          }
          function trialOf(node) {
            var element = node.closest ? node.closest('[data-t]') : null;
            return element ? element.getAttribute('data-t') : null;
          }
          document.addEventListener('pointerover', function (event) {
            if (event.pointerType !== 'touch') { light(trialOf(event.target) || focused()); }
          });
          document.addEventListener('focusin', function (event) { light(trialOf(event.target)); });
          document.addEventListener('focusout', function () { light(null); });
          function focused() {
            var element = document.activeElement;
            return element ? trialOf(element) : null;
          }

          document.querySelectorAll('svg.plot').forEach(function (plot) {
            var marks = Array.from(plot.querySelectorAll('a[data-t]')).sort(function (a, b) {
              return a.getAttribute('data-t') - b.getAttribute('data-t');
            });
            if (marks.length === 0) { return; }
            function stop(mark) {
              marks.forEach(function (each) { each.setAttribute('tabindex', each === mark ? '0' : '-1'); });
            }
            stop(plot.querySelector('a.best') || marks[0]);
            plot.addEventListener('keydown', function (event) {
              var place = marks.indexOf(event.target.closest('a')), next;
              switch (event.key) {
              case 'ArrowLeft': case 'ArrowUp': next = Math.max(0, place - 1); break;
              case 'ArrowRight': case 'ArrowDown': next = Math.min(marks.length - 1, place + 1); break;
              case 'Home': next = 0; break;
              case 'End': next = marks.length - 1; break;
              case 'Escape': light(null); return;
              default: return;
              }
              event.preventDefault();
              stop(marks[next]);
              marks[next].focus();
            });
          });

          function value(row, column) { return row.cells[column].getAttribute('data-v'); }
          function compare(one, other) {
            var left = Number(one), right = Number(other);
            if (isNaN(left) || isNaN(right) || one === '' || other === '') {
              return isNaN(left) === isNaN(right) ? one.localeCompare(other) : isNaN(left) ? 1 : -1;
            }
            return left - right;
          }
          function sort(column) {
            var head = heads[column], falls = head.getAttribute('aria-sort') === 'ascending';
            heads.forEach(function (each) { each.removeAttribute('aria-sort'); });
            head.setAttribute('aria-sort', falls ? 'descending' : 'ascending');
            var body = table.tBodies[0];
            Array.from(body.rows).sort(function (a, b) {
              var left = value(a, column), right = value(b, column);
              var order = left === null || right === null
                ? (left === null) - (right === null) : (falls ? -1 : 1) * compare(left, right);
              return order || compare(value(a, 0), value(b, 0));
            }).forEach(function (row) { body.append(row); });
          }
          heads.forEach(function (head, column) {
            var button = head.querySelector('button');
            button.disabled = false;
            button.addEventListener('click', function () { sort(column); });
          });

          var hint = document.querySelector('.hint');
          if (hint) { hint.hidden = false; }
          var copy = document.querySelector('.copy');
          if (copy) {
            copy.hidden = false;
            copy.addEventListener('click', function () {
              var text = document.getElementById('command'), said = function () {
                copy.textContent = 'Copied';
                setTimeout(function () { copy.textContent = 'Copy'; }, 1500);
              };
              /* A page from a file may wait forever for leave to write; copying what is selected needs none. */
              getSelection().selectAllChildren(text);
              if (document.execCommand('copy')) { said(); return; }
              if (navigator.clipboard) { navigator.clipboard.writeText(text.textContent).then(said); }
            });
          }
        })();

        """#
}
