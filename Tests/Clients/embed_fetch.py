#!/usr/bin/env python3
"""Texts to vectors with two sockets: PUSH the job, then fetch its rows. No subscription is needed.

    apt install python3-zmq python3-protobuf protobuf-compiler
    protoc --python_out=. -IProtos bertd.proto
    BERTD_MODEL=minilm python3 embed_fetch.py "text one" "text two"
"""
import os, struct, sys, time, uuid
import zmq
import bertd_pb2 as bertd

host, _, base = os.environ.get("BERTD_SERVER", "127.0.0.1:5555").partition(":")
base = int(base or 5555)
context = zmq.Context()
push, control = context.socket(zmq.PUSH), context.socket(zmq.DEALER)
for socket in (push, control):
    socket.setsockopt(zmq.LINGER, 1000)
    socket.setsockopt(zmq.IMMEDIATE, 1)                     # queue nothing for a server that is not there
    socket.setsockopt(zmq.SNDTIMEO, 5000)
    socket.setsockopt(zmq.RCVTIMEO, 20000)
push.connect(f"tcp://{host}:{base}")
control.connect(f"tcp://{host}:{base + 2}")

job = bertd.Command(protocol=1, client_id="example", job_id=f"example-{uuid.uuid4()}")
job.embed.model = os.environ.get("BERTD_MODEL", "minilm")
job.embed.texts.extend(sys.argv[1:])
push.send(job.SerializeToString())

row, attempts = 0, 0
while row < len(job.embed.texts):
    ask = bertd.Request(protocol=1, request_id=row)
    ask.fetch.job_id, ask.fetch.first_row, ask.fetch.count, ask.fetch.wait_ms = job.job_id, row, 1000, 10000
    control.send(ask.SerializeToString())
    frames = control.recv_multipart()
    reply = bertd.Reply.FromString(frames[0])
    if reply.error.code == "unknown_job" and attempts < 10:  # not accepted yet: the same frame is the same job
        attempts += 1
        time.sleep(0.2)
        push.send(job.SerializeToString())
    elif reply.page.HasField("rows"):
        count, width = reply.page.rows.shape
        for index in range(count):
            vector = struct.unpack_from(f"<{width}f", frames[1], 4 * width * index)
            print(job.embed.texts[row + index], *(f"{number:.6f}" for number in vector), sep="\t")
        row += count
    elif reply.HasField("error") or reply.page.job.state not in ("queued", "running"):
        sys.exit(str(reply))
