/// Why a program ends: a sentence for the person at the terminal and a code for the one that called it.
struct Failure: Error {
    /// 2 usage, 65 bad data, 66 missing input, 69 unavailable, 75 try again, 77 not permitted, 78 configuration.
    let exitCode: Int32
    let message: String

    static func usage(_ message: String) -> Failure { Failure(exitCode: 2, message: message) }
    static func configuration(_ message: String) -> Failure { Failure(exitCode: 78, message: message) }
}
