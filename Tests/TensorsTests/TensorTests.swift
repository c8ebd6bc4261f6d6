import Tensors
import Testing

@Suite struct TensorTests {
    private final class Owner: Sendable {}

    @Test func alignedFloatsAreBorrowedWithTheirOwner() throws {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 12, alignment: 8)
        defer { bytes.deallocate() }
        bytes.storeBytes(of: 2.5, as: Float.self)
        weak var kept: Owner?
        do {
            let tensor = try {
                let owner = Owner()
                kept = owner
                let part = UnsafeRawBufferPointer(rebasing: bytes[..<8])
                return try Tensor(shape: [2], type: .float32, bytes: part, owner: owner)
            }()
            #expect(kept != nil && tensor.elements[0] == 2.5)
            #expect(UnsafeRawPointer(tensor.elements) == UnsafeRawPointer(bytes.baseAddress))
        }
        #expect(kept == nil)
    }

    @Test func unalignedFloatsAreCopied() throws {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 12, alignment: 8)
        defer { bytes.deallocate() }
        bytes.storeBytes(of: -7.25, toByteOffset: 3, as: Float.self)
        let part = UnsafeRawBufferPointer(rebasing: bytes[3..<7])
        let tensor = try Tensor(shape: [1], type: .float32, bytes: part, owner: Owner())
        bytes.storeBytes(of: 0, toByteOffset: 3, as: Float.self)
        #expect(tensor.elements[0] == -7.25)
    }

    @Test func everyHalfIsReadExactly() throws {
        let halves = Array(UInt16.min...UInt16.max)
        try halves.withUnsafeBytes { bytes in
            let half = try Tensor(shape: [65536], type: .float16, bytes: bytes, owner: Owner())
            let brain = try Tensor(shape: [65536], type: .bfloat16, bytes: bytes, owner: Owner())
            #expect(
                halves.allSatisfy {
                    half.elements[Int($0)].bitPattern == Float(Float16(bitPattern: $0)).bitPattern
                        || Float16(bitPattern: $0).isNaN && half.elements[Int($0)].isNaN
                })
            #expect(halves.allSatisfy { brain.elements[Int($0)].bitPattern == UInt32($0) << 16 })
        }
    }

    @Test func wrongSizeIsRefused() {
        let error = TensorError.wrongByteCount(shape: [3], type: .float16, expected: 6, found: 4)
        #expect(throws: error) {
            try [UInt8](repeating: 0, count: 4).withUnsafeBytes {
                try Tensor(shape: [3], type: .float16, bytes: $0, owner: Owner())
            }
        }
    }

    @Test func halvesRoundToNearestEven() {
        var noise = Noise(seed: 4)
        var values: [Float] = [
            0, -0, 65504, 65519.9, 65520, 1e30, .infinity, 6e-8, 2.9e-8, 2.98023223877e-8, 6.1e-5, 1,
        ]
        for exponent in -30...17 {
            values += noise.floats(200, scale: Float(sign: .plus, exponent: exponent, significand: 1))
        }
        let matrix = Matrix(rows: 1, columns: values.count, values: values)
        let expected = values.flatMap { value in withUnsafeBytes(of: Float16(value).bitPattern.littleEndian, Array.init)
        }
        #expect(matrix.bytes(rows: 0..<1, as: .float16) == expected)
    }

    @Test func bytesOfRowsAreTheFloats() {
        let matrix = Matrix(rows: 3, columns: 2, values: [1, 2, 3, 4, 5, 6])
        #expect(matrix.bytes(rows: 1..<2, as: .float32) == [0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40])
        #expect(matrix.bytes(rows: 3..<3, as: .float32).isEmpty)
    }
}
