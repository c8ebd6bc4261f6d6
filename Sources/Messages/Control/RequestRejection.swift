/// A request that cannot be read, and what to answer.
package struct RequestRejection: Error, Equatable {
    /// 0 where not even that could be read.
    package let requestID: UInt64
    package let error: ServiceError
}
