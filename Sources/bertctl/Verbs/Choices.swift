public import ArgumentParser
public import Messages
package import Tasks

// Values of other rooms that are options here: a wrong one is answered with the list of the right ones.
extension Pooling: ExpressibleByArgument {}
extension ResultType: ExpressibleByArgument {}
extension Priority: ExpressibleByArgument {}
