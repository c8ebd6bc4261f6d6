extension Hyperparameter {
    /// The table: every hyper-parameter there is, in the order of a help page.
    package static let all: [Hyperparameter] = [
        .number(
            "learning_rate", \.learningRate, .above(0, to: 1), synonyms: ["lr", "peak_lr", "max_lr", "base_lr"],
            "Learning rate at the end of the warm-up."),
        .integer(
            "epochs", \.epochs, 1...10_000,
            synonyms: ["num_train_epochs", "num_epochs", "n_epochs", "max_epochs", "epoch"],
            "Passes over the training data."),
        .integer(
            "batch_size", \.batchSize, 1...4096,
            synonyms: [
                "per_device_train_batch_size", "per_gpu_train_batch_size", "train_batch_size", "batch", "bs",
            ],
            "Examples whose gradients are summed at once."),
        .integer(
            "accumulation", \.accumulation, 1...1024,
            synonyms: ["gradient_accumulation_steps", "accumulation_steps", "accumulate", "grad_accum"],
            "Batches a step: the step's batch is this many times batch_size."),
        .integer(
            "eval_batch_size", \.evaluationBatchSize, 1...4096,
            synonyms: ["per_device_eval_batch_size", "dev_batch_size", "test_batch_size"],
            "Examples scored at once; takes memory and changes no result."),
        .choice("optimizer", \.optimizer, synonyms: ["optim", "optimiser"], "How gradients change the parameters."),
        .number("beta1", \.beta1, .from(0, below: 1), synonyms: ["adam_beta1"], "Decay of the gradients' mean."),
        .number("beta2", \.beta2, .from(0, below: 1), synonyms: ["adam_beta2"], "Decay of the gradients' square mean."),
        .number(
            "epsilon", \.epsilon, .above(0, to: 1), synonyms: ["adam_epsilon", "eps"],
            "Added to the root of the square mean; by default 1e-6 for bertadam, 1e-8 else."),
        .number(
            "weight_decay", \.weightDecay, .from(0, to: 1), synonyms: ["wd", "decay"],
            "Weight decay of all but biases and LayerNorm."),
        .number(
            "warmup_ratio", \.warmupRatio, .from(0, to: 1), synonyms: ["warmup", "warm_up", "warmup_proportion"],
            "Share of the steps in which the learning rate rises from 0."),
        .optionalInteger(
            "warmup_steps", \.warmupSteps, 0...1_000_000_000, synonyms: ["num_warmup_steps"],
            "Steps in which the learning rate rises, instead of a share."),
        .choice(
            "schedule", \.schedule, synonyms: ["lr_scheduler_type", "lr_scheduler", "scheduler", "lr_schedule"],
            "What the learning rate does after the warm-up."),
        .number(
            "max_grad_norm", \.maxGradientNorm, .from(0, to: 1e6),
            synonyms: ["max_gradient_norm", "gradient_clip_val", "clip_norm", "grad_clip", "clip"],
            "Norm that the gradient of a step is cut to; 0 for none."),
        .integer(
            "max_length", \.maxLength, 4...8192,
            synonyms: [
                "max_seq_length", "max_seq_len", "max_len", "seq_len", "seq_length", "max_sequence_length",
                "max_tokens",
            ],
            "Tokens of an example, special ones included; the model's own limit where that is less."),
        .integer(
            "seed", \.seed, 0...Int.max, synonyms: ["random_seed", "random_state", "data_seed"],
            "Of the order of the examples, new weights, dropout and the split."),
        .number(
            "label_smoothing", \.labelSmoothing, .from(0, below: 1), synonyms: ["label_smoothing_factor"],
            "Share of the target that is spread over all labels.",
            kinds: [.classification, .tokenClassification, .intentSlots]),
        Hyperparameter(
            "class_weights", synonyms: ["class_weight"], values: "'none', 'balanced', or numbers above 0 with commas",
            "How much the examples of each label count.", kinds: [.classification],
            write: { options, text throws(OptionError) in
                guard let weights = ClassWeights(text: text) else { return false }
                options.classWeights = weights
                return true
            },
            read: { $0.classWeights.text }),
        .optionalNumber(
            "dropout", \.dropout, .from(0, below: 1), synonyms: ["dropout_prob", "dropout_rate"],
            "Dropout of hidden states, attention and the head; else as the model's configuration says."),
        .integer(
            "frozen_layers", \.frozenLayers, 0...1000,
            synonyms: ["freeze_layers", "num_frozen_layers", "freeze", "layers_frozen"],
            "First layers that stay as they are, the embeddings with them; 0 for none."),
        .optionalInteger(
            "early_stopping_patience", \.earlyStoppingPatience, 1...10_000,
            synonyms: ["early_stopping", "early_stop", "patience"],
            "Evaluations without a better value after which the run ends; else it goes on."),
        Hyperparameter(
            "eval_every", synonyms: ["eval_steps", "evaluate_every", "eval_strategy", "evaluation_strategy"],
            values: "'epoch' or a number of steps", "When the development set is judged.",
            write: { options, text throws(OptionError) in
                guard let interval = EvaluationInterval(text: text) else { return false }
                options.evaluation = interval
                return true
            },
            read: { $0.evaluation.text }),
        Hyperparameter(
            "metric", synonyms: ["metric_for_best_model", "best_metric", "monitor"],
            values: "the name of a metric", "The metric that picks the best checkpoint.",
            write: { options, text throws(OptionError) in
                let metric = try MetricName(of: text, field: "metric")
                let expected = [.loss] + MetricName.judging(options.task.kind)
                guard expected.contains(metric) else {
                    throw .unknownName(field: "metric", expected: expected.map(\.rawValue), found: text)
                }
                options.metric = metric
                return true
            },
            read: { $0.metric.rawValue }),
        .integer(
            "checkpoint_seconds", \.checkpointSeconds, 0...86_400, synonyms: ["save_seconds"],
            "A checkpoint is written when the last is this old, and after each epoch."),
        .integer(
            "logging_steps", \.loggingSteps, 1...1_000_000, synonyms: ["log_interval", "log_every", "log_steps"],
            "Steps from one line of the log history and TensorBoard to the next."),
        .number(
            "dev_fraction", \.devFraction, .above(0, to: 0.5),
            synonyms: ["validation_split", "validation_fraction", "dev_split", "eval_fraction"],
            "Share of the training file held back where there is no development file."),
        .integer(
            "stride", \.stride, 1...8192, synonyms: ["doc_stride"],
            "Tokens of the context from the start of one window to the next.", kinds: [.questionAnswering]),
        .integer(
            "max_query_length", \.maxQueryLength, 1...8192, synonyms: ["max_question_length"],
            "Tokens that a question is cut to.", kinds: [.questionAnswering]),
        .integer(
            "n_best", \.nBest, 1...1000, synonyms: ["n_best_size"], "Answers kept of each question.",
            kinds: [.questionAnswering]),
        .integer(
            "max_answer_length", \.maxAnswerLength, 1...8192, synonyms: ["max_answer_tokens"],
            "Tokens of the longest answer.", kinds: [.questionAnswering]),
        .number(
            "null_threshold", \.nullThreshold, .from(-1000, to: 1000), synonyms: ["null_score_diff_threshold"],
            "How far the score of no answer must be above the best answer's.", kinds: [.questionAnswering]),
        Hyperparameter(
            "version_2", synonyms: ["version_2_with_negative", "squad_v2"], values: "'true' or 'false'",
            "Whether a question may have no answer.", kinds: [.questionAnswering],
            write: { options, text throws(OptionError) in
                guard let value = Bool(Spelling.folded(text)) else { return false }
                options.version2 = value
                return true
            },
            read: { "\($0.version2)" }),
        .number(
            "slot_loss_factor", \.slotLossFactor, .from(0, to: 1000),
            synonyms: ["slot_loss_mult", "slot_loss_multiplier", "slot_loss_coef"],
            "How much the loss of the slots counts beside the intent's.", kinds: [.intentSlots]),
        .choice(
            "tagging", \.tagging, synonyms: ["tagging_scheme", "scheme"], "How the tags of the files mark entities.",
            kinds: [.tokenClassification, .intentSlots]),
    ]
}
