#!/usr/bin/env python3
"""Kills the broker and its worker again and again while four clients push texts, and prints a ledger.

Every text must be answered once, in row order inside its job; nothing accepted may be lost, nothing answered twice, and
the vectors must equal those of an undisturbed run to 1e-6. Exit status 0 only if all of it holds.

    python3 Tests/Faults/kill_test.py --programs .build/release --model FOLDER --texts 10000 --per-job 1

It needs pyzmq, protobuf and protoc (Debian: python3-zmq python3-protobuf protobuf-compiler).
"""
import argparse
import array
import multiprocessing
import random
import tempfile
import time

import zmq

from service import Service, load_protocol, sentences

CLIENTS = 4
WINDOW = 512           # rows without an answer that a client allows itself
RESEND_AFTER = {       # seconds without news of a job, by whether it was accepted: then the same frame is sent again
    False: 2.0, True: 10.0}


def client(number, port, texts, per_job, model, prefix, queue, answered):
    """Pushes its share, sends again what stays unanswered, and hands back vectors and what it saw of each job."""
    import bertd_pb2 as pb
    context = zmq.Context()
    group = f"{prefix}-c{number}"
    subscriber = context.socket(zmq.SUB)
    subscriber.setsockopt(zmq.RCVHWM, 0)
    for topic in (f"e1/{group}/", f"r1/{group}/"):
        subscriber.subscribe(topic)
    subscriber.connect(f"tcp://127.0.0.1:{port + 1}")
    push = context.socket(zmq.PUSH)
    push.setsockopt(zmq.LINGER, 0)
    push.setsockopt(zmq.IMMEDIATE, 1)
    push.connect(f"tcp://127.0.0.1:{port}")

    jobs = {}
    for first in range(0, len(texts), per_job):
        rows = texts[first:first + per_job]
        command = pb.Command(protocol=1, client_id=group, job_id=f"{group}.{first}", priority="bulk")
        command.embed.model = model
        command.embed.texts.extend(rows)
        jobs[command.job_id] = {"frame": command.SerializeToString(), "rows": len(rows), "first": first, "next": 0,
                                "seqs": set(), "ends": set(), "accepted": False}
    waiting, open_jobs, open_rows = list(jobs), {}, 0
    vectors, faults, resent, width = {}, [], 0, 0

    def send(job_id):
        try:
            push.send(jobs[job_id]["frame"], zmq.DONTWAIT)
        except zmq.Again:
            pass                                    # nobody there: it is sent again when its time is up
        open_jobs[job_id] = time.monotonic()

    while waiting or open_jobs:
        while waiting and open_rows < WINDOW:
            open_rows += jobs[waiting[0]]["rows"]
            send(waiting.pop(0))
        if subscriber.poll(100):
            for _ in range(1000):
                try:
                    frames = subscriber.recv_multipart(zmq.DONTWAIT)
                except zmq.Again:
                    break
                event = pb.Event.FromString(frames[1])
                kind, job = event.WhichOneof("body"), jobs.get(event.job_id)
                if job is None:
                    continue
                if event.job_id in open_jobs:
                    open_jobs[event.job_id] = time.monotonic()
                if kind == "accepted":
                    job["accepted"] = True
                elif kind == "rejected" and not event.rejected.error.retryable:
                    faults.append(f"{event.job_id} rejected: {event.rejected.error.message}")
                elif kind == "result":
                    rows = event.result
                    if event.seq in job["seqs"] or rows.first_row != job["next"]:
                        continue                    # told again, or ahead of a gap that a repeat will fill
                    job["seqs"].add(event.seq)
                    job["next"] += rows.count
                    values = array.array("f", frames[2])
                    width = len(values) // rows.count
                    for row in range(rows.count):
                        vectors[job["first"] + rows.first_row + row] = values[row * width:(row + 1) * width].tobytes()
                    with answered.get_lock():
                        answered.value += rows.count
                elif kind in ("succeeded", "failed", "dead", "cancelled"):
                    job["ends"].add(event.seq)
                    if kind != "succeeded":
                        faults.append(f"{event.job_id} {kind}")
                    if event.job_id in open_jobs and (kind != "succeeded" or job["next"] == job["rows"]):
                        del open_jobs[event.job_id]
                        open_rows -= job["rows"]
        now = time.monotonic()
        for job_id, since in list(open_jobs.items()):
            if now - since > RESEND_AFTER[jobs[job_id]["accepted"]]:
                resent += 1
                jobs[job_id]["next"] = 0 if jobs[job_id]["ends"] else jobs[job_id]["next"]
                if jobs[job_id]["ends"]:
                    jobs[job_id]["seqs"].clear()
                send(job_id)
    doubles = sum(len(job["ends"]) != 1 for job in jobs.values())
    queue.put((number, vectors, faults, doubles, resent, len(jobs)))


def replay_ledger(port, prefix):
    """Counts terminal events and result rows of this run's jobs in the whole log."""
    import bertd_pb2 as pb
    dealer = zmq.Context().socket(zmq.DEALER)
    dealer.setsockopt(zmq.LINGER, 0)
    dealer.connect(f"tcp://127.0.0.1:{port + 2}")
    after, ends, rows, accepted, last = 0, {}, {}, set(), 0
    while True:
        request = pb.Request(protocol=1, request_id=1)
        request.replay.after_seq = after
        request.replay.limit = 1000
        dealer.send(request.SerializeToString())
        if not dealer.poll(10_000):
            raise SystemExit("no answer to a replay within 10 s")
        page = pb.Reply.FromString(dealer.recv_multipart()[0]).events
        for frame in page.events:
            event = pb.Event.FromString(frame)
            if event.seq <= last:
                raise SystemExit(f"seq {event.seq} after {last}")
            last = event.seq
            if not event.group.startswith(prefix):
                continue
            kind = event.WhichOneof("body")
            if kind == "accepted":
                accepted.add(event.job_id)
            elif kind == "result":
                if event.result.first_row != rows.get(event.job_id, 0):
                    raise SystemExit(f"{event.job_id}: row {event.result.first_row} out of order")
                rows[event.job_id] = event.result.first_row + event.result.count
            elif kind in ("succeeded", "failed", "dead", "cancelled"):
                ends.setdefault(event.job_id, []).append(kind)
        if page.outcome != "more":
            return accepted, ends, rows
        after = page.next_seq


