import BERT
import Messages
import Tensors
import ZeroMQ

/// The threads that do the work: compute lanes, and one that tokenizes.
///
/// Tokenizing takes a thousandth of the time of computing. On a thread of its own an interactive text gets past it
/// without waiting behind the micro-batches that the lanes have in hand.
///
///                      ┌─► tokenizer ─┐
///     socket thread ───┤              ├──► completions ──► socket thread
///                      └─► lanes ─────┘
final class Crew {
    /// Free places of each kind; every order in hand will put one completion in the mailbox.
    private(set) var freeBatches: Int
    private(set) var freePreparations = Crew.preparationsInHand
    private(set) var isLoading = false
    let completions: Mailbox<Completion>
    private let lanes: Lanes<LaneWorkspace>
    private let tokenizer: Lanes<Void>

    /// One is being tokenized, one waits, so that the thread never does.
    private static let preparationsInHand = 2

    init(laneCount: Int) throws(WorkerError) {
        do {
            // One more than can run: a lane that is done finds its next batch without asking the socket thread.
            freeBatches = laneCount + 1
            completions = try Mailbox(capacity: freeBatches + Self.preparationsInHand + 1)
            lanes = try Lanes(count: laneCount) { _ in LaneWorkspace() }
            tokenizer = try Lanes(count: 1) { _ in }
        } catch let error as ZeroMQError {
            throw .socket(error)
        } catch let error as TensorError {
            throw .numeric(error)
        } catch {
            preconditionFailure("an error of no kind that is thrown here: \(error)")
        }
    }

    var isIdle: Bool { freeBatches == lanes.count + 1 && freePreparations == Self.preparationsInHand && !isLoading }

    func load(
        _ digest: Digest, with open: @escaping @Sendable (Digest) throws(LeaseFailure) -> ServedModel
    ) {
        isLoading = true
        submit(to: lanes) { _, _ in
            do throws(LeaseFailure) {
                return .loaded(digest, .success(try open(digest)))
            } catch {
                return .loaded(digest, .failure(error))
            }
        }
    }

    func prepare(_ preparation: Scheduler.Preparation) {
        freePreparations -= 1
        submit(to: tokenizer) { _, _ in
            do throws(ServiceError) {
                let work = try preparation.model.work(preparation.key.options)
                let rows = PreparedRows(rows: preparation.inputs.map(work.prepare), form: work.form)
                return .prepared(preparation, .success(rows))
            } catch {
                return .prepared(preparation, .failure(error))
            }
        }
    }

    func compute(_ batch: MicroBatch) {
        freeBatches -= 1
        submit(to: lanes) { workspace, team in
            let start = ContinuousClock.now
            do throws(ServiceError) {
                let work = try batch.model.work(batch.key.options)
                let yields = work.compute(batch, on: workspace, team: team)
                return .computed(batch, .success(yields), in: .now - start)
            } catch {
                return .computed(batch, .failure(error), in: .now - start)
            }
        }
    }

    /// What has been done since the last call; its places are free again.
    func takeCompletions() -> [Completion] {
        let done = completions.drain()
        for completion in done {
            switch completion {
            case .loaded: isLoading = false
            case .prepared: freePreparations += 1
            case .computed: freeBatches += 1
            }
        }
        return done
    }

    /// Waits for what is in hand, and ends the threads.
    func dismiss() {
        tokenizer.stop()
        lanes.stop()
    }

    private func submit<State>(
        to lanes: Lanes<State>, _ work: @escaping @Sendable (State, Team) -> Completion
    ) {
        let completions = completions
        lanes.submit { state, team in
            let isTaken = completions.send(work(state, team))
            precondition(isTaken, "the mailbox of completions is full, expected a place for each order in hand")
        }
    }
}
