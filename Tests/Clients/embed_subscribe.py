#!/usr/bin/env python3
"""Texts to vectors by events: subscribe, wait for the welcome, PUSH the job, and read what comes.

    apt install python3-zmq python3-protobuf protobuf-compiler
    protoc --python_out=. -IProtos bertd.proto
    BERTD_MODEL=minilm python3 embed_subscribe.py "text one" "text two"
"""
import os, struct, sys, uuid
import zmq
import bertd_pb2 as bertd

host, _, base = os.environ.get("BERTD_SERVER", "127.0.0.1:5555").partition(":")
base = int(base or 5555)
job = bertd.Command(protocol=1, client_id="example", job_id=f"example-{uuid.uuid4()}")
job.embed.model = os.environ.get("BERTD_MODEL", "minilm")
job.embed.texts.extend(sys.argv[1:])

context = zmq.Context()
push, events = context.socket(zmq.PUSH), context.socket(zmq.SUB)
push.setsockopt(zmq.LINGER, 1000)
push.setsockopt(zmq.IMMEDIATE, 1)                           # queue nothing for a server that is not there
push.setsockopt(zmq.SNDTIMEO, 5000)
push.connect(f"tcp://{host}:{base}")
events.connect(f"tcp://{host}:{base + 1}")
topics = {f"{kind}/example/{job.job_id}/".encode() for kind in ("e1", "r1")}
for topic in topics:
    events.setsockopt(zmq.SUBSCRIBE, topic)

silent_for, accepted = 0, False
while True:
    if not topics and not accepted:                         # welcomed: push, and again until it is accepted
        push.send(job.SerializeToString())
    if not events.poll(1000):
        silent_for += 1
        if silent_for == 30:
            sys.exit("the server has been silent for 30 s")
        continue
    topic, frame, *tensor = events.recv_multipart()
    event, silent_for = bertd.Event.FromString(frame), 0
    kind = event.WhichOneof("body")
    if kind == "welcome":
        topics.discard(topic)
    elif kind == "result":                                  # tensors up to 256 KiB come along; larger ones are fetched
        count, width = event.result.shape
        for index in range(count):
            vector = struct.unpack_from(f"<{width}f", tensor[0], 4 * width * index)
            text = job.embed.texts[event.result.first_row + index]
            print(text, *(f"{number:.6f}" for number in vector), sep="\t")
    elif kind == "succeeded":
        break
    elif kind in ("rejected", "failed", "dead", "cancelled"):
        sys.exit(f"{kind}: {getattr(event, kind)}")
    accepted = accepted or kind == "accepted"
