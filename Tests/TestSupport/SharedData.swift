package import Foundation

/// Real data sets and models that lie beside a developer's checkout; a user's clone has none of them.
///
/// A test that needs one is written `@Test(.enabled(if: SharedData.has("glue/MRPC/dev.tsv"), SharedData.absent))`, so
/// that its absence is reported as a skip with the reason.
package enum SharedData {
    /// The reason that a skipped test gives.
    package static let absent = "needs a data file that is not part of the repository"

    /// The folder of the checkout under test.
    package static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// `BERTD_TEST_DATA`, or `../shared/data` beside the checkout.
    package static let folder: URL =
        ProcessInfo.processInfo.environment["BERTD_TEST_DATA"].map { URL(filePath: $0) }
        ?? repository.deletingLastPathComponent().appending(path: "shared/data")

    package static func url(_ path: String) -> URL { folder.appending(path: path) }

    package static func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: url(path).path)
    }
}
