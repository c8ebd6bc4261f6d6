package import Foundation

/// all-MiniLM-L6-v2 as a folder, for the tests that need a real model.
package enum TestModel {
    /// The reason that a skipped test gives.
    package static let absent = "needs all-MiniLM-L6-v2 in .build-models, or BERTD_TEST_MODEL with its folder"

    /// `BERTD_TEST_MODEL`, or where `make` puts it in the checkout.
    package static let url: URL =
        ProcessInfo.processInfo.environment["BERTD_TEST_MODEL"].map { URL(filePath: $0) }
        ?? SharedData.repository.appending(path: ".build-models/all-MiniLM-L6-v2")

    package static let isPresent = FileManager.default.fileExists(atPath: url.appending(path: "config.json").path)
}
