import Foundation

/// Where the value of an option comes from: the command line, else `BERTD_<FLAG>`, else the default.
enum Setting {
    /// - Parameters:
    ///   - name: the flag without its dashes
    ///   - given: what the command line says
    ///   - parse: nil for a value that is not `expected`
    static func value<Value>(
        _ name: String, given: Value?, expected: String, default defaultValue: @autoclosure () -> Value,
        environment: [String: String] = ProcessInfo.processInfo.environment, parse: (String) -> Value?
    ) throws(Failure) -> Value {
        if let given { return given }
        let variable = variable(of: name)
        guard let text = environment[variable], !text.isEmpty else { return defaultValue() }
        guard let value = parse(text) else { throw .configuration("\(variable) is '\(text)', expected \(expected)") }
        return value
    }

    static func variable(of name: String) -> String {
        "BERTD_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// The folder of `--state-dir`.
    static func stateFolder(given: String?) throws(Failure) -> URL {
        try value(
            "state-dir", given: given.map { URL(filePath: $0) }, expected: "a folder", default: defaultStateFolder,
            parse: { URL(filePath: $0) })
    }

    /// `$XDG_STATE_HOME/bertd`; for root, `/var/lib/bertd`.
    private static var defaultStateFolder: URL {
        if geteuid() == 0 { return URL(filePath: "/var/lib/bertd") }
        let home = ProcessInfo.processInfo.environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return home.map { URL(filePath: $0).appending(path: "bertd") }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".local/state/bertd")
    }
}
