import Foundation
import Sweep
import SweepReport
import Testing

@Suite struct SweepReportTests {
    @Test(arguments: SampleStudy.allCases)
    func thePageIsWellFormed(_ sample: SampleStudy) throws {
        let page = try PageReader(SweepReport(sample.study).html)
        #expect(page.all("html").count == 1 && page.all("h1").count == 1 && page.all("main").count == 1)
        let names = page.elements.compactMap { $0.attributes["id"] }
        #expect(Set(names).count == names.count, "an id is given once")
    }

    @Test(arguments: SampleStudy.allCases)
    func everyTrialIsOnceInTheTable(_ sample: SampleStudy) throws {
        let study = sample.study
        let rows = try PageReader(SweepReport(study).html).all("tr").compactMap { $0.attributes["id"] }
        #expect(rows.sorted() == study.trials.map { "t\($0.number)" }.sorted())
    }

    @Test(arguments: SampleStudy.allCases)
    func everyLinkLeadsToAPlaceOnThePage(_ sample: SampleStudy) throws {
        let page = try PageReader(SweepReport(sample.study).html)
        let places = Set(page.elements.compactMap { $0.attributes["id"].map { "#\($0)" } })
        for element in page.elements {
            for attribute in ["href", "aria-labelledby"] {
                guard let target = element.attributes[attribute] else { continue }
                #expect(
                    places.contains(attribute == "href" ? target : "#\(target)"), "\(element.name) leads to \(target)")
            }
        }
    }

    @Test(arguments: SampleStudy.allCases)
    func nothingIsLoaded(_ sample: SampleStudy) throws {
        let html = SweepReport(sample.study).html
        for word in ["http:", "https:", "src=", "url(", "@import", "//", "<link", "<iframe", "<img", "<base"] {
            #expect(!html.contains(word), "the page has \(word)")
        }
        let policy = try PageReader(html).all("meta").first { $0.attributes["http-equiv"] != nil }
        #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none';") == true)
    }

    @Test(arguments: SampleStudy.allCases)
    func equalStudiesMakeEqualFiles(_ sample: SampleStudy) {
        var study = sample.study
        let html = SweepReport(study).html
        #expect(SweepReport(sample.study).html == html)
        study.trials.reverse()
        #expect(SweepReport(study).html == html, "the order in which trials are given says nothing")
    }

    @Test(arguments: SampleStudy.allCases)
    func everyCoordinateIsANumber(_ sample: SampleStudy) throws {
        let page = try PageReader(SweepReport(sample.study).html)
        let numeric: Set = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "dx", "r"]
        for element in page.elements {
            for (name, value) in element.attributes where numeric.contains(name) {
                let number = Double(value.hasSuffix("%") ? String(value.dropLast()) : value)
                #expect(number?.isFinite == true, "\(element.name) \(name)=\(value)")
            }
            for point in (element.attributes["points"] ?? "").split(whereSeparator: { " ,".contains($0) }) {
                #expect(Double(point)?.isFinite == true, "a point at \(point)")
            }
        }
    }

    @Test func textFromOutsideIsText() throws {
        let html = SweepReport(SampleStudy.hostile.study).html
        let page = try PageReader(html)
        #expect(page.all("script").count == 1 && page.all("b").isEmpty)
        #expect(page.elements.allSatisfy { !$0.attributes.keys.contains("onmouseover") })
        #expect(page.all("h1").first?.text == SampleStudy.script)
        #expect(page.all("pre").first?.text == "echo \(SampleStudy.script)")
        #expect(!html.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "no control character")
        #expect(!html.unicodeScalars.contains { $0.value == 0x202E }, "nothing turns the line")
    }

    @Test func theBestIsSaidToBeTheBestOfMany() throws {
        let study = SampleStudy.typical.study
        let page = try PageReader(SweepReport(study).html)
        let words = try #require(page.all("section").first?.text)
        let best = try #require(study.winner?.trial)
        #expect(words.contains("trial \(best), the best of 24"))
        #expect(words.contains("luck is part of it"))
        #expect(words.contains("0.8413 (95 % bootstrap interval 0.8232 to 0.8581)"))
        #expect(words.contains("bertctl finetune mrpc.csv"))
    }

    @Test(arguments: [Direction.maximize, .minimize])
    func withoutAWinnerTheBestOfThoseThatFinishedIsShown(_ direction: Direction) throws {
        var study = SampleStudy.typical.study
        study.winner = nil
        study.direction = direction
        let scores: [(ReportTrial.State, Double?)] = [
            (.finished, 0.5), (.pruned, 0.9), (.finished, 0.7), (.finished, nil), (.failed, 0.1), (.finished, 0.5),
            (.finished, 0.7), (.finished, .nan), (.finished, .infinity),
        ]
        study.trials = scores.enumerated().map {
            ReportTrial(number: $0.offset, state: $0.element.0, settings: [:], score: $0.element.1)
        }
        let best = try PageReader(SweepReport(study).html).all("tr").filter { $0.attributes["class"] == "best" }
        #expect(best.map { $0.attributes["id"] } == [direction == .maximize ? "t2" : "t0"])
    }

    @Test func theTableStandsInTheOrderOfTheScoresAndCanBeSorted() throws {
        let page = try PageReader(SweepReport(SampleStudy.typical.study).html)
        let heads = page.all("th").filter { $0.attributes["scope"] == "col" }
        #expect(heads.map(\.text).prefix(5) == ["trial", "state", "f1", "epochs", "time"])
        #expect(heads.compactMap { $0.attributes["aria-sort"] } == ["descending"])
        #expect(page.all("button").count == heads.count + 1, "one in each head, and one that copies")
        // Without a script they do nothing, and say so.
        #expect(page.all("button").allSatisfy { $0.attributes["disabled"] != nil || $0.attributes["hidden"] != nil })
    }

    @Test func aRunningStretchEndsWhereTheReportIsMade() throws {
        let page = try PageReader(SweepReport(SampleStudy.stillRunning.study).html)
        #expect(page.all("dd").contains { $0.text.contains("still running") })
        let row = try #require(page.all("tr").first { $0.attributes["id"] == "t9" })
        #expect(row.text.contains("30.0 s"))
    }

    /// The time grows with the trials, not with their square.
    @Test func thousandsOfTrialsAreAPage() throws {
        var study = SampleStudy.threeHundred.study
        let trials = study.trials
        study.trials = (0..<3000).map { number in
            var trial = trials[number % trials.count]
            trial.number = number
            return trial
        }
        let clock = ContinuousClock()
        var html = ""
        let time = clock.measure { html = SweepReport(study).html }
        #expect(html.utf8.count < 10_000_000)
        #expect(time < .seconds(30))
    }

    /// For eyes: the pages themselves, and screenshot.sh makes pictures of them.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["BERTD_SAMPLE_REPORTS"] != nil))
    func samplesAreWritten() throws {
        let folder = URL(filePath: ProcessInfo.processInfo.environment["BERTD_SAMPLE_REPORTS"] ?? ".")
        for sample in SampleStudy.allCases {
            let file = folder.appending(path: "\(sample.rawValue).html")
            try Data(SweepReport(sample.study).html.utf8).write(to: file)
        }
    }
}
