extension SearchSpace {
    /// The point that these settings name, by the parameters' names; nil where one is missing or is no value of its
    /// parameter.
    package func point(reading settings: [String: String]) -> Point? {
        var values: [ParameterValue] = []
        for parameter in parameters {
            guard let text = settings[parameter.name], let value = parameter.distribution.value(reading: text) else {
                return nil
            }
            values.append(value)
        }
        return Point(values)
    }
}

extension Distribution {
    fileprivate func value(reading text: String) -> ParameterValue? {
        switch self {
        case .constant(let value): value.description == text ? value : nil
        case .categorical(let values, _): values.first { $0.description == text }
        case .integerUniform: Int(text).map(ParameterValue.integer)
        case .uniform(_, let step), .logUniform(_, let step), .normal(_, _, let step), .logNormal(_, _, let step),
            .beta(_, _, let step):
            // Whole steps make whole numbers, which are written without a point.
            step.flatMap { _ in Int(text) }.map(ParameterValue.integer) ?? Double(text).map(ParameterValue.number)
        case .inverseLogUniform: Double(text).map(ParameterValue.number)
        }
    }
}
