import Tensors

/// One micro-batch on its way through the model.
struct TrainingPass {
    let batch: PackedBatch
    let memory: TrainingMemory
    let rates: DropoutRates
    let seed: UInt64
    let step: Int

    func dropout(_ site: DropoutSite) -> Dropout? {
        Dropout(rate: site.rate(in: rates), seed: seed, step: step, site: site.code)
    }
}
