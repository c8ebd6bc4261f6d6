package import Messages
package import Terminal

/// What a person is shown of a run: lines that stay, and a block that is drawn over itself.
package struct TrainingReport {
    private var losses = LossHistory()
    private var progress: TrainingProgress?
    private var isStarted = false

    /// Lines of a curve.
    private static let curveHeight = 5
    /// A block must leave room for what was said before it.
    private static let leastTerminalHeight = 14

    package init() {}

    /// - Returns: the lines that stay on the terminal
    package mutating func take(_ event: Event.Body) -> [String] {
        switch event {
        case .started(let worker):
            defer { isStarted = true }
            return isStarted ? ["goes on at \(worker)"] : []
        case .survey(let survey): return SurveyText(survey).lines
        case .progress(let progress):
            self.progress = progress
            if let loss = progress.loss { losses.add(step: progress.step, loss: loss) }
            return []
        case .metrics(let metrics): return [Self.line(metrics)]
        case .note(let sentence): return [sentence]
        default: return []
        }
    }

    /// What changes while it runs: how far it is, what it does, and the curve of the loss where it finds room.
    package func block(width: Int, height: Int, canvas: Canvas) -> [String] {
        guard let progress else { return [isStarted ? "reading and measuring" : "waiting for a training worker"] }
        let isRoomy = height >= Self.leastTerminalHeight
        let curve = losses.curve.lines(width: min(width - 1, 100), height: Self.curveHeight, canvas: canvas)
        return Self.lines(progress) + (isRoomy ? curve : [])
    }

    /// The curve of the loss, to stand at the end; none where no progress was heard.
    package func curve(width: Int, canvas: Canvas) -> [String] {
        let lines = losses.curve.lines(width: min(width, 80), height: Self.curveHeight, canvas: canvas)
        return lines.isEmpty ? [] : ["loss by step"] + lines
    }

    static func lines(_ progress: TrainingProgress) -> [String] {
        let share = progress.totalSteps > 0 ? Double(progress.step) / Double(progress.totalSteps) : 0
        var first = [
            "training", ProgressBar.bar(share),
            "step \(Quantity.count(progress.step)) of \(Quantity.count(progress.totalSteps))",
        ]
        if let left = progress.timeLeft, share < 1 { first.append("eta \(Quantity.duration(left))") }
        var second: [String] = []
        if let epoch = progress.epoch { second.append("epoch \(Quantity.decimal(epoch, places: 2))") }
        if let loss = progress.loss { second.append("loss \(Quantity.significant(loss))") }
        if let rate = progress.learningRate { second.append("lr \(Quantity.significant(rate))") }
        if let norm = progress.gradientNorm { second.append("gradient \(Quantity.significant(norm))") }
        if let speed = progress.tokensPerSecond { second.append("\(Quantity.count(speed.whole)) tokens/s") }
        return [first, second].map { $0.joined(separator: "  ") }
    }

    /// `step 52  epoch 4.00  dev  macro_f1 0.9714  loss 0.1203`
    static func line(_ metrics: Metrics) -> String {
        let epoch = metrics.epoch.map { "epoch \(Quantity.decimal($0, places: 2))" }
        let scores = metrics.metrics.map { "\($0.name) \(number($0.value))" }
        let parts = ["step \(Quantity.count(metrics.step))", epoch, metrics.set].compactMap { $0 } + scores
        return parts.joined(separator: "  ")
    }

    static func number(_ value: Double?) -> String {
        guard let value else { return "-" }
        return value.magnitude < 10_000 ? Quantity.decimal(value, places: 4) : Quantity.significant(value)
    }
}
