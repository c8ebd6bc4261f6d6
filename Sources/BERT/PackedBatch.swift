/// Token ids of several sequences one after another, without padding.
///
///     sequences   [CLS] a b [SEP] | [CLS] c [SEP]
///     positions     0   1 2   3       0   1   2
///     starts        0                 4             7
package struct PackedBatch: Sendable, Equatable {
    /// A vocabulary index, a place within its sequence, and a token type for each row; `[tokens]`.
    package private(set) var ids: [Int32] = []
    package private(set) var positions: [Int32] = []
    package private(set) var types: [UInt8] = []

    /// The first row of each sequence, and the total at the end; `[sequences + 1]`.
    package private(set) var starts: [Int32] = [0]

    package init() {}

    package var count: Int { starts.count - 1 }
    package var tokenCount: Int { ids.count }
    package var longest: Int { (0..<count).reduce(0) { max($0, rows(of: $1).count) } }

    /// Adds one sequence of at least one token; `types` has an entry a token, and is all zero where it is nil.
    package mutating func append(ids newIDs: [Int32], types newTypes: [UInt8]? = nil) {
        precondition(!newIDs.isEmpty, "an empty sequence")
        precondition((newTypes ?? []).count == (newTypes == nil ? 0 : newIDs.count), "types for \(newIDs.count) ids")
        ids.append(contentsOf: newIDs)
        positions.append(contentsOf: 0..<Int32(newIDs.count))
        if let newTypes {
            types.append(contentsOf: newTypes)
        } else {
            types.append(contentsOf: newIDs.lazy.map { _ in 0 })
        }
        starts.append(Int32(ids.count))
    }

    /// Empties the batch and keeps its memory.
    package mutating func removeAll() {
        ids.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
        types.removeAll(keepingCapacity: true)
        starts.removeSubrange(1...)
    }

    /// The rows of one sequence.
    package func rows(of sequence: Int) -> Range<Int> { Int(starts[sequence])..<Int(starts[sequence + 1]) }

    /// Stops the program where a token, type or length is outside the model: whoever tokenizes has checked them.
    func check(against configuration: BERTConfiguration) {
        precondition(count > 0, "an empty batch")
        precondition(
            longest <= configuration.maximumPositions,
            "a sequence of \(longest) tokens, the model has \(configuration.maximumPositions) positions")
        for id in ids where id < 0 || id >= configuration.vocabularySize {
            preconditionFailure("token id \(id), the model has \(configuration.vocabularySize)")
        }
        for type in types where type >= configuration.typeVocabularySize {
            preconditionFailure("token type \(type), the model has \(configuration.typeVocabularySize)")
        }
    }
}
