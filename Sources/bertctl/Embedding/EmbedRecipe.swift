package import Messages
package import Tasks

/// What is to be done with every text of a run, and the names of its jobs.
package struct EmbedRecipe {
    /// With its version: "the latest" may be another one tomorrow.
    package let model: ModelReference
    package let options: EmbeddingOptions
    package let priority: Priority
    package let textsPerJob: Int

    package init(model: ModelReference, options: EmbeddingOptions, priority: Priority, textsPerJob: Int) {
        self.model = model
        self.options = options
        self.priority = priority
        self.textsPerJob = textsPerJob
    }

    /// Jobs are cut before their texts exceed this, so that a job is shared by several lanes and a command stays small.
    package static let textBytesPerJob = 1 << 20

    /// The group of a run: the same for the same beginning of the same work.
    package func group(startingWith texts: [Text], of clientID: Identifier) throws(MessageError) -> Identifier {
        try name(texts, of: clientID, group: try Identifier("-"), salt: "\(textsPerJob)")
    }

    /// The command for some texts.
    ///
    /// Its id is the digest of all else in it, of where the texts stand and of the attempt: the same command given twice
    /// is the same job, and equal texts in two places are two.
    package func command(
        _ texts: [Text], firstRow: Int, attempt: Int, of clientID: Identifier, group: Identifier
    ) throws(MessageError) -> Command {
        let id = try name(texts, of: clientID, group: group, salt: "\(firstRow)/\(attempt)")
        return command(texts, JobAddress(clientID: clientID, group: group, jobID: id))
    }

    private func name(
        _ texts: [Text], of clientID: Identifier, group: Identifier, salt: String
    ) throws(MessageError) -> Identifier {
        let address = JobAddress(clientID: clientID, group: group, jobID: try Identifier("-"))
        var hasher = Digest.Hasher()
        hasher.update(command(texts, address).encoded())
        hasher.update(Array("/\(salt)".utf8))
        return try Identifier("embed-" + hasher.finish().hex.prefix(32))
    }

    private func command(_ texts: [Text], _ address: JobAddress) -> Command {
        let embed = Embed(
            model: model, texts: texts, pooling: options.pooling?.rawValue,
            layer: options.layer == -1 ? nil : options.layer, normalize: options.normalize,
            dtype: options.resultType == .float32 ? nil : options.resultType.rawValue, maxTokens: options.maxTokens,
            prompt: options.prompt, isStrict: options.strict)
        return Command(address: address, priority: priority, body: .work(.embed(embed)))
    }
}
