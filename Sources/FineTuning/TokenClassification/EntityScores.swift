/// How well entities were found: right is one with the same words and the same type (CoNLL-2003; seqeval's default mode).
struct EntityScores {
    private struct Counts {
        var gold = 0
        var predicted = 0
        var right = 0

        var precision: Double { predicted == 0 ? 0 : Double(right) / Double(predicted) }
        var recall: Double { gold == 0 ? 0 : Double(right) / Double(gold) }
        var f1: Double { gold + predicted == 0 ? 0 : 2 * Double(right) / Double(gold + predicted) }
    }

    private var types: [String: Counts] = [:]
    private var all = Counts()

    mutating func add(gold: [Tag], predicted: [Tag]) {
        let gold = Chunk.chunks(of: gold)
        let predicted = Chunk.chunks(of: predicted)
        let right = Set(gold).intersection(predicted)
        count(gold, \.gold)
        count(predicted, \.predicted)
        count(Array(right), \.right)
    }

    private mutating func count(_ chunks: [Chunk], _ kind: WritableKeyPath<Counts, Int>) {
        all[keyPath: kind] += chunks.count
        for chunk in chunks { types[chunk.type, default: Counts()][keyPath: kind] += 1 }
    }

    /// Over all types together; 0 where nothing can be divided by.
    var precision: Double { all.precision }
    var recall: Double { all.recall }
    var f1: Double { all.f1 }

    /// Of each type that is true or predicted somewhere, in alphabetic order; an entity's type without a name is `_`.
    var table: [LabelScore] {
        types.sorted { $0.key < $1.key }.map { type, counts in
            LabelScore(
                label: type.isEmpty ? "_" : type, precision: counts.precision, recall: counts.recall,
                support: counts.gold)
        }
    }
}
