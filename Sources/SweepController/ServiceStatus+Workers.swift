import Messages

extension ServiceStatus {
    /// Runs that can go on at once: the training workers that are there, or that the service starts when there is work.
    var trainingWorkers: Int {
        let ready = workers.filter { $0.workerClass == .training && $0.state == .ready }.count
        let own = settings.first { $0.name == "training workers" }.flatMap { Int($0.value) }
        return max(1, ready, own ?? 0)
    }
}
