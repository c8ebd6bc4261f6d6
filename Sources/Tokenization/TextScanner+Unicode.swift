extension TextScanner {
    /// Reads on from the start of a word by the rule of each scalar, until a word has ended.
    ///
    /// - Returns: where to go on
    mutating func scanWord(from start: Int, into list: inout PieceList, word: inout WordBuffer) -> Int {
        word.removeAll()
        var position = start
        while position < end {
            let (scalar, length) = scalar(at: position)
            let source = position..<position + length
            let rule = table.rules[table.index(of: scalar)]
            if rule.isStarter, rule.kind != .dropped { starter = position }
            position = source.upperBound
            switch rule.kind {
            case .dropped, .stripped:
                break
            case .space:
                finish(&word, into: &list)
                return position
            case .single:
                finish(&word, into: &list)
                append(rule, source, to: &word)
                finish(&word, into: &list)
                return position
            case .word:
                append(rule, source, to: &word)
            case .hangul:
                append(syllable: scalar, source, to: &word)
            case .reordered:
                append(rule, source, to: &word)
                position = appendMarks(to: &word)
            }
        }
        finish(&word, into: &list)
        return position
    }

    /// The scalar at a position, and its length in bytes; U+FFFD where the bytes are none.
    @inline(__always)
    func scalar(at position: Int) -> (UInt32, length: Int) {
        let lead = UInt32(text[position])
        if lead < 0x80 { return (lead, 1) }
        let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard length > 1, position + length <= end else { return (0xFFFD, 1) }
        var value = lead & (0x7F >> UInt32(length))
        for next in position + 1..<position + length { value = value << 6 | UInt32(text[next] & 0x3F) }
        return value < 0x110000 ? (value, length) : (0xFFFD, 1)
    }

    @inline(__always)
    private func append(_ rule: CharacterRule, _ source: Range<Int>, to word: inout WordBuffer) {
        if let replacement = rule.replacement {
            word.append(replacement, from: source)
        } else if source.count == 1 {
            word.append(CollectionOfOne(pieces.bytes[Int(text[source.lowerBound])].folded), from: source)
        } else {
            word.append(text[source], from: source)
        }
    }

    /// The letters of a Hangul syllable (Unicode 3.12), all from the one scalar.
    private func append(syllable: UInt32, _ source: Range<Int>, to word: inout WordBuffer) {
        let index = syllable - 0xAC00
        let (lead, vowel, tail) = (index / 588, index % 588 / 28, index % 28)
        for letter in [0x1100 + lead, 0x1161 + vowel, 0x11A7 + tail].prefix(tail == 0 ? 2 : 3) {
            word.append(utf8(letter), from: source)
        }
    }

    /// Has the word cut into pieces whose places are those of the text.
    private func finish(_ word: inout WordBuffer, into list: inout PieceList) {
        guard word.scalars > 0 else { return }
        if word.scalars > WordBuffer.capacity {
            list.append(pieces.unknown, bytes: word.extent)
            list.endWord()
        } else {
            let kept = list.places.count
            word.bytes.withUnsafeBufferPointer { pieces.cut($0, origin: 0, into: &list) }
            list.relocate(from: kept, by: word)
        }
        word.removeAll()
    }
}
