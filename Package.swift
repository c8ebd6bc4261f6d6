// swift-tools-version: 6.2
import PackageDescription

// The rooms, from the bottom up. README.md walks through them in reading order; TidyTests compares
// every `import` with this list.

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "bertd",
    products: [
        .executable(name: "bertd", targets: ["bertd"]),
        .executable(name: "bertctl", targets: ["bertctl"]),
        .library(name: "Client", targets: ["Client"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C. System libraries carry no pkgConfig: Debian's headers are on the default path.
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .systemLibrary(name: "CProtobufC", providers: [.apt(["libprotobuf-c-dev"])]),
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CSodium", providers: [.apt(["libzmq3-dev"])]),
        .target(name: "CMessages", dependencies: ["CProtobufC"]),
        .target(
            name: "CKernels",
            // Daily work is in debug builds; kernels at -O0 would be a hundred times slower.
            cSettings: [
                .unsafeFlags(["-O2"], .when(configuration: .debug)),
                // A square root that may set errno is a call, or keeps its loop from being vectorized.
                .unsafeFlags(["-fno-math-errno"]),
            ]),

        // Shared values.
        .target(name: "Tasks"),

        // Numeric tower.
        .target(name: "Tensors", dependencies: ["CKernels", "COpenBLAS"]),
        .target(name: "ModelFiles"),
        .target(name: "BERT", dependencies: ["Tensors"]),
        .target(name: "Tokenization"),
        .target(name: "FineTuning", dependencies: ["BERT", "ModelFiles", "Tasks", "Tensors", "Tokenization"]),

        // Message tower.
        .target(name: "ZeroMQ", dependencies: ["CZeroMQ"]),
        .target(name: "Messages", dependencies: ["CMessages", "CProtobufC", "CSodium"]),
        .target(name: "JobQueue", dependencies: ["Messages", deque]),
        .target(name: "Journal", dependencies: ["Messages", "JobQueue", "Store", grdb]),
        .target(name: "Store", dependencies: ["Messages"]),

        // Shells.
        .target(
            name: "Broker",
            dependencies: ["JobQueue", "Journal", "Messages", "Store", "Tasks", "ZeroMQ", deque, logging]),
        .target(
            name: "Worker",
            dependencies: [
                "BERT", "FineTuning", "Messages", "ModelFiles", "Store", "Tasks", "Tensors", "Tokenization", "ZeroMQ",
                deque,
                logging,
            ]),
        .target(name: "Client", dependencies: ["Messages", "ZeroMQ"]),
        .target(name: "Sweep"),
        .target(name: "SweepFile", dependencies: ["Sweep", "Tasks", yams]),
        .target(name: "SweepReport", dependencies: ["Sweep"]),
        .target(name: "SweepController", dependencies: ["Client", "Messages", "Sweep", "Tasks"]),
        .target(name: "Terminal"),

        // Programs.
        .executableTarget(name: "bertd", dependencies: ["Broker", "Messages", "Worker", argumentParser, logging]),
        .executableTarget(
            name: "bertctl",
            dependencies: [
                "Client", "Messages", "ModelFiles", "Sweep", "SweepController", "SweepFile", "SweepReport", "Tasks",
                "Terminal", argumentParser,
            ]),

        // Tests: one suite a room; ServiceTests runs the programs themselves.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(name: "ServiceSupport", dependencies: ["Client", "Messages", "ZeroMQ"], path: "Tests/ServiceSupport"),
        .testTarget(name: "TasksTests", dependencies: ["Tasks"]),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors"], exclude: ["generate_optimizers.py"]),
        .testTarget(
            name: "ModelFilesTests", dependencies: ["ModelFiles", "TestSupport"],
            exclude: ["generate_npy.py", "generate_safetensors.py"]),
        .testTarget(
            name: "BERTTests", dependencies: ["BERT", "Tensors"],
            exclude: ["golden.py", "golden_training.json", "golden_training.py"]),
        .testTarget(
            name: "TokenizationTests", dependencies: ["Tokenization", "TestSupport"],
            exclude: [
                "compare_with_tokenizers.py", "generate_golden_encodings.py", "generate_unicode_data.py",
                "golden_encodings.json",
            ]),
        .testTarget(
            name: "FineTuningTests",
            dependencies: ["BERT", "FineTuning", "Tasks", "Tensors", "TestSupport", "Tokenization"],
            exclude: [
                "Golden", "check_folder.py", "generate_entities.py", "generate_lengths.py", "generate_metrics.py",
                "generate_questions.py",
                "golden_metrics.json", "questions.json",
            ]),
        .testTarget(name: "ZeroMQTests", dependencies: ["TestSupport", "ZeroMQ"]),
        .testTarget(
            name: "MessagesTests", dependencies: ["Messages", "TestSupport"], exclude: ["stock_protobuf.py"]),
        .testTarget(name: "JobQueueTests", dependencies: ["JobQueue", "Messages", "TestSupport"]),
        .testTarget(
            name: "JournalTests", dependencies: ["Journal", "JobQueue", "Messages", "Store", "TestSupport", grdb],
            exclude: ["version1.sql", "version2.sql"]),
        .testTarget(name: "BrokerTests", dependencies: ["Broker", logging]),
        .testTarget(name: "StoreTests", dependencies: ["Store", "Messages", "TestSupport"]),
        .testTarget(
            name: "WorkerTests",
            dependencies: [
                "BERT", "Worker", "Messages", "ModelFiles", "Store", "Tasks", "Tensors", "ZeroMQ", "TestSupport",
                logging,
            ],
            exclude: ["generate_heads.py", "generate_minilm.py", "generate_tiny.py", "heads", "minilm", "tiny"]),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"]),
        .testTarget(
            name: "SweepTests", dependencies: ["Sweep"],
            exclude: ["README.md", "compare_with_optuna.py", "optuna.json"]),
        .testTarget(name: "SweepFileTests", dependencies: ["Sweep", "SweepFile", "Tasks", "TestSupport"]),
        .testTarget(
            name: "SweepReportTests", dependencies: ["Sweep", "SweepReport", "TestSupport"],
            exclude: ["screenshot.sh"]),
        .testTarget(name: "SweepControllerTests", dependencies: ["Messages", "Sweep", "SweepController"]),
        .testTarget(name: "ClientTests", dependencies: ["Client", "Messages", "ServiceSupport"]),
        .testTarget(
            name: "bertctlTests",
            dependencies: ["bertctl", "Client", "Messages", "ServiceSupport", "Tasks", "Terminal"],
            exclude: ["Help", "faulty_server.py"]),
        .testTarget(name: "ServiceTests", dependencies: ["Messages", "Store", "ZeroMQ", "TestSupport"]),
        .testTarget(name: "TidyTests", dependencies: ["TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)

// One set of promises for every Swift target: imports are internal unless a signature leaks them, existentials are
// spelled out, members are visible only where their module is imported, and no warning is left standing.
for target in package.targets where target.type != .system && target.name != "CMessages" && target.name != "CKernels" {
    target.swiftSettings = [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}
