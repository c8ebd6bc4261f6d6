import FineTuning
import Testing

@Suite struct DataSurveyTests {
    @Test func aPercentileIsTheSmallestLengthThatSoManyDoNotExceed() {
        let lengths = DataSurvey.TokenPercentiles(Array((1...200).reversed()))
        #expect((lengths.p50, lengths.p90, lengths.p99, lengths.longest) == (100, 180, 198, 200))
        let one = DataSurvey.TokenPercentiles([7])
        #expect((one.p50, one.p90, one.p99, one.longest) == (7, 7, 7, 7))
        #expect(DataSurvey.TokenPercentiles([]).longest == 0)
    }

    @Test func anErrorNamesFileLineFieldExpectedAndFound() {
        let error = FineTuningError.invalidData(
            file: "reviews.csv", line: 7, field: "rating", expected: "a number", found: "'good'")
        #expect("\(error)" == "reviews.csv, line 7, field 'rating': expected a number, found 'good'")
        #expect(error.place == ("reviews.csv", 7, "rating"))
    }
}
