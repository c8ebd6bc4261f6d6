import BERT
import Synchronization
import Tensors
import Testing

@Suite struct EncoderTests {
    @Test(arguments: Kernels.supported, [0, 1, 2])
    func layersAgreeWithTransformers(level: Kernels.Level, layer: Int) throws {
        let golden = try #require(GoldenValues.gelu[layer])
        let workspace = Workspace()
        let encoder = try TinyModel.encoder(level)
        #expect(distance(encoder.forward(TinyModel.batch, layer: layer, workspace: workspace), golden) < 5e-6)
        #expect(distance(encoder.forward(TinyModel.batch, layer: layer - 3, workspace: workspace), golden) < 5e-6)
    }

    @Test(arguments: Kernels.supported)
    func otherActivationsAgreeWithTransformers(level: Kernels.Level) throws {
        for (activation, golden) in [(Activation.geluTanh, GoldenValues.geluNew), (.relu, GoldenValues.relu)] {
            let hidden = try TinyModel.encoder(level, activation: activation)
                .forward(TinyModel.batch, workspace: Workspace())
            #expect(distance(hidden, try #require(golden[2])) < 5e-6)
        }
    }

    @Test(arguments: Kernels.supported)
    func neighboursDoNotChangeASequence(level: Kernels.Level) throws {
        let encoder = try TinyModel.encoder(level)
        let sequences = Self.sequences(seed: 11, count: 24)
        let workspace = Workspace()
        let alone = sequences.map { ids -> [[Float]] in
            var batch = PackedBatch()
            batch.append(ids: ids)
            return rows(encoder.forward(batch, workspace: workspace))
        }
        for order in [Array(sequences.indices), sequences.indices.reversed(), [5], [3, 3, 20]] {
            var batch = PackedBatch()
            for index in order { batch.append(ids: sequences[index]) }
            let together = rows(encoder.forward(batch, workspace: workspace))
            let expected = order.flatMap { alone[$0] }
            let worst = zip(together, expected).map { zip($0, $1).map { abs($0 - $1) }.max() ?? 0 }.max() ?? 1
            #expect(together.count == expected.count && worst <= 1e-6)
        }
    }

    @Test(arguments: Kernels.supported, [1, 2, 3])
    func lanesDoNotChangeTheResult(level: Kernels.Level, lanes: Int) throws {
        let encoder = try TinyModel.encoder(level)
        var batch = PackedBatch()
        for ids in Self.sequences(seed: 12, count: 9) { batch.append(ids: ids) }
        let expected = rows(encoder.forward(batch, workspace: Workspace()))
        let results = Mutex<[[[Float]]]>([])
        let crew = try Lanes(count: lanes) { _ in Workspace() }
        for _ in 0..<20 {
            crew.submit { [batch] workspace, team in
                let found = rows(encoder.forward(batch, workspace: workspace, team: team))
                results.withLock { $0.append(found) }
            }
        }
        crew.stop()
        let worst = results.withLock { $0 }.map { zip($0.joined(), expected.joined()).map { abs($0 - $1) }.max() ?? 1 }
        #expect(worst.count == 20 && worst.allSatisfy { $0 <= 1e-6 })
    }

    @Test func sourceIsAskedForEveryParameterOnceAndItsErrorIsThrown() throws {
        struct Missing: Error, Equatable { let name: String }
        let parameters = TinyModel.configuration.parameters
        #expect(Set(parameters.map(\.name)).count == 5 + 2 * 16 && parameters.count == 5 + 2 * 16)
        var asked: [Parameter] = []
        #expect(throws: Missing(name: "encoder.layer.1.output.LayerNorm.bias")) {
            try Encoder(TinyModel.configuration, blas: BLAS.open(), kernels: Kernels(.portable)) {
                (name, shape) throws(Missing) -> Tensor in
                asked.append(Parameter(name, shape))
                guard name != "encoder.layer.1.output.LayerNorm.bias" else { throw Missing(name: name) }
                return Tensor(shape: shape, values: [Float](repeating: 0, count: shape.reduce(1, *)))
            }
        }
        #expect(asked == parameters)
    }

    static func sequences(seed: Int, count: Int) -> [[Int32]] {
        (0..<count).map { index in (0..<1 + (index * 7 + seed) % 16).map { Int32(($0 * 13 + index * 5 + seed) % 32) } }
    }
}

func rows(_ matrix: Matrix) -> [[Float]] { (0..<matrix.rows).map { Array(matrix[$0]) } }

func distance(_ matrix: Matrix, _ expected: [[Double]]) -> Double {
    precondition(matrix.rows == expected.count)
    return zip(rows(matrix).joined(), expected.joined()).map { abs(Double($0) - $1) }.max() ?? 0
}
