import Messages

/// What the I/O thread counts, for `bertctl status`.
struct Tally {
    var accepted = 0
    var repeated = 0
    var rejected = 0
    /// Frames on the command socket that are no command, and messages that are no request or work message.
    var garbage = 0
    /// Messages larger or of more frames than their socket takes.
    var oversize = 0
    /// Replies that found their peer gone or not reading.
    var undelivered = 0

    var counters: [Counter] {
        [
            Counter(name: "accepted", value: accepted), Counter(name: "repeated", value: repeated),
            Counter(name: "rejected", value: rejected), Counter(name: "garbage", value: garbage),
            Counter(name: "oversize", value: oversize), Counter(name: "undelivered", value: undelivered),
        ]
    }
}
