/// A hyper-parameter and what its values are drawn from.
package struct Parameter: Sendable, Hashable, Codable {
    package let name: String
    package let distribution: Distribution

    package init(_ name: String, _ distribution: Distribution) {
        self.name = name
        self.distribution = distribution
    }
}

/// What is searched: independent parameters, in an order that never changes, because draws follow it.
package struct SearchSpace: Sendable, Hashable, Codable {
    package let parameters: [Parameter]

    package init(_ parameters: [Parameter]) { self.parameters = parameters }
}

/// One value for each parameter of a space, in its order.
package struct Point: Sendable, Hashable, Codable {
    package let values: [ParameterValue]

    package init(_ values: [ParameterValue]) { self.values = values }
}
