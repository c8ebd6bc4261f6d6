import Messages
import Sweep
import SweepController
import Testing

@Suite struct StretchNameTests {
    @Test(arguments: ["reviews", "a.b", "a.1.2", "x-r1"])
    func namesAreReadAsTheyAreWritten(sweep: String) throws {
        for trial in [0, 7, 123] {
            for replica in [0, 2] {
                for rung in [0, 3] {
                    for attempt in [0, 1] {
                        let name = StretchName(Stretch(trial: trial, replica: replica, rung: rung), attempt: attempt)
                        let job = try Identifier(name.job(of: sweep))
                        #expect(StretchName(job, of: sweep) == name)
                    }
                }
            }
        }
    }

    @Test(arguments: [
        "reviews", "reviews.", "reviews.survey", "reviews.promote-3.reviews", "reviews.1", "reviews.1.", "reviews.1.0-",
        "reviews.1.0-x1", "reviews.1.0-s0", "reviews.1.0-s1-s2", "reviews.01.0", "reviews.-1.0", "reviews.1.0.0",
        "review.1.0", "reviews.1.0-r1-s1", "reviews.99999999999999999999.0",
    ])
    func anythingElseIsNoStretch(job: String) throws {
        #expect(StretchName(try Identifier(job), of: "reviews") == nil)
    }
}
