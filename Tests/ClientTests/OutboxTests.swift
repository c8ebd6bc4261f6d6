import Client
import Messages
import Testing

struct OutboxTests {
    private let job: Identifier
    private let start = ContinuousClock.now

    init() throws {
        job = try Identifier("job")
    }

    private func outbox() -> Outbox {
        var outbox = Outbox()
        outbox.add(job, frame: [1, 2, 3], rows: 1, at: start)
        return outbox
    }

    @Test func pushesComeLessAndLessOften() {
        var outbox = outbox()
        var now = start
        var gaps: [Duration] = []
        for _ in 0..<6 {
            #expect(outbox.due(at: now) == [job])
            outbox.pushed(job, at: now)
            #expect(outbox.due(at: now).isEmpty)
            let next = outbox.jobs[job]?.nextPush ?? now
            gaps.append(next - now)
            now = next
        }
        #expect(gaps == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(4), .seconds(4)])
    }

    @Test func anAcceptedJobIsNotPushedUntilItsOutcomeIsUnknown() {
        var outbox = outbox()
        outbox.heard(job, jobSeq: 1, at: start)
        #expect(outbox.due(at: start + .seconds(100)).isEmpty)
        #expect(outbox.overdue(at: start + .seconds(100), patience: .seconds(1)) == nil)
        outbox.pushAgain(at: start + .seconds(100))
        #expect(outbox.due(at: start + .seconds(100)) == [job])
    }

    @Test func aJobThatNobodyAcceptsIsOverdue() {
        let outbox = outbox()
        #expect(outbox.overdue(at: start + .seconds(9), patience: .seconds(10)) == nil)
        #expect(outbox.overdue(at: start + .seconds(10), patience: .seconds(10)) == job)
    }

    @Test func whatWasMissedShowsInTheNumbers() {
        var outbox = outbox()
        #expect(!outbox.isGap(job, 1))
        #expect(outbox.isGap(job, 2))
        outbox.heard(job, jobSeq: 1, at: start)
        #expect(!outbox.isGap(job, 1) && !outbox.isGap(job, 2) && outbox.isGap(job, 3))
        #expect(!outbox.isGap(job, nil))
    }

    @Test func silenceOfAnAcceptedJobIsNoticedAndAskedAboutOnce() {
        var outbox = outbox()
        #expect(!outbox.isQuiet(at: start + Outbox.quiet))
        outbox.heard(job, jobSeq: 1, at: start)
        #expect(outbox.isQuiet(at: start + Outbox.quiet))
        outbox.asked(at: start + Outbox.quiet)
        #expect(!outbox.isQuiet(at: start + Outbox.quiet))
    }

    @Test func bytesAreThoseOfTheOpenJobs() {
        var outbox = outbox()
        #expect(outbox.byteCount == 3)
        let (first, second) = (outbox.remove(job), outbox.remove(job))
        #expect(first != nil && second == nil)
        #expect(outbox.byteCount == 0 && outbox.jobs.isEmpty)
    }

    @Test func theServicesPauseIsKept() {
        var outbox = outbox()
        outbox.postpone(job, by: .seconds(7), at: start)
        #expect(outbox.due(at: start + .seconds(6)).isEmpty)
        #expect(outbox.due(at: start + .seconds(7)) == [job])
    }
}
