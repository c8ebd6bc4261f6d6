/// A repository of models and one state of it.
package struct HuggingFaceModel: Equatable {
    /// `ORG/NAME`
    package let repository: String
    /// A branch, a tag or a commit.
    package let revision: String

    package init(repository: String, revision: String) {
        self.repository = repository
        self.revision = revision
    }

    /// Reads `ORG/NAME` or `ORG/NAME@REVISION`; the parts become path parts, and are checked as such.
    package init?(_ text: Substring) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let names = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        let revision = parts.count > 1 ? parts[1] : "main"
        guard names.count == 2, (names + [Substring(revision)]).allSatisfy(Self.isName) else { return nil }
        self.init(repository: parts[0], revision: revision)
    }

    func url(of file: String, at endpoint: String) -> String {
        "\(endpoint)/\(repository)/resolve/\(revision)/\(file)"
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty && !text.hasPrefix(".")
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }
}
