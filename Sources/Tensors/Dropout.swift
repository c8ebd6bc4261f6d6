import CKernels

/// Which elements of a matrix are dropped (Srivastava et al. 2014), as a function of counters.
///
/// Whether an element is kept depends on the seed, the step, the site, the name of its row and its column: not on where
/// the row lies in a batch, and not on what was drawn before. Nothing is stored; backward asks again.
package struct Dropout: Sendable, Equatable {
    private let key: UInt64
    private let leastKept: Int32
    private let scale: Float

    /// Nil where the rate is 0. The rate is below 1; `site` names the place in the model.
    package init?(rate: Float, seed: UInt64, step: Int, site: UInt64) {
        precondition(rate >= 0 && rate < 1, "a dropout rate of \(rate)")
        guard rate > 0 else { return nil }
        key = SplitMix.mixed(SplitMix.mixed(seed &+ SplitMix.increment) &+ site &* SplitMix.increment) ^ UInt64(step)
        leastKept = Int32(clamping: Int64(Int32.min) + Int64((Double(rate) * 0x1p32).rounded()))
        scale = 1 / (1 - rate)
    }

    /// The name of a row: an example's index in its step, and a token's place in the example.
    package static func name(example: Int, token: Int) -> UInt64 { UInt64(example) << 32 | UInt64(token) }

    /// What the kernels take for the rows from `row` on, whose names are in `names`.
    static func view(
        _ dropout: Dropout?, _ names: [UInt64], from row: Int, _ body: (UnsafePointer<ck_dropout>?) -> Void
    ) {
        guard let dropout else { return body(nil) }
        precondition(row <= names.count, "row \(row) of \(names.count) names")
        names.withUnsafeBufferPointer { names in
            var view = ck_dropout(
                key: dropout.key, rows: names.baseAddress.map { $0 + row }, least_kept: dropout.leastKept,
                scale: dropout.scale)
            body(&view)
        }
    }
}
