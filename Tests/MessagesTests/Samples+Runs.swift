import Messages

/// What a training worker is asked, and what it tells.
extension Samples {
    /// Any finite number, and nil for what is not known.
    mutating func real() -> Double? {
        pick([nil, 0, -1.5, .random(in: -1e6...1e6, using: &self), .greatestFiniteMagnitude, .leastNonzeroMagnitude])
    }

    mutating func metric() -> Metric { Metric(name: string(), value: real()) }

    mutating func work(ofValidText isStrict: Bool) throws -> Work {
        let small = Int(UInt32.max)
        switch next() % 6 {
        case 0: return .embed(try embed(ofValidText: isStrict))
        case 1:
            let texts = texts(areValid: isStrict)
            return .classify(
                Classify(
                    model: try reference(), texts: texts,
                    pairs: bool() ? [] : texts.map { _ in text(isValid: isStrict) },
                    maxTokens: maybe { $0.number(upTo: small) }, isStrict: isStrict, wantsNotices: bool()))
        case 2:
            return .tagTokens(
                TagTokens(
                    model: try reference(), texts: texts(areValid: isStrict),
                    maxTokens: maybe { $0.number(upTo: small) }, isStrict: isStrict, wantsNotices: bool()))
        case 3:
            return .answerQuestions(
                AnswerQuestions(
                    model: try reference(),
                    questions: texts(areValid: isStrict).map {
                        Question(question: $0, context: text(isValid: isStrict))
                    },
                    nBest: maybe { $0.number(upTo: 99) + 1 }, maxAnswerTokens: maybe { $0.number(upTo: 99) + 1 },
                    maxTokens: maybe { $0.number(upTo: small) }, stride: maybe { $0.number(upTo: 99) + 1 },
                    nullThreshold: real(), isStrict: isStrict, wantsNotices: bool()))
        case 4:
            return .fineTune(
                FineTune(
                    model: try reference(), task: string(), data: try dataFiles(), columns: columns(),
                    settings: many { Setting(name: $0.string(), value: $0.string()) },
                    name: try maybe { try $0.modelName() }, startFrom: maybe { $0.digest() },
                    stopAtStep: maybe { $0.number(upTo: 999) + 1 }, totalSteps: maybe { $0.number(upTo: 999) + 1 },
                    isDryRun: bool()))
        default:
            return .evaluate(
                Evaluate(
                    model: try reference(), task: maybe { $0.string() }, data: try dataFiles(), columns: columns()))
        }
    }

    mutating func columns() -> ColumnNames {
        ColumnNames(text: maybe { $0.string() }, text2: maybe { $0.string() }, label: maybe { $0.string() })
    }

    mutating func dataFiles() throws -> [DataFile] {
        try (0...next() % 3).map { _ in
            try DataFile(
                role: string(), data: bool() ? .named(try reference()) : .digest(digest()),
                path: maybe { $0.pick(["train.tsv", "deep/er/dev.jsonl"]) })
        }
    }

    mutating func outcome() -> RowOutcome {
        RowOutcome(label: maybe { $0.string() }, score: real(), spans: many { $0.span() })
    }

    mutating func span() -> Span {
        let (start, byte) = (number(upTo: 1 << 40), number(upTo: 1 << 40))
        return Span(
            label: maybe { $0.string() }, text: string(), scalars: start..<start + number(upTo: 99),
            bytes: byte..<byte + number(upTo: 99), score: real())
    }

    mutating func wait() -> Duration { .milliseconds(number(upTo: (1 << 53) / 1000)) }

    mutating func progress() -> TrainingProgress {
        TrainingProgress(
            step: number(), totalSteps: number(), epoch: real(), loss: real(), learningRate: real(),
            gradientNorm: real(), tokensPerSecond: real(), timeLeft: maybe { $0.wait() })
    }

    mutating func survey() -> Survey {
        let small = Int(UInt32.max)
        return Survey(
            sets: many {
                DataSurvey(
                    set: $0.string(), rows: $0.number(), duplicates: $0.number(),
                    labels: $0.many { DataSurvey.LabelCount(label: $0.string(), rows: $0.number()) },
                    lengths: $0.many {
                        DataSurvey.LengthPercentile(percent: $0.number(upTo: 100), tokens: $0.number(upTo: small))
                    }, cutRows: $0.number(), examples: $0.maybe { $0.number() })
            }, maxTokens: number(upTo: small),
            choices: many {
                Survey.LengthChoice(
                    maxTokens: $0.number(upTo: small), cutRows: $0.number(), epochTime: $0.maybe { $0.wait() })
            }, totalSteps: number(), epochTime: maybe { $0.wait() }, peakBytes: number(), machineBytes: number())
    }

    mutating func metrics() -> Metrics {
        Metrics(step: number(), epoch: real(), set: string(), metrics: many { $0.metric() })
    }

    mutating func checkpoint() -> Checkpoint { Checkpoint(digest: digest(), step: number(), isBest: bool()) }

    mutating func report() throws -> RunReport {
        let number = number(upTo: 1 << 40) + 1
        let bodies: [RunReport.Body] = [
            .progress(progress()), .survey(number: number, survey()), .metrics(number: number, metrics()),
            .checkpoint(
                number: number, SavedCheckpoint(manifest: try manifest(), step: self.number(), isBest: bool())),
            .note(number: number, string()),
        ]
        return RunReport(fence: fence(), body: pick(bodies))
    }
}
