import Sweep
import Tasks
import Yams

/// Reads `parameters`: what is fixed, what is searched, and the base of every trial.
///
/// W&B joins the names of nested parameters with a point (`optimizer.lr`). Fine-tuning has no groups, so the last part
/// names the hyper-parameter and those before it are for the reader's eye; two that end alike are one given twice.
struct ParametersReader {
    /// A parameter that is not nested any more, with its place.
    private struct Leaf {
        let path: String
        let section: Section

        var name: String { String(path.split(separator: ".").last ?? "") }
    }

    /// What was read; the order is the file's.
    struct Result {
        var base: [BaseName: String] = [:]
        var fixed: [String: String] = [:]
        var searched: [Parameter] = []
        var continuous: [(name: String, distribution: DistributionName, place: Place)] = []
        var places: [String: Place] = [:]
        var task: TaskName = .classification
        /// What an error about the base is told of: the task's place, or where `parameters` begin.
        var basePlace: Place
    }

    /// Groups counted too: aliases make many of few.
    private static let mostParameters = 1000

    let findings: Findings
    let flags: [BaseName: String]

    func read(_ section: Section) -> Result {
        var leaves: [Leaf] = []
        var left = Self.mostParameters
        collect(section, prefix: "", left: &left, into: &leaves)
        guard left >= 0 else { return Result(basePlace: section.place) }
        var result = Result(basePlace: section.place)
        readBase(leaves, into: &result)
        for leaf in leaves where BaseName(rawValue: leaf.path) == nil {
            _ = findings.attempt { () throws(PlacedFault) in try read(leaf, into: &result) }
        }
        if result.searched.isEmpty, findings.faults.isEmpty {
            let expected = "at least one parameter to search"
            findings.fail(.missing(of: "parameters", expected: expected, found: "only fixed ones"), at: section.place)
        }
        return result
    }

    /// - Parameter left: groups and parameters that may still come
    private func collect(_ section: Section, prefix: String, left: inout Int, into leaves: inout [Leaf]) {
        for entry in section.entries {
            left -= 1
            guard left >= 0 else {
                guard left == -1 else { return }
                let expected = "at most \(Self.mostParameters) parameters"
                findings.fail(.badValue(of: "parameters", expected: expected, found: "more"), at: entry.keyPlace)
                return
            }
            let path = prefix + entry.key
            _ = findings.attempt { () throws(PlacedFault) in
                let inner = try parameter(entry, path: path)
                guard let group = inner["parameters"] else {
                    leaves.append(Leaf(path: path, section: inner))
                    return
                }
                inner.reportUnknown(expected: ["parameters"], to: findings)
                collect(try group.nested(), prefix: path + ".", left: &left, into: &leaves)
            }
        }
    }

    private func parameter(_ entry: Entry, path: String) throws(PlacedFault) -> Section {
        guard entry.node.mapping != nil else {
            let expected = "'value:', 'values:' or a distribution's keys below it"
            throw Placed(
                .badValue(of: "parameters.\(path)", expected: expected, found: entry.node.words), at: entry.place)
        }
        return try Section(entry.node, name: "parameters.\(path)", place: entry.keyPlace)
    }

    private func readBase(_ leaves: [Leaf], into result: inout Result) {
        for leaf in leaves {
            guard let name = BaseName(rawValue: leaf.path) else { continue }
            _ = findings.attempt { () throws(PlacedFault) in
                leaf.section.reportUnknown(expected: ["value", "distribution"], to: findings)
                result.base[name] = try leaf.section.required("value").text()
                guard name == .task else { return }
                result.basePlace = leaf.section.place
                result.task = try task(result.base[name] ?? "", at: leaf.section.required("value").place)
            }
        }
        result.base.merge(flags) { _, flag in flag }
        guard let flag = flags[.task] else { return }
        _ = findings.attempt { () throws(PlacedFault) in result.task = try task(flag, at: nil) }
    }

    private func task(_ name: String, at place: Place?) throws(PlacedFault) -> TaskName {
        do {
            return try TaskName(named: name, field: "task")
        } catch {
            throw Placed(.option(error), at: place)
        }
    }

    private func read(_ leaf: Leaf, into result: inout Result) throws(PlacedFault) {
        let hyperparameter = try hyperparameter(leaf, of: result.task)
        let name = hyperparameter.name
        guard result.places.updateValue(leaf.section.place, forKey: name) == nil else {
            throw Placed(.givenTwice(name: name, found: [leaf.path]), at: leaf.section.place)
        }
        let legal = LegalValues(entry: hyperparameter, task: result.task)
        let reader = ParameterReader(section: leaf.section, legal: legal, findings: findings)
        let (distribution, kind, place) = try reader.distribution()
        if case .constant(let value) = distribution {
            result.fixed[name] = (try? legal.setting(value)) ?? value.description
            return
        }
        if distribution.valueCount == nil { result.continuous.append((name, kind, place)) }
        result.searched.append(Parameter(name, distribution))
    }

    private func hyperparameter(_ leaf: Leaf, of task: TaskName) throws(PlacedFault) -> Hyperparameter {
        do {
            return try Hyperparameter.named(leaf.name, of: task)
        } catch .unknownSetting(let found, let nearest) {
            let names = BaseName.allCases.map(\.rawValue)
            throw Placed(
                .unknownHyperparameter(
                    expected: names, found: found, nearest: nearest ?? Spelling.nearest(to: found, among: names)),
                at: leaf.section.place)
        } catch {
            throw Placed(.option(error), at: leaf.section.place)
        }
    }
}
