extension SentencePipeline {
    static let transformerFile = "sentence_bert_config.json"
    static let modelFile = "config_sentence_transformers.json"

    /// Reads the configuration of every module; nothing that would change a vector is passed over.
    init(
        _ modules: ModuleList, in folder: FolderFiles, configuration: ModelConfiguration, tokenLimit: Int
    ) throws(ModelFileError) {
        let transformer = try folder.optionalObject(folder.join(modules.transformer, Self.transformerFile))
        if let transformer { try Self.checkTransformer(transformer) }
        let limits = 1...1 << 24
        maximumTokens =
            if let transformer, transformer.value("max_seq_length") != nil {
                min(try transformer.integer("max_seq_length", in: limits), configuration.maximumPositions)
            } else {
                tokenLimit
            }
        lowercasesText = try transformer?.bool("do_lower_case", default: false) ?? false

        pooling = try Self.pooling(
            folder.object(folder.join(modules.pooling, "config.json")), hiddenSize: configuration.hiddenSize)
        var width = pooling.modes.count * configuration.hiddenSize
        var steps: [Step] = []
        for module in modules.steps {
            switch module.kind {
            case .dense:
                let layer = try DenseLayer(in: folder, path: module.path, inputWidth: width)
                width = layer.weight.shape[0]
                steps.append(.dense(layer))
            default:
                try Self.checkNormalize(in: folder, path: module.path)
                steps.append(.normalize)
            }
        }
        self.steps = steps
        self.width = width
        (prompts, defaultPromptName) = try Self.prompts(folder.optionalObject(Self.modelFile))
    }

    /// That the encoder is used as a plain text encoder, whose output is its last layer.
    private static func checkTransformer(_ json: JSONObject) throws(ModelFileError) {
        try json.refuseAllBut([
            "max_seq_length", "do_lower_case", "transformer_task", "modality_config", "module_output_name",
            "unpad_inputs", "model_args", "config_args", "model_kwargs", "config_kwargs",
        ])
        try json.require("feature-extraction", "transformer_task")
        try json.require("token_embeddings", "module_output_name")
        if json.value("modality_config") != nil {
            let text = try json.object("modality_config").object("text")
            try text.require("forward", "method")
            try text.require("last_hidden_state", "method_output_name")
        }
    }

    /// Both forms: a flag for each mode, and `pooling_mode` with one name or a list of names.
    static func pooling(_ json: JSONObject, hiddenSize: Int) throws(ModelFileError) -> Pooling {
        let flags: [(field: String, mode: Pooling.Mode)] = [
            ("pooling_mode_cls_token", .cls), ("pooling_mode_max_tokens", .max), ("pooling_mode_mean_tokens", .mean),
            ("pooling_mode_mean_sqrt_len_tokens", .meanSqrtLength),
        ]
        let refused = ["pooling_mode_weightedmean_tokens", "pooling_mode_lasttoken"]
        let width = json.members["embedding_dimension"] == nil ? "word_embedding_dimension" : "embedding_dimension"
        try json.refuseAllBut(Set(flags.map(\.field) + refused + [width, "pooling_mode", "include_prompt"]))
        for field in refused where try json.bool(field, default: false) {
            throw json.wrong(field, expected: "false")
        }
        guard try json.integer(width, in: 1...1 << 24) == hiddenSize else {
            throw json.wrong(width, expected: "hidden_size \(hiddenSize)")
        }

        var modes: [Pooling.Mode] = []
        switch json.value("pooling_mode") {
        case nil:
            for (field, mode) in flags where try json.bool(field, default: false) { modes.append(mode) }
        case .array(let names)?:
            for name in names { modes.append(try Self.mode(name, json)) }
        case let name?: modes = [try Self.mode(name, json)]
        }
        return Pooling(
            modes: modes.isEmpty ? [.mean] : modes, includesPrompt: try json.bool("include_prompt", default: true))
    }

    private static func mode(_ name: JSONValue, _ json: JSONObject) throws(ModelFileError) -> Pooling.Mode {
        if case .string(let name) = name, let mode = Pooling.Mode(rawValue: name) { return mode }
        throw .field(
            file: json.file, field: "pooling_mode",
            expected: "one of \(Pooling.Mode.allCases.map(\.rawValue).joined(separator: ", "))", found: "\(name)")
    }

    private static func checkNormalize(in folder: FolderFiles, path: String) throws(ModelFileError) {
        guard let json = try folder.optionalObject(folder.join(path, "config.json")) else { return }
        try json.refuseAllBut(["module_input_name", "module_output_name"])
        try json.require("sentence_embedding", "module_input_name")
        try json.require("sentence_embedding", "module_output_name")
    }

    /// A prompt that is null is an empty one.
    private static func prompts(_ json: JSONObject?) throws(ModelFileError) -> ([String: String], String?) {
        guard let json else { return ([:], nil) }
        try json.require("SentenceTransformer", "model_type")
        var prompts: [String: String] = [:]
        if json.value("prompts") != nil {
            let object = try json.object("prompts")
            for name in object.members.keys { prompts[name] = try object.optionalString(name) ?? "" }
        }
        let defaultName = try json.optionalString("default_prompt_name")
        if let defaultName, prompts[defaultName] == nil {
            throw json.wrong(
                "default_prompt_name", expected: "one of \(prompts.keys.sorted().joined(separator: ", "))")
        }
        return (prompts, defaultName)
    }
}

extension SentencePipeline.DenseLayer {
    /// The layer in the folder `path`, which must take `inputWidth` numbers.
    init(in folder: FolderFiles, path: String, inputWidth: Int) throws(ModelFileError) {
        let json = try folder.object(folder.join(path, "config.json"))
        try json.refuseAllBut([
            "in_features", "out_features", "bias", "activation_function", "module_input_name", "module_output_name",
            "use_residual",
        ])
        guard try json.integer("in_features", in: 1...1 << 24) == inputWidth else {
            throw json.wrong("in_features", expected: "\(inputWidth), the width of what comes before")
        }
        let outputWidth = try json.integer("out_features", in: 1...1 << 24)
        guard try !json.bool("use_residual", default: false) else {
            throw json.wrong("use_residual", expected: "false")
        }
        try json.require("sentence_embedding", "module_input_name")
        try json.require("sentence_embedding", "module_output_name")
        let name = try json.optionalString("activation_function") ?? Activation.tanh.rawValue
        guard let activation = Activation(rawValue: name) else {
            let known = Activation.allCases.map(\.rawValue).joined(separator: ", ")
            throw json.wrong("activation_function", expected: "one of \(known)")
        }
        let weights = try ModelWeights(in: folder, path: path)
        weight = try weights.tensor("linear.weight", shape: [outputWidth, inputWidth])
        bias = try json.bool("bias", default: true) ? weights.tensor("linear.bias", shape: [outputWidth]) : nil
        self.activation = activation
    }
}
