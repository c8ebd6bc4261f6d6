/// What a job may spread over: its own lane, and the others if they have nothing to do right now.
package struct Team {
    /// The most shares that `run` ever makes.
    package let limit: Int
    private let fork: (_ body: @escaping (Share) -> Void) -> Void

    /// One lane alone.
    package static var alone: Team { Team(limit: 1) { body in body(.whole) } }

    init(limit: Int, fork: @escaping (_ body: @escaping (Share) -> Void) -> Void) {
        self.limit = limit
        self.fork = fork
    }

    /// Calls `body` once on each lane that could be had, with its share, and returns when all have.
    package func run(_ body: @escaping (Share) -> Void) { fork(body) }
}
