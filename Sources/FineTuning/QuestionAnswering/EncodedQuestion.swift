/// A question before each window of its context, as a model takes them.
package struct EncodedQuestion: Sendable, Equatable {
    package let context: EncodedContext
    /// `[CLS] question [SEP]`
    let query: [Int32]
    let separator: Int32
    /// Tokens that the maximum length cut off the question.
    package let droppedTokens: Int
    /// The context's pieces that each window holds; at least one window, which is empty where the context is.
    package let windows: [Range<Int>]
    /// The window in which each piece has most context on both sides; `[pieces]`.
    let owners: [Int]

    init(context: EncodedContext, query: [Int32], separator: Int32, droppedTokens: Int, windows: [Range<Int>]) {
        self.context = context
        self.query = query
        self.separator = separator
        self.droppedTokens = droppedTokens
        self.windows = windows
        owners = Self.owners(of: context.ids.count, windows: windows)
    }

    /// Vocabulary indices; `[tokens of the window]`.
    package func ids(ofWindow index: Int) -> [Int32] {
        query + context.ids[windows[index]] + [separator]
    }

    /// 0 for the question, 1 for the context; `[tokens of the window]`.
    package func types(ofWindow index: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: query.count) + [UInt8](repeating: 1, count: windows[index].count + 1)
    }

    func tokenCount(ofWindow index: Int) -> Int { query.count + windows[index].count + 1 }

    /// Where the context's pieces stand in a window: row = piece + this.
    func rowOffset(inWindow index: Int) -> Int { query.count - windows[index].lowerBound }

    /// The rows of an answer's first and last piece; (0, 0), which is [CLS], where it is not wholly in the window.
    func target(of answer: ClosedRange<Int>?, inWindow index: Int) -> (start: Int, end: Int) {
        let window = windows[index]
        guard let answer, window.contains(answer.lowerBound), window.contains(answer.upperBound) else { return (0, 0) }
        let offset = rowOffset(inWindow: index)
        return (answer.lowerBound + offset, answer.upperBound + offset)
    }

    /// The seed's rule: the lesser of the pieces to the left and to the right, plus a hundredth of the window's length;
    /// the earlier of two equals.
    private static func owners(of count: Int, windows: [Range<Int>]) -> [Int] {
        guard windows.count > 1 else { return [Int](repeating: 0, count: count) }
        var owners = [Int](repeating: 0, count: count)
        var best = [Int](repeating: -1, count: count)
        for (index, window) in windows.enumerated() {
            for piece in window {
                let score = 100 * min(piece - window.lowerBound, window.upperBound - 1 - piece) + window.count
                if score > best[piece] { (best[piece], owners[piece]) = (score, index) }
            }
        }
        return owners
    }
}
