import BERT
import ModelFiles

/// A named tensor of a run in memory: a parameter, or one of its moments.
struct Numbers {
    let name: String
    let shape: [Int]
    let values: UnsafeMutableBufferPointer<Float>

    init(_ name: String, _ shape: [Int], _ values: UnsafeMutableBufferPointer<Float>) {
        self.name = name
        self.shape = shape
        self.values = values
    }

    init(_ parameter: TrainableParameter) {
        self.init(parameter.name, parameter.shape, parameter.values)
    }

    var output: OutputTensor { OutputTensor(name: name, shape: shape, values: UnsafeBufferPointer(values)) }
}

extension Optimizer {
    /// The moments by torch's names for them.
    var moments: [Numbers] {
        entries.flatMap { entry in
            [
                Numbers("exp_avg.\(entry.parameter.name)", entry.parameter.shape, entry.first),
                Numbers("exp_avg_sq.\(entry.parameter.name)", entry.parameter.shape, entry.second),
            ]
        }
    }
}
