import Sweep
import Testing

@Suite struct DirectionTests {
    @Test func theBetterScoreDependsOnTheDirection() {
        #expect(Direction.minimize.prefers(1, to: 2) && !Direction.minimize.prefers(2, to: 1))
        #expect(Direction.maximize.prefers(2, to: 1) && !Direction.maximize.prefers(1, to: 1))
    }
}
