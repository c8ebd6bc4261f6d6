extension HeldBackRows {
    /// The split on paper, `split.json`: with it and the data file anybody can make it again.
    ///
    /// Rows count from 1, the header not counted; the digest is FNV-1a of 64 bits over the texts and labels of all rows.
    func record(of file: LabelledFile, fraction: Double, seed: Int) -> PredictionsFile {
        let numbers = rows.map { "\($0 + 1)" }.joined(separator: ", ")
        let text = """
            {"seed": \(seed), "fraction": \(fraction), "rows": \(file.rows.count), "digest": "\(Self.digest(of: file))",
             "dev_rows": [\(numbers)]}

            """
        return PredictionsFile(name: "split.json", text: text)
    }

    private static func digest(of file: LabelledFile) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for row in file.rows {
            for field in [row.text, row.text2 ?? "", row.label ?? ""] {
                // No byte of UTF-8 is 255: fields cannot run into one another.
                for byte in field.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
                hash = (hash ^ 255) &* 0x100_0000_01b3
            }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
