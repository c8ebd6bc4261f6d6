#!/usr/bin/env python3
"""What a subscriber that stops reading costs the broker, and what a bulk job costs interactive work.

One subscriber of everything never reads. A bulk job runs; meanwhile single texts are asked for, one after another.
Prints the latency of the single texts and the broker's resident memory; exit status 0 only if every text was answered
and the memory stayed below --limit.

    python3 Tests/Faults/stalled_subscriber.py --programs .build/release --model FOLDER --texts 50000
"""
import argparse
import tempfile
import threading
import time

import zmq

from service import Service, load_protocol, sentences


def submit(push, pb, job_id, texts, priority):
    command = pb.Command(protocol=1, client_id="stalled", job_id=job_id, priority=priority)
    command.embed.model = "minilm"
    command.embed.texts.extend(texts)
    push.send(command.SerializeToString())


def fetch(dealer, pb, job_id, row, wait_ms):
    request = pb.Request(protocol=1, request_id=1)
    request.fetch.job_id, request.fetch.first_row, request.fetch.count = job_id, row, 1
    request.fetch.wait_ms = wait_ms
    dealer.send(request.SerializeToString())
    if not dealer.poll(wait_ms + 10_000):
        raise SystemExit(f"no answer to the fetch of {job_id}")
    return pb.Reply.FromString(dealer.recv_multipart()[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--texts", type=int, default=50_000)
    parser.add_argument("--limit", type=int, default=768, help="MiB that the broker may hold")
    arguments = parser.parse_args()
    load_protocol()
    import bertd_pb2 as pb
    texts = sentences(arguments.texts, 3)

    with tempfile.TemporaryDirectory() as folder:
        service = Service(arguments.programs, folder)
        service.start()
        service.add_model(arguments.model)
        context = zmq.Context()
        stalled = context.socket(zmq.SUB)
        stalled.setsockopt(zmq.RCVHWM, 1)
        stalled.setsockopt(zmq.RCVBUF, 4096)
        stalled.subscribe("")
        stalled.connect(f"tcp://127.0.0.1:{service.port + 1}")
        push, dealer = context.socket(zmq.PUSH), context.socket(zmq.DEALER)
        push.connect(f"tcp://127.0.0.1:{service.port}")
        dealer.connect(f"tcp://127.0.0.1:{service.port + 2}")

        submit(push, pb, "warm", ["a first text"], "interactive")
        fetch(dealer, pb, "warm", 0, 30_000)
        began, peak, done = time.monotonic(), service.resident_bytes(), threading.Event()

        def watch():
            nonlocal peak
            while not done.wait(0.1):
                peak = max(peak, service.resident_bytes())

        watcher = threading.Thread(target=watch)
        watcher.start()
        for first in range(0, len(texts), 10_000):
            submit(push, pb, f"bulk.{first}", texts[first:first + 10_000], "bulk")
        last = range(0, len(texts), 10_000)[-1]
        latencies, bulk_rows = [], 0
        while bulk_rows < 1:
            asked = time.monotonic()
            job_id = f"single.{len(latencies)}"
            submit(push, pb, job_id, [texts[len(latencies) % len(texts)]], "interactive")
            page = fetch(dealer, pb, job_id, 0, 30_000).page
            if not page.rows.count:
                raise SystemExit(f"{job_id} has no answer: {page.job.state}")
            latencies.append(time.monotonic() - asked)
            if len(latencies) % 50 == 0:
                rows = fetch(dealer, pb, f"bulk.{last}", min(10_000, len(texts) - last) - 1, 0).page
                bulk_rows = rows.rows.count
        done.set()
        watcher.join()
        seconds = time.monotonic() - began
        latencies.sort()
        code = service.stop()

    print(f"  bulk: {len(texts)} texts in {seconds:.1f} s, {len(texts) / seconds:.0f} texts/s")
    print(f"  single texts meanwhile: {len(latencies)}, p50 {latencies[len(latencies) // 2] * 1e3:.1f} ms, "
          f"p99 {latencies[len(latencies) * 99 // 100] * 1e3:.1f} ms, worst {latencies[-1] * 1e3:.1f} ms")
    print(f"  broker's memory with a subscriber that never reads: peak {peak >> 20} MiB, limit {arguments.limit} MiB")
    if code or peak >> 20 > arguments.limit:
        raise SystemExit("FAILED")
    print("passed")


if __name__ == "__main__":
    main()
