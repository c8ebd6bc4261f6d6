import CZeroMQ
import Glibc

/// Why a socket, a context or a descriptor of the poll loop could not do what was asked.
package enum ZeroMQError: Error, Equatable, Sendable {
    /// The context was shut down; the owner of the socket stops.
    case contextShutDown
    /// Another program, or another socket of this one, listens there already.
    case addressInUse(endpoint: String)
    /// The host part names no interface or resolvable host of this machine.
    case addressNotHere(endpoint: String)
    /// The text is no endpoint that libzmq can parse.
    case invalidEndpoint(String)
    /// Any other failure of a call; `code` is its `errno`.
    case failed(call: String, code: Int32)

    /// The error that the last call into libzmq or the kernel left in `errno`.
    static func last(_ call: String) -> ZeroMQError {
        let code = zmq_errno()
        return code == terminationCode ? .contextShutDown : .failed(call: call, code: code)
    }

    /// The same, for a call that names an endpoint.
    static func last(_ call: String, endpoint: String) -> ZeroMQError {
        switch zmq_errno() {
        case EADDRINUSE: .addressInUse(endpoint: endpoint)
        case EADDRNOTAVAIL, ENODEV: .addressNotHere(endpoint: endpoint)
        case EINVAL, EPROTONOSUPPORT, incompatibleProtocolCode: .invalidEndpoint(endpoint)
        default: last("\(call) \(endpoint)")
        }
    }

    /// libzmq's ETERM.
    private static let terminationCode: Int32 = 156_384_712 + 53
    /// libzmq's ENOCOMPATPROTO.
    private static let incompatibleProtocolCode: Int32 = 156_384_712 + 52
}

extension ZeroMQError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .contextShutDown:
            "the messaging context was shut down"
        case .addressInUse(let endpoint):
            "\(endpoint) is in use by another program, expected a free port"
        case .addressNotHere(let endpoint):
            "\(endpoint) is not an address of this machine, expected a local interface or a host that resolves"
        case .invalidEndpoint(let endpoint):
            "'\(endpoint)' is not an endpoint, expected a form such as tcp://127.0.0.1:5555"
        case .failed(let call, let code):
            "\(call) failed: \(String(cString: zmq_strerror(code))) (errno \(code))"
        }
    }
}
