package import Messages
package import Store
package import Tensors
package import ZeroMQ

/// Why a worker does not work.
package enum WorkerError: Error {
    /// The linear algebra library is missing or broken, or a kernel level was asked for that this CPU does not have.
    case numeric(TensorError)
    case socket(ZeroMQError)
    /// Nobody was heard at the address for the orphan timeout.
    case orphaned(ServerAddress, after: Duration)
    case closedLockDescriptor(Int32)
    /// The store of a training worker, which puts checkpoints there.
    case store(StoreError)
    /// The worker's name cannot be used on the wire.
    case invalidID(MessageError)

    /// What the program ends with (sysexits.h, and 2 for bad usage): 69 unavailable, 78 configuration.
    package var exitCode: Int32 {
        switch self {
        case .invalidID: 2
        case .numeric, .closedLockDescriptor: 78
        case .store: 77
        case .socket(.invalidEndpoint), .socket(.addressNotHere): 78
        case .socket, .orphaned: 69
        }
    }
}

extension WorkerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidID(let error): "the worker's name: \(error)"
        case .numeric(let error): "\(error)"
        case .socket(let error): "\(error)"
        case .store(let error): "the models' store: \(error)"
        case .orphaned(let server, let timeout):
            "no server was heard at \(server.host):\(server.base) for \(timeout), expected one there"
        case .closedLockDescriptor(let descriptor):
            "descriptor \(descriptor) of the lock file is not open, expected one inherited from the server"
        }
    }
}
