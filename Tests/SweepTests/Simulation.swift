import Sweep

/// A study driven by a simulation: trials whose score is a function of their point and of how far they have come.
struct Simulation {
    var study: Study
    /// In the order in which they happened; a study that observes them again is in the same state.
    var log: [StudyEvent] = []
    var runs: [StudyAction] = []
    var released: [Stretch] = []
    private var open: [(stretch: Stretch, point: Point, goal: Double)] = []

    init(_ definition: StudyDefinition) { study = Study(definition) }

    private mutating func tell(_ event: StudyEvent) {
        log.append(event)
        study.observe(event)
    }

    /// Begins what there is to begin.
    mutating func begin(limit: Int, _ intake: Intake = .everything) {
        for action in study.next(limit: limit, intake) {
            switch action {
            case .run(let stretch, let point, let attempt, let goal):
                runs.append(action)
                open.append((stretch, point, goal))
                tell(.began(stretch, point, attempt: attempt))
            case .release(let stretch): released.append(stretch)
            }
        }
    }

    /// Ends the one that `random` picks.
    mutating func endOne(
        _ random: inout SplitMix, _ outcome: (Stretch, Point, Double) -> StudyEvent? = { _, _, _ in nil }
    ) {
        let one = open.remove(at: Int(random.next() % UInt64(open.count)))
        if let event = outcome(one.stretch, one.point, one.goal) { return tell(event) }
        tell(.scored(one.stretch, epochs: one.goal, Self.score(one.point, one.goal)))
        tell(.reached(one.stretch, epochs: one.goal, hadEnough: false))
    }

    var isOpen: Bool { !open.isEmpty }

    /// Grows with the parameter and, for all alike, with the epochs.
    static func score(_ point: Point, _ epochs: Double) -> Double { (point.values[0].number ?? 0) + epochs / 100 }

    mutating func run(
        limit: Int = 2, seed: UInt64 = 1, _ outcome: (Stretch, Point, Double) -> StudyEvent? = { _, _, _ in nil }
    ) {
        var random = SplitMix(seed: seed)
        begin(limit: limit)
        while isOpen {
            endOne(&random, outcome)
            begin(limit: limit)
        }
    }
}

struct SplitMix {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
