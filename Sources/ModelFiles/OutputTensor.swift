/// An fp32 tensor to be written, row-major, in memory that outlives the writing.
package struct OutputTensor {
    let name: String
    let shape: [Int]
    let values: UnsafeBufferPointer<Float>

    package init(name: String, shape: [Int], values: UnsafeBufferPointer<Float>) {
        precondition(shape.reduce(1, *) == values.count, "'\(name)' \(shape) given \(values.count) values")
        self.name = name
        self.shape = shape
        self.values = values
    }
}
