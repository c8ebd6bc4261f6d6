/// What the data of a run look like, told before any training.
package struct DataSurvey: Sendable, Equatable {
    /// A name and how many rows have it.
    package struct Count: Sendable, Equatable {
        package let name: String
        package let rows: Int

        package init(name: String, rows: Int) {
            self.name = name
            self.rows = rows
        }
    }

    /// Rows of each set, `train` first.
    package let sets: [Count]
    /// Training rows of each label, in the labels' order; empty where the task has none.
    package let labels: [Count]
    /// Training rows that are equal to an earlier one.
    package let duplicates: Int
    /// Tokens of a training example at the 50th, 90th, 99th and 100th percentile, before anything is cut.
    package let tokenPercentiles: TokenPercentiles
    /// The maximum length that examples were cut at, in tokens.
    package let maximumTokens: Int
    /// Training rows that were cut at the maximum length.
    package let cutRows: Int

    package struct TokenPercentiles: Sendable, Equatable {
        package let p50, p90, p99, longest: Int

        /// Of lengths in any order; all 0 where there is none. The p-th is the smallest length that p % do not exceed.
        package init(_ lengths: [Int]) {
            let sorted = lengths.sorted()
            func at(_ percent: Int) -> Int {
                sorted.isEmpty ? 0 : sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
            }
            p50 = at(50)
            p90 = at(90)
            p99 = at(99)
            longest = at(100)
        }
    }

    package init(
        sets: [Count], labels: [Count], duplicates: Int, tokenPercentiles: TokenPercentiles, maximumTokens: Int,
        cutRows: Int
    ) {
        self.sets = sets
        self.labels = labels
        self.duplicates = duplicates
        self.tokenPercentiles = tokenPercentiles
        self.maximumTokens = maximumTokens
        self.cutRows = cutRows
    }
}
