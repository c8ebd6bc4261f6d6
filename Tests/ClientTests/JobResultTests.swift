import Client
import Messages
import Testing

struct JobResultTests {
    private func take(_ rows: ResultRows, _ tensor: [UInt8], into result: inout JobResult) -> Bool {
        result.append(rows, tensor: tensor)
    }

    @Test func rowsAreTakenOnceAndInOrder() {
        var result = JobResult(rowCount: 2)
        let (first, second) = (Sample.row(0), Sample.row(1))
        #expect(take(second.0, second.1, into: &result) == false)
        #expect(take(first.0, first.1, into: &result) == true)
        #expect(take(first.0, first.1, into: &result) == false)
        #expect(!result.isComplete)
        #expect(take(second.0, second.1, into: &result) == true)
        #expect(result.isComplete && result.bytes == first.1 + second.1 && result.tokenCounts == [3, 3])
    }

    @Test func bytesMustBeThoseOfTheDigest() {
        var result = JobResult(rowCount: 2)
        let (rows, tensor) = Sample.row(0)
        for wrong in [[], tensor.dropLast(), tensor + [0], [UInt8](repeating: 9, count: 8)[...]] as [ArraySlice<UInt8>]
        {
            #expect(take(rows, Array(wrong), into: &result) == false)
        }
        #expect(result.rowsDone == 0)
    }

    @Test func rowsPastTheEndOrOfAnotherWidthAreLeft() {
        var result = JobResult(rowCount: 2)
        let (first, tensor) = Sample.row(0)
        #expect(take(first, tensor, into: &result) == true)
        let wide = [UInt8](repeating: 0, count: 12)
        let wider = ResultRows(
            firstRow: 1, count: 1, elementType: .float32, shape: [1, 3], digest: Digest(of: wide), tokenCounts: [1])
        #expect(take(wider, wide, into: &result) == false)
        let two = [UInt8](repeating: 0, count: 16)
        let many = ResultRows(
            firstRow: 1, count: 2, elementType: .float32, shape: [2, 2], digest: Digest(of: two), tokenCounts: [1, 1])
        #expect(take(many, two, into: &result) == false)
    }

    @Test(arguments: [[], [2], [1, 1, 2], [Int.max, Int.max], [0, 2]]) func aShapeThatIsNotOfRowsIsLeft(_ shape: [Int])
    {
        var result = JobResult(rowCount: 1)
        let rows = ResultRows(
            firstRow: 0, count: 1, elementType: .float32, shape: shape, digest: Digest(of: []), tokenCounts: [1])
        #expect(take(rows, [], into: &result) == false)
    }
}
