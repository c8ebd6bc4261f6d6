/// The words of a sentence with their tags.
package struct TaggedSentence: Sendable, Equatable {
    package let words: [String]
    /// One a word; nil where the file has none.
    package let tags: [Tag]?
    /// The line of the file that its first word stands in; each further word in the next line, or in the same line for
    /// files with a sentence a line.
    package let line: Int
}
