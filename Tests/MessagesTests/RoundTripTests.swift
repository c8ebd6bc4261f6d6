import Messages
import Testing

/// A message that is encoded and decoded is the same message.
struct RoundTripTests {
    @Test(arguments: 0..<10 as Range<UInt64>)
    func everyMessageComesBackAsItWas(seed: UInt64) throws {
        var samples = Samples(seed: seed)
        for _ in 0..<50 {
            let command = try samples.command()
            #expect(Command.decode(command.encoded()) == .command(command))
            let event = try samples.event()
            #expect(try Event(decoding: event.encoded()) == event)
            let request = try samples.request()
            #expect(try Request.decode(request.encoded()) == request)
            let reply = try samples.reply()
            #expect(try Reply(decoding: reply.encoded()) == reply)
            let fromWorker = try samples.fromWorker()
            #expect(try FromWorker(decoding: fromWorker.encoded()) == fromWorker)
            let fromBroker = try samples.fromBroker()
            #expect(try FromBroker(decoding: fromBroker.encoded()) == fromBroker)
            let manifest = try samples.manifest()
            #expect(try Manifest(decoding: manifest.encoded()) == manifest)
        }
    }

    @Test func aReplayedEventDiffersOnlyInBeingReplayed() throws {
        var samples = Samples(seed: 7)
        for _ in 0..<200 {
            var event = try samples.event()
            let frame = event.encoded()
            event.isReplayed = true
            #expect(try Event(decoding: Event.markReplayed(frame)) == event)
        }
    }
}
