/// The trials that have come to a rung, best first: those that wait there, and those that went on or ended there.
struct Rung: Sendable {
    private struct Entry: Sendable {
        let score: Double
        let trial: Int
    }

    private let direction: Direction
    private var waiting: [Entry] = []
    private var settled: [Entry] = []

    init(_ direction: Direction) { self.direction = direction }

    /// All that have come.
    var count: Int { waiting.count + settled.count }

    /// How many of all others are better than this one.
    func rank(_ score: Double, _ trial: Int) -> Int {
        let entry = Entry(score: score, trial: trial)
        return place(of: entry, in: waiting) + place(of: entry, in: settled)
    }

    mutating func add(_ trial: Int, _ score: Double, waits: Bool) {
        let entry = Entry(score: score, trial: trial)
        if waits {
            waiting.insert(entry, at: place(of: entry, in: waiting))
        } else {
            settled.insert(entry, at: place(of: entry, in: settled))
        }
    }

    /// The best of those that wait, and how many are better.
    var candidate: (trial: Int, rank: Int)? {
        waiting.first.map { ($0.trial, place(of: $0, in: settled)) }
    }

    /// The worst of those that wait, and how many are better.
    var last: (trial: Int, rank: Int)? {
        waiting.last.map { ($0.trial, waiting.count - 1 + place(of: $0, in: settled)) }
    }

    /// A trial goes on, if it waited here.
    mutating func settle(_ trial: Int, _ score: Double) {
        let entry = Entry(score: score, trial: trial)
        let place = place(of: entry, in: waiting)
        if place < waiting.count, waiting[place].trial == trial { settle(waiting.remove(at: place)) }
    }

    /// The last of those that wait never will go on.
    mutating func settleLast() { settle(waiting.removeLast()) }

    mutating func dropLast() { waiting.removeLast() }

    /// The middle of the scores of those that do not wait.
    var median: Double? {
        settled.isEmpty ? nil : (settled[(settled.count - 1) / 2].score + settled[settled.count / 2].score) / 2
    }

    private mutating func settle(_ entry: Entry) { settled.insert(entry, at: place(of: entry, in: settled)) }

    /// The number of entries before this one, in order: of two equal scores, that of the earlier trial comes first.
    private func place(of entry: Entry, in entries: [Entry]) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            let other = entries[middle]
            let isBefore =
                direction.prefers(other.score, to: entry.score)
                || (other.score == entry.score && other.trial < entry.trial)
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
