/// A stretch of a context's pieces with the sum of its start's and its end's logit.
struct ScoredSpan: Equatable {
    let score: Float
    let pieces: ClosedRange<Int>
}

/// The best of the spans it is shown, best first; of equals the first shown.
struct BestSpans {
    let limit: Int
    private(set) var spans: [ScoredSpan] = []

    init(limit: Int) {
        self.limit = limit
        spans.reserveCapacity(limit + 1)
    }

    /// Whether a span with this score would stay.
    func admits(_ score: Float) -> Bool {
        guard spans.count == limit, let worst = spans.last else { return true }
        return score > worst.score
    }

    mutating func insert(_ span: ScoredSpan) {
        guard admits(span.score) else { return }
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if span.score > spans[middle].score { high = middle } else { low = middle + 1 }
        }
        spans.insert(span, at: low)
        if spans.count > limit { spans.removeLast() }
    }
}
