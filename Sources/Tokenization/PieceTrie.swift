/// The pieces of a vocabulary as a double-array trie over bytes (Aoe 1989).
///
/// The child of node `n` for byte `b` is node `base(n) ^ b`, if that node's parent is `n`. A node without children has
/// base 0: the first block of 256 holds the root and no other node.
struct PieceTrie: Sendable {
    struct Node: Sendable {
        var base: UInt32 = 0
        var parent = UInt32.max
        /// The id of the piece that ends here, or -1.
        var id: Int32 = -1
    }

    static let root: UInt32 = 0
    /// A node without children, for a vocabulary that has no piece after the prefix.
    private static let barren: UInt32 = 1
    private static let block = 256
    /// Slots looked at before a node's children get a new block.
    private static let window = 4 * block

    private(set) var nodes = [Node](repeating: Node(), count: block)
    private var isTaken = [Bool](repeating: true, count: block)
    private var firstFree = block

    /// The most nodes that are laid out, 200 MB of them.
    private static let capacity = 1 << 24

    /// - Parameter pieces: the piece of each id; of equal ones the last counts
    init(pieces: [[UInt8]]) throws(TokenizationError) {
        let order = Self.sorted(pieces)
        var pending = [(node: Self.root, pieces: order[...], depth: 0)]
        while let (node, rest, depth) = pending.popLast() {
            let longer = rest.drop { pieces[$0].count == depth }
            if longer.startIndex > rest.startIndex {
                nodes[Int(node)].id = Int32(order[longer.startIndex - 1])
            }
            var groups: [(label: UInt8, pieces: ArraySlice<Int>)] = []
            var left = longer
            while let first = left.first {
                let label = pieces[first][depth]
                let group = left.prefix { pieces[$0][depth] == label }
                groups.append((label, group))
                left = left.dropFirst(group.count)
            }
            guard !groups.isEmpty else { continue }
            let base = place(groups.map(\.label))
            guard base < Self.capacity else { throw .vocabularyTooLarge(pieces: pieces.count, limit: Self.capacity) }
            nodes[Int(node)].base = base
            for (label, group) in groups {
                let child = base ^ UInt32(label)
                nodes[Int(child)].parent = node
                pending.append((child, group, depth + 1))
            }
        }
        isTaken = []
    }

    /// The ids in the order of their pieces' bytes, equal ones in the order of the ids.
    private static func sorted(_ pieces: [[UInt8]]) -> [Int] {
        let keyed = pieces.enumerated().filter { !$0.element.isEmpty }.map { id, piece in
            // The first eight bytes decide nearly always, and compare as one number.
            (prefix: (0..<8).reduce(UInt64(0)) { $0 << 8 | ($1 < piece.count ? UInt64(piece[$1]) : 0) }, id: id)
        }
        return keyed.sorted { a, b in
            if a.prefix != b.prefix { return a.prefix < b.prefix }
            if pieces[a.id] == pieces[b.id] { return a.id < b.id }
            return pieces[a.id].lexicographicallyPrecedes(pieces[b.id])
        }.map(\.id)
    }

    /// The node that a prefix leads to; a node without children where no piece has it.
    func node(after prefix: [UInt8]) -> UInt32 {
        var node = Self.root
        for byte in prefix {
            let child = nodes[Int(node)].base ^ UInt32(byte)
            guard nodes[Int(child)].parent == node else { return Self.barren }
            node = child
        }
        return node
    }

    /// The id of a piece.
    func id(of piece: [UInt8]) -> Int32? {
        let node = node(after: piece)
        let id = nodes[Int(node)].id
        return id < 0 ? nil : id
    }

    /// Finds a base under which every label's slot is free, and takes the slots.
    ///
    /// An only child fills the first hole, siblings look for room in the last blocks.
    private mutating func place(_ labels: [UInt8]) -> UInt32 {
        while firstFree < isTaken.count, isTaken[firstFree] { firstFree += 1 }
        let start = labels.count == 1 ? firstFree : max(firstFree, isTaken.count - Self.window)
        for slot in start..<min(start + Self.window, isTaken.count) where !isTaken[slot] {
            let base = slot ^ Int(labels[0])
            if labels.allSatisfy({ !isTaken[base ^ Int($0)] }) { return take(base, labels) }
        }
        let base = isTaken.count
        nodes.append(contentsOf: repeatElement(Node(), count: Self.block))
        isTaken.append(contentsOf: repeatElement(false, count: Self.block))
        return take(base, labels)
    }

    private mutating func take(_ base: Int, _ labels: [UInt8]) -> UInt32 {
        for label in labels { isTaken[base ^ Int(label)] = true }
        return UInt32(base)
    }
}
