import Glibc

/// A thread of the system that runs one closure.
enum LaneThread {
    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts a thread that inherits the signal mask of the caller, who joins it.
    static func start(_ lane: Int, _ body: @escaping @Sendable () -> Void) throws(TensorError) -> pthread_t {
        var thread = pthread_t()
        let start = Unmanaged.passRetained(Start(body))
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw .threadRefused(lane: lane, code: code)
        }
        return thread
    }
}
