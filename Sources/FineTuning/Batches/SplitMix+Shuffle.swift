import Tensors

extension SplitMix {
    /// One of many streams of a seed; neighbouring seeds and streams start far apart.
    init(seed: UInt64, stream: UInt64) {
        var first = SplitMix(seed: seed)
        self.init(seed: first.next() ^ (stream &* 0xd1b5_4a32_d192_ed03))
    }

    /// The elements in an order of its own (Fisher and Yates), the same with every version of the language.
    mutating func shuffle<Element>(_ elements: inout [Element]) {
        guard elements.count > 1 else { return }
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
        }
    }
}
