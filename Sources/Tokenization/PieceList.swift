/// The tokens found in one text: the first of them, up to a limit, and the number of all.
struct PieceList: Sendable {
    /// Where a token came from.
    struct Place: Sendable {
        var bytes: Range<Int>
        var word: Int
    }

    private(set) var ids: [Int32] = []
    private(set) var places: [Place] = []
    /// Tokens found, kept or not.
    private(set) var total = 0
    private(set) var words = 0
    private var limit = 0
    private(set) var keepsPlaces = false

    mutating func start(limit: Int, keepsPlaces: Bool) {
        ids.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        total = 0
        words = 0
        self.limit = limit
        self.keepsPlaces = keepsPlaces
    }

    /// Adds a token of the current word.
    @inline(__always)
    mutating func append(_ id: Int32, bytes: Range<Int>) {
        if total < limit {
            ids.append(id)
            if keepsPlaces { places.append(Place(bytes: bytes, word: words)) }
        }
        total += 1
    }

    @inline(__always)
    mutating func endWord() {
        words += 1
    }

    /// Forgets the tokens after the first `count`.
    mutating func cut(to count: Int) {
        let dropped = ids.count - min(count, limit)
        if dropped > 0 {
            ids.removeLast(dropped)
            if keepsPlaces { places.removeLast(dropped) }
        }
        total = count
    }

    /// Turns the places of the tokens from `start` on, which count in the bytes of a normalized word, into places in the text.
    mutating func relocate(from start: Int, by word: WordBuffer) {
        guard keepsPlaces, start < places.count else { return }
        for index in start..<places.count { places[index].bytes = word.source(of: places[index].bytes) }
    }
}
