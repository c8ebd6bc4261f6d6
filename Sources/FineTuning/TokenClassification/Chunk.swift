package import Tasks

/// An entity as words of its sentence.
package struct Chunk: Hashable, Sendable {
    package let type: String
    package let words: Range<Int>

    /// The entities that tags of any scheme describe, valid or not: the rules of conlleval and of seqeval's default mode.
    ///
    /// One ends before O, before B and S, after E and S, and where the type changes; whatever is not O begins one where none
    /// is going on.
    package static func chunks(of tags: [Tag]) -> [Chunk] {
        var chunks: [Chunk] = []
        var begin: Int?
        var previous = Tag.outside
        for (index, tag) in (tags + [.outside]).enumerated() {
            let startsAnew = tag.role == .begin || tag.role == .single
            let wasLast = previous.role == .end || previous.role == .single
            if let first = begin, startsAnew || wasLast || tag.role == .outside || tag.type != previous.type {
                chunks.append(Chunk(type: previous.type, words: first..<index))
                begin = nil
            }
            if begin == nil, tag.role != .outside { begin = index }
            previous = tag
        }
        return chunks
    }

    /// How a scheme writes entities that lie apart and in order; `[count]`
    package static func tags(of chunks: [Chunk], count: Int, scheme: TaggingScheme) -> [Tag] {
        var tags = [Tag](repeating: .outside, count: count)
        for chunk in chunks {
            for word in chunk.words { tags[word] = Tag(role: .inside, type: chunk.type) }
            let first = chunk.words.lowerBound
            let touches = first > 0 && tags[first - 1].type == chunk.type && tags[first - 1].role != .outside
            if scheme != .iob1 || touches { tags[first] = Tag(role: .begin, type: chunk.type) }
            guard scheme == .bioes else { continue }
            let role: Tag.Role = chunk.words.count == 1 ? .single : .end
            tags[chunk.words.upperBound - 1] = Tag(role: role, type: chunk.type)
        }
        return tags
    }
}
