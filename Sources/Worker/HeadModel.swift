import BERT
import Foundation
import ModelFiles
import Tasks
import Tensors

/// A model with the head of a task: what its encoder and its head make of token ids.
struct HeadModel: Sendable {
    let base: ModelBase
    let head: TaskHead
    /// What it was trained with, where its folder tells.
    let trained: FineTuningOptions?
    private let layer: HeadLayer

    /// Nil where the folder has no head.
    init?(_ base: ModelBase, _ folder: ModelFolder, at url: URL, blas: BLAS) throws {
        guard let head = folder.head else { return nil }
        self.base = base
        self.head = head
        trained = TrainedSettings(in: url)?.options
        layer = try HeadLayer(
            base.encoder.configuration, head: Head(head), blas: blas, kernels: base.kernels
        ) { name, shape in
            try Tensor(folder.weights.tensor(name, shape: shape))
        }
    }

    /// The logits of a micro-batch; memory of the workspace.
    func score(_ batch: MicroBatch, on workspace: LaneWorkspace, team: Team) -> Scores {
        workspace.load(batch)
        let hidden = base.encoder.forward(workspace.batch, workspace: workspace.encoder, team: team)
        return layer.apply(hidden, starts: workspace.batch.starts, workspace: workspace.head)
    }
}

extension Head {
    init(_ head: TaskHead) {
        switch head.kind {
        case .sequence: self = .sequence(labels: max(1, head.labels.count))
        case .tokens: self = .tokens(labels: head.labels.count)
        case .span: self = .span
        case .joint: self = .joint(sequenceLabels: head.labels.count, tokenLabels: head.slotLabels.count)
        }
    }
}

extension Matrix {
    /// The numbers of some rows, one after another.
    func values(rows range: Range<Int>) -> [Float] {
        Array(UnsafeBufferPointer(start: elements + range.lowerBound * columns, count: range.count * columns))
    }
}
