package import Tensors

/// One kind of work with one model under certain options: rows to token ids, and the ids to what they yield.
///
/// Everything around it (leases, lines, micro-batches, row statuses, chunks) is the same for every kind.
package protocol RowWork: Sendable {
    var form: ResultForm { get }

    /// Tokenizes one row, on the thread that prepares; a row that cannot be used carries its rejection.
    func prepare(_ input: RowInput) -> PreparedRow

    /// Computes a micro-batch on a lane; `[sequences]`, what each of them completes.
    ///
    /// A row of several sequences, whose micro-batches may be computed on several lanes at once, is yielded by the one
    /// that is computed last; the others yield nil.
    func compute(_ batch: MicroBatch, on workspace: LaneWorkspace, team: Team) -> [RowYield?]
}
