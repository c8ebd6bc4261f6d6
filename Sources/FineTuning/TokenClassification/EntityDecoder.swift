package import Tokenization

/// Reads the entities of a text off the logits of its tokens.
///
/// A word, as the tokenizer cuts them, has the tag of its first piece. Labels that are no tags (`LABEL_3`, parts of speech)
/// make an entity of neighbours that are alike.
package struct EntityDecoder: Sendable {
    private let tags: [Tag]

    /// - Parameter labels: of a token head, by index
    package init(labels: [String]) {
        tags = labels.map { Tag($0) ?? Tag(role: .inside, type: $0) }
    }

    /// In the order of the text.
    ///
    /// - Parameters:
    ///   - encoding: of `text` alone, with places; it may have lost its end
    ///   - logits: `[tokens, labels]`
    package func entities(in text: String, encoding: Encoding, logits: [Float]) -> [Entity] {
        precondition(encoding.keepsPlaces, "an encoding without places")
        precondition(
            logits.count == encoding.ids.count * tags.count,
            "\(logits.count) logits for \(encoding.ids.count) tokens of \(tags.count) labels")
        let words = words(of: encoding, logits: logits)
        return Chunk.chunks(of: words.map(\.tag)).map { chunk in
            let words = words[chunk.words]
            let place = words[chunk.words.lowerBound].place.through(words[chunk.words.upperBound - 1].place)
            return Entity(
                label: chunk.type, text: place.text(in: text), place: place,
                score: words.reduce(0) { $0 + $1.probability } / Float(words.count))
        }
    }

    private struct TaggedWord {
        let index: Int
        let tag: Tag
        let probability: Float
        var place: TextSpan
    }

    private func words(of encoding: Encoding, logits: [Float]) -> [TaggedWord] {
        var words: [TaggedWord] = []
        for token in encoding.ids.indices {
            guard let word = encoding.wordIndices[token] else { continue }
            let place = TextSpan(scalars: encoding.scalarOffsets[token], bytes: encoding.byteOffsets[token])
            if let last = words.last, last.index == word {
                words[words.count - 1].place = last.place.through(place)
                continue
            }
            let probabilities = Probabilities.softmax(logits[(token * tags.count)..<((token + 1) * tags.count)])
            let label = Probabilities.best(probabilities)
            words.append(TaggedWord(index: word, tag: tags[label], probability: probabilities[label], place: place))
        }
        return words
    }
}
