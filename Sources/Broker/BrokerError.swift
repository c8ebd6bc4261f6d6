package import Journal
package import Store
package import ZeroMQ

/// Why a broker does not serve.
package enum BrokerError: Error, CustomStringConvertible {
    case journal(JournalError)
    case store(StoreError)
    case socket(ZeroMQError)

    package var description: String {
        switch self {
        case .journal(let error): "\(error)"
        case .store(let error): "\(error)"
        case .socket(let error): "\(error)"
        }
    }

    /// As the README lists them: 75 somebody else uses it, 77 not permitted, 78 it is set up wrongly.
    package var exitCode: Int32 {
        switch self {
        case .journal(.inUse), .journal(.storageFull), .store(.storageFull), .socket(.addressInUse): 75
        case .journal, .store, .socket: 78
        }
    }
}
