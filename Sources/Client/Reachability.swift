import Glibc

/// Finds out at once whether anything listens: libzmq itself would try again for ever and say nothing.
enum Reachability {
    /// Connects to the control port and hangs up.
    ///
    /// - Throws: `ClientError.noService` with the kernel's or the resolver's reason
    static func check(_ server: Server, timeout: Duration) throws(ClientError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(server.host, String(server.controlPort), &hints, &list)
        guard code == 0 else { throw .noService(server, reason: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(list) }
        var reason = "no address"
        var next = list
        while let address = next {
            guard let failure = connect(to: address.pointee, timeout: timeout) else { return }
            reason = failure
            next = address.pointee.ai_next
        }
        throw .noService(server, reason: reason)
    }

    /// - Returns: why it failed; `nil` when it did not
    private static func connect(to address: addrinfo, timeout: Duration) -> String? {
        let type = address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.ai_family, type, address.ai_protocol)
        guard descriptor >= 0 else { return sentence(errno) }
        defer { close(descriptor) }
        if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return nil }
        guard errno == EINPROGRESS else { return sentence(errno) }
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let (seconds, attoseconds) = timeout.components
        let milliseconds = Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000)
        guard poll(&entry, 1, milliseconds) > 0 else { return "no answer within \(timeout)" }
        var failure: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size)
        return failure == 0 ? nil : sentence(failure)
    }

    private static func sentence(_ code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}
