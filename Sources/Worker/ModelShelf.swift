import DequeModule
import Messages

/// The models in memory, those on their way there, and the leases that wait for them.
///
/// Weights are mapped files, whose memory the system can take back; what stays is small, so that a count is limit
/// enough. A model that has to go lives on until the last lease that uses it ends.
struct ModelShelf {
    static let capacity = 8

    private var models: [Digest: ServedModel] = [:]
    /// The least recently used first.
    private var order: [Digest] = []
    private var waiting: [Digest: [Fence]] = [:]
    private var toLoad: Deque<Digest> = []

    /// Models in memory.
    var digests: [Digest] { order }

    /// The model of a lease; where it is not in memory the lease waits for it.
    mutating func model(_ digest: Digest, for fence: Fence) -> ServedModel? {
        if let model = models[digest] {
            touch(digest)
            return model
        }
        if waiting[digest] == nil { toLoad.append(digest) }
        waiting[digest, default: []].append(fence)
        return nil
    }

    /// A model that leases wait for and nobody is loading yet.
    mutating func nextLoad() -> Digest? { toLoad.popFirst() }

    /// Puts a model on the shelf, in the place of the one unused for longest where it is full.
    ///
    /// - Returns: the leases that waited for it
    mutating func add(_ digest: Digest, _ model: ServedModel) -> [Fence] {
        models[digest] = model
        touch(digest)
        if order.count > Self.capacity { models[order.removeFirst()] = nil }
        return takeWaiting(for: digest)
    }

    /// The leases that wait for a model, when it cannot be loaded; the next lease of it tries again.
    mutating func takeWaiting(for digest: Digest) -> [Fence] {
        waiting.removeValue(forKey: digest) ?? []
    }

    private mutating func touch(_ digest: Digest) {
        order.removeAll { $0 == digest }
        order.append(digest)
    }
}