def run(service, arguments, texts, prefix, broker_kills, worker_kills):
    """One run of all clients; returns vectors and the figures of the ledger."""
    queue, answered = multiprocessing.Queue(), multiprocessing.Value("q", 0)
    share = -(-len(texts) // CLIENTS)
    before, began, peak = service.disk_bytes(), time.monotonic(), 0
    clients = [multiprocessing.Process(target=client, args=(
        n, service.port, texts[n * share:(n + 1) * share], arguments.per_job, "minilm", prefix, queue, answered))
        for n in range(CLIENTS)]
    for process in clients:
        process.start()
    kills = ["broker"] * broker_kills + ["worker"] * worker_kills
    random.Random(arguments.seed).shuffle(kills)
    step = len(texts) // (len(kills) + 1)        # kills are spread over the work, whatever its speed
    done, next_kill, killed, answers = 0, step, {"broker": 0, "worker": 0}, []
    while done < CLIENTS:
        while not queue.empty():
            answers.append(queue.get())
            done += 1
        if kills and answered.value >= next_kill:
            kind = kills[0]
            if kind == "broker":
                service.kill_broker()
            if kind == "broker" or service.kill_worker():
                kills.pop(0)
                killed[kind] += 1
                next_kill += step
        peak = max(peak, service.disk_bytes())
        time.sleep(0.05)
        if not any(process.is_alive() for process in clients) and queue.empty() and done < CLIENTS:
            raise SystemExit("a client ended without its answers")
    seconds = time.monotonic() - began
    vectors, faults, doubles, resent, jobs = {}, [], 0, 0, 0
    for number, part, problems, twice, again, count in answers:
        vectors.update({number * share + row: vector for row, vector in part.items()})
        faults += problems
        doubles += twice
        resent += again
        jobs += count
    accepted, ends, rows = replay_ledger(service.port, prefix)
    ledger = {
        "jobs": jobs, "accepted": len(accepted), "ended once": sum(len(e) == 1 for e in ends.values()),
        "ended twice": sum(len(e) > 1 for e in ends.values()), "lost": len(accepted - ends.keys()),
        "rows in order": sum(rows.values()), "texts answered": len(vectors), "doubles seen": doubles,
        "sent again": resent, "broker kills": killed["broker"], "worker kills": killed["worker"],
        "kills not reached": len(kills), "faults": len(faults),
        "seconds": round(seconds, 1), "texts/s": round(len(texts) / seconds, 1),
        "disk before/peak/after MiB": "/".join(str(x >> 20) for x in (before, peak, service.disk_bytes())),
    }
    for fault in faults[:5]:
        print("  fault:", fault)
    good = (ledger["ended once"] == jobs == ledger["accepted"] and not ledger["ended twice"] and not ledger["lost"]
            and ledger["texts answered"] == len(texts) == ledger["rows in order"] and not faults and not doubles
            and not kills)
    return vectors, ledger, good


def largest_difference(left, right):
    largest = 0.0
    for row, bytes_left in left.items():
        a, b = array.array("f", bytes_left), array.array("f", right[row])
        if bytes_left != right[row]:
            largest = max(largest, max(abs(x - y) for x, y in zip(a, b)))
    return largest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", required=True, help="folder with bertd and bertctl")
    parser.add_argument("--model", required=True, help="folder of a BERT model")
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--file", help="take the texts from the lines of this file instead of making them")
    parser.add_argument("--per-job", type=int, default=1)
    parser.add_argument("--broker-kills", type=int, default=3)
    parser.add_argument("--worker-kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    load_protocol()
    if arguments.file:
        with open(arguments.file, encoding="utf-8") as lines:
            texts = [line.rstrip("\n") for line in lines][:arguments.texts]
    else:
        texts = sentences(arguments.texts, arguments.seed)

    with tempfile.TemporaryDirectory() as folder:
        service = Service(arguments.programs, folder)
        service.start()
        service.add_model(arguments.model)
        try:
            disturbed, ledger, good = run(service, arguments, texts, "disturbed", arguments.broker_kills,
                                          arguments.worker_kills)
            for name, value in ledger.items():
                print(f"  {name:30} {value}")
            calm, calm_ledger, calm_good = run(service, arguments, texts, "calm", 0, 0)
            difference = largest_difference(disturbed, calm) if good and calm_good else float("nan")
            print(f"  {'undisturbed texts/s':30} {calm_ledger['texts/s']}")
            print(f"  {'largest difference':30} {difference:.3g}")
            print(f"  {'disk after retention MiB':30} {service.disk_bytes_after_retention() >> 20}")
        finally:
            code = service.stop()
        print(f"  {'exit code after SIGTERM':30} {code}")
        if code or not (good and calm_good and difference <= 1e-6):
            service.show_log()
            raise SystemExit("FAILED")
        print("passed")


if __name__ == "__main__":
    main()
