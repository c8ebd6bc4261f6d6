import CMessages

// One line a message: which generated function initializes which struct.

extension Bertd__Accepted: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__accepted__init(memory) }
}
extension Bertd__AnswerQuestions: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__answer_questions__init(memory) }
}
extension Bertd__Beat: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__beat__init(memory) }
}
extension Bertd__Bye: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__bye__init(memory) }
}
extension Bertd__Cancel: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__cancel__init(memory) }
}
extension Bertd__Cancelled: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__cancelled__init(memory) }
}
extension Bertd__Checkpoint: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__checkpoint__init(memory) }
}
extension Bertd__Classify: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__classify__init(memory) }
}
extension Bertd__Command: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__command__init(memory) }
}
extension Bertd__Counter: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__counter__init(memory) }
}
extension Bertd__DataFile: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__data_file__init(memory) }
}
extension Bertd__DataSurvey: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__data_survey__init(memory) }
}
extension Bertd__Dead: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__dead__init(memory) }
}
extension Bertd__Embed: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__embed__init(memory) }
}
extension Bertd__Error: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__error__init(memory) }
}
extension Bertd__Evaluate: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__evaluate__init(memory) }
}
extension Bertd__Event: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__event__init(memory) }
}
extension Bertd__Events: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__events__init(memory) }
}
extension Bertd__Failed: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__failed__init(memory) }
}
extension Bertd__Fetch: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__fetch__init(memory) }
}
extension Bertd__File: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__file__init(memory) }
}
extension Bertd__FineTune: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__fine_tune__init(memory) }
}
extension Bertd__Finished: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__finished__init(memory) }
}
extension Bertd__FromBroker: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__from_broker__init(memory) }
}
extension Bertd__FromWorker: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__from_worker__init(memory) }
}
extension Bertd__Get: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__get__init(memory) }
}
extension Bertd__Heartbeat: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__heartbeat__init(memory) }
}
extension Bertd__Hello: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__hello__init(memory) }
}
extension Bertd__Job: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__job__init(memory) }
}
extension Bertd__Jobs: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__jobs__init(memory) }
}
extension Bertd__LabelCount: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__label_count__init(memory) }
}
extension Bertd__Lease: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__lease__init(memory) }
}
extension Bertd__Leases: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__leases__init(memory) }
}
extension Bertd__LengthChoice: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__length_choice__init(memory) }
}
extension Bertd__LengthPercentile: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__length_percentile__init(memory) }
}
extension Bertd__List: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__list__init(memory) }
}
extension Bertd__ListModels: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__list_models__init(memory) }
}
extension Bertd__Manifest: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__manifest__init(memory) }
}
extension Bertd__Metric: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__metric__init(memory) }
}
extension Bertd__Metrics: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__metrics__init(memory) }
}
extension Bertd__Model: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__model__init(memory) }
}
extension Bertd__Models: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__models__init(memory) }
}
extension Bertd__Note: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__note__init(memory) }
}
extension Bertd__Page: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__page__init(memory) }
}
extension Bertd__Piece: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__piece__init(memory) }
}
extension Bertd__Progress: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__progress__init(memory) }
}
extension Bertd__Put: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__put__init(memory) }
}
extension Bertd__Question: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__question__init(memory) }
}
extension Bertd__Recorded: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__recorded__init(memory) }
}
extension Bertd__Register: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__register__init(memory) }
}
extension Bertd__Rejected: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__rejected__init(memory) }
}
extension Bertd__ReleaseCheckpoints: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__release_checkpoints__init(memory) }
}
extension Bertd__Released: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__released__init(memory) }
}
extension Bertd__RemoveModel: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__remove_model__init(memory) }
}
extension Bertd__Replay: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__replay__init(memory) }
}
extension Bertd__Reply: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__reply__init(memory) }
}
extension Bertd__Report: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__report__init(memory) }
}
extension Bertd__Request: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__request__init(memory) }
}
extension Bertd__Result: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__result__init(memory) }
}
extension Bertd__Revoke: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__revoke__init(memory) }
}
extension Bertd__RowNote: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__row_note__init(memory) }
}
extension Bertd__RowOutcome: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__row_outcome__init(memory) }
}
extension Bertd__RunResult: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__run_result__init(memory) }
}
extension Bertd__SavedCheckpoint: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__saved_checkpoint__init(memory) }
}
extension Bertd__Service: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__service__init(memory) }
}
extension Bertd__Setting: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__setting__init(memory) }
}
extension Bertd__Settled: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__settled__init(memory) }
}
extension Bertd__Show: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__show__init(memory) }
}
extension Bertd__Span: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__span__init(memory) }
}
extension Bertd__Started: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__started__init(memory) }
}
extension Bertd__Status: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__status__init(memory) }
}
extension Bertd__Stored: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__stored__init(memory) }
}
extension Bertd__Succeeded: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__succeeded__init(memory) }
}
extension Bertd__Survey: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__survey__init(memory) }
}
extension Bertd__TagTokens: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__tag_tokens__init(memory) }
}
extension Bertd__Unfinished: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__unfinished__init(memory) }
}
extension Bertd__Usage: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__usage__init(memory) }
}
extension Bertd__Welcome: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__welcome__init(memory) }
}
extension Bertd__WhoAreYou: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__who_are_you__init(memory) }
}
extension Bertd__Worker: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__worker__init(memory) }
}
extension Bertd__WorkerState: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__worker_state__init(memory) }
}
extension Bertd__WorkerWelcome: ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>) { bertd__worker_welcome__init(memory) }
}
