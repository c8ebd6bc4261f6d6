import BERT
import Foundation
package import Logging
import Messages
import Tensors
import ZeroMQ

/// A worker process, from its start to its end.
package enum Worker {
    /// Computes for a server until it is told to stop.
    ///
    /// To be called on the main thread before any other exists: it blocks the signals first. SIGTERM, SIGINT and SIGHUP
    /// drain; a second one ends the process at once with 128 + its number.
    package static func run(_ configuration: WorkerConfiguration, log: Logger) throws(WorkerError) {
        SignalDescriptor.block()
        Heap.keepFreedMemory()
        if let descriptor = configuration.lockDescriptor, fcntl(descriptor, F_GETFD) < 0 {
            throw .closedLockDescriptor(descriptor)
        }
        if configuration.workerClass == .training { Background.enter() }
        let (desk, kernels) = try desk(configuration, log)
        do {
            let signals = try SignalDescriptor()
            let loop = try WorkerLoop(
                endpoint: configuration.server.workEndpoint, context: Context(),
                hello: hello(configuration, kernels: kernels), orphanTimeout: configuration.orphanTimeout,
                drainGrace: configuration.drainGrace, log: log, desk: desk)
            loop.watch(signals.descriptor)
            log.info("worker starts", metadata: ["id": "\(configuration.id)", "kernels": "\(kernels)"])
            try run(loop, signals, log)
            loop.close()
            guard loop.state == .orphaned, let timeout = configuration.orphanTimeout else { return }
            throw WorkerError.orphaned(configuration.server, after: timeout)
        } catch let error as WorkerError {
            throw error
        } catch let error as ZeroMQError {
            throw .socket(error)
        } catch {
            preconditionFailure("an error of no kind that is thrown here: \(error)")
        }
    }

    private static func run(_ loop: WorkerLoop, _ signals: SignalDescriptor, _ log: Logger) throws(ZeroMQError) {
        var isDraining = false
        while loop.state == .running {
            try loop.step()
            for signal in signals.drain() where signal != .child {
                if isDraining { _exit(signal.exitCode) }
                log.info("told to stop: finishing what is begun, again to end now")
                isDraining = true
                loop.drain()
            }
        }
    }

    /// What does the work of the worker's class, and the name of the kernels that it does it with.
    ///
    /// OpenBLAS is opened here, after the signals are blocked: its threads would otherwise be killed by them.
    private static func desk(
        _ configuration: WorkerConfiguration, _ log: Logger
    ) throws(WorkerError) -> (any Desk, kernels: String) {
        let kernels: Kernels
        var blas: BLAS?
        do {
            if configuration.workerClass != .training { blas = try BLAS.open() }
            kernels = try Kernels.select()
        } catch {
            throw .numeric(error)
        }
        guard let blas else {
            let trainer = try Trainer(
                stateFolder: configuration.stateFolder, id: configuration.id, kernels: kernels)
            let desk = try TrainingDesk(laneCount: configuration.laneCount, log: log, perform: trainer.perform)
            return (desk, kernels.level.rawValue)
        }
        let models = ModelLibrary(stateFolder: configuration.stateFolder, blas: blas, kernels: kernels)
        let desk = try InferenceDesk(
            laneCount: configuration.laneCount, batchTokens: Encoder.microBatchTokens, log: log, openModel: models.open)
        return (desk, "\(kernels.level.rawValue), OpenBLAS \(blas.coreName)")
    }

    private static func hello(_ configuration: WorkerConfiguration, kernels: String) -> Hello {
        Hello(
            version: configuration.version, workerID: configuration.id, nonce: .random(in: .min ... .max),
            workerClass: configuration.workerClass, host: HostName.current, processID: Int(getpid()),
            lanes: configuration.laneCount,
            creditTokens: configuration.creditTokens, held: [], models: [],
            kernels: kernels)
    }

    /// Cores that this process may use.
    package static var availableLanes: Int { LaneCount.available }

    /// A name that no other process has, of host, process id and chance, in the characters that names may have:
    /// containers of one host share its name, and their process ids.
    package static var defaultID: String {
        let host = HostName.current.prefix(100).map {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-"
        }
        return String(host) + "-\(getpid())-" + String(UInt32.random(in: .min ... .max), radix: 16)
    }
}

extension SignalDescriptor.Signal {
    /// What a shell shows for a program that the signal ended.
    fileprivate var exitCode: Int32 {
        switch self {
        case .terminate: 128 + SIGTERM
        case .interrupt: 128 + SIGINT
        case .hangUp: 128 + SIGHUP
        case .child: 128 + SIGCHLD
        }
    }
}
