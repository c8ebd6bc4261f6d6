extension FineTuningOptions {
    /// The hyper-parameters of the GluonNLP scripts' published runs (BERT page of June 2019; CoLA, STS-B and QQP from the
    /// runs of January 2020); for WNLI, LCQMC and ChnSentiCorp, of which no run was published, the scripts' defaults.
    mutating func applySeedDefaults() {
        optimizer = .bertadam
        epsilon = optimizer.usualEpsilon
        dropout = 0.1
        switch task.kind {
        case .classification, .regression: applyClassifierDefaults()
        case .questionAnswering: applyQuestionAnsweringDefaults()
        case .tokenClassification:
            (learningRate, epochs, batchSize, maxLength, weightDecay, seed) = (1e-5, 100, 8, 180, 0, 13531)
        case .intentSlots:
            (learningRate, epochs, weightDecay, maxGradientNorm, seed) = (5e-5, 40, 0, 0, 123)
        }
    }

    private mutating func applyClassifierDefaults() {
        (learningRate, seed) = (2e-5, 2)
        if task.kind == .classification { metric = .accuracy }
        switch task {
        case .cola: (epochs, metric) = (10, .matthews)
        case .sst2: (epochs, batchSize) = (4, 16)
        case .stsb: (epochs, seed) = (5, 24)
        case .qqp: (epochs, seed) = (5, 0)
        case .mnli: (learningRate, maxLength, epsilon) = (5e-5, 80, 1e-8)
        case .qnli: (maxLength, seed) = (512, 0)
        case .xnli: (epochs, seed) = (4, 6)
        case .wnli, .lcqmc, .chnsenticorp: learningRate = 5e-5
        default: break
        }
    }

    private mutating func applyQuestionAnsweringDefaults() {
        (optimizer, epsilon, weightDecay, seed) = (.adam, OptimizerName.adam.usualEpsilon, 0, 6)
        guard task == .squad20 else { return }
        (batchSize, accumulation, version2, nullThreshold) = (4, 8, true, -2)
    }
}
