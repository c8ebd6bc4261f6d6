extension Distribution {
    /// The value that a share of `u` lies below, 0 to 1; a categorical one's values take room by their probability.
    package func value(at u: Double) -> ParameterValue {
        Axis(self).value(at: u)
    }

    /// Where `value` lies in the unit interval: the inverse of `value(at:)`, and the middle of the stretch that gives the
    /// same value. Nil for one that is never drawn.
    package func quantile(of value: ParameterValue) -> Double? {
        Axis(self).cell(of: value).map(Axis.middle)
    }

    /// Whether the step, if there is one, has a multiple within the bounds. Nothing is drawn from one that has none.
    package var hasValues: Bool { Axis.holds(self) }

    /// How many values there are; nil where there is no end to them.
    package var valueCount: Int? { Axis(self).count }
}
