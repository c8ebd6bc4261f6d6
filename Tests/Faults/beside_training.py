#!/usr/bin/env python3
"""What a training costs the texts that are asked for beside it, and what is left of serving when memory runs out.

First a training and a bulk job run together while single texts come at random times: their latency is printed. Then the
service is put into a control group with less memory than a training wants: the kernel must kill the training worker
alone, and every text asked for meanwhile must be answered. Exit status 0 only if all of it holds. The second part needs
root and the memory controller of cgroup v1; it is skipped, and says so, where they are absent.

    python3 Tests/Faults/beside_training.py --programs .build/release --model FOLDER --seconds 60
"""
import argparse
import json
import os
import subprocess
import tempfile
import time

from service import Service, sentences, write_reviews

GROUP = f"/sys/fs/cgroup/memory/bertd-{os.getpid()}"
PATIENCE = 240         # seconds for a job to come to what is waited for
OPEN = ("queued", "running")
HEADROOM = 320 << 20   # bytes that the service may take from then on: enough to serve, not enough to train; half of it
                       # counts for the training worker when the kernel looks for the greatest process


def bench(service, rate, seconds):
    """Figures of single texts at random times."""
    run = service.ctl("bench", "--model", "minilm", "--rate", str(rate), "--duration", str(seconds), "-o", "json")
    if run.returncode:
        raise SystemExit(f"bench: {run.stderr}{run.stdout}")
    return json.loads(run.stdout)


def wait_for(service, job, what, until):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        now = service.show(job)
        if until(now):
            return now
        time.sleep(0.1)
    raise SystemExit(f"{what}: not within {PATIENCE} s; the job is {now}")


def beside(service, data, folder, seconds):
    """Single texts alone, beside a training, and beside a training and a bulk job."""
    lines = os.path.join(folder, "bulk.txt")
    with open(lines, "w", encoding="utf-8") as file:
        file.writelines(f"{text}\n" for text in sentences(150_000, 3))
    print(f"  {'single texts alone':34} {figures(bench(service, 10, seconds))}")
    job = service.finetune(data, "beside", "--no-watch", "--epochs", "500")[-1]["job_id"]
    wait_for(service, job, "a first checkpoint", lambda now: now.get("checkpoint_step"))
    print(f"  {'beside a training':34} {figures(bench(service, 10, seconds))}")
    bulk = subprocess.Popen(
        [f"{service.programs}/bertctl", "embed", "--input", lines, "--model", "minilm", "--output",
         os.path.join(folder, "bulk.npy"), "--server", f"127.0.0.1:{service.port}"], stderr=subprocess.DEVNULL)
    print(f"  {'beside a training and a bulk job':34} {figures(bench(service, 10, seconds))}")
    state = service.show(job)["state"]
    if state != "running" or bulk.poll() is not None:
        raise SystemExit(f"one ended too early: the training is {state}, bertctl embed gave {bulk.poll()}")
    bulk.terminate()
    bulk.wait()
    service.ctl("cancel", job)
    wait_for(service, job, "its end", lambda now: now["state"] not in OPEN)


def figures(measured):
    times = ", ".join(f"{name} {measured[name + '_ms']:.0f} ms" for name in ("p50", "p95", "p99", "max"))
    return f"{measured['jobs']} texts, {measured['failed_jobs']} failed, {times}"


def out_of_memory(service, data):
    try:
        os.mkdir(GROUP)
        for pid in (service.process.pid, *service.workers()):
            with open(f"{GROUP}/cgroup.procs", "w") as file:
                file.write(str(pid))
        with open(f"{GROUP}/memory.limit_in_bytes", "w") as file:
            file.write(str(HEADROOM))
    except OSError as error:
        print(f"  out of memory: skipped: {error}")
        return None
    serving = set(service.workers()) - set(service.workers(b"training"))
    job = service.finetune(data, "greedy", "--no-watch", "--batch-size", "64", "--epochs", "500")[-1]["job_id"]
    answered = 0

    def has_ended(now):
        nonlocal answered
        embedded = service.ctl("embed", f"still here, {answered}", "--model", "minilm")
        if embedded.returncode:
            raise SystemExit(f"a text was not answered while memory was short: {embedded.stderr}")
        answered += 1
        return now["state"] not in OPEN

    ended = wait_for(service, job, "death for want of memory", has_ended)
    with open(f"{GROUP}/memory.oom_control") as file:
        kills = sum(int(line.split()[1]) for line in file if line.startswith("oom_kill "))
    same = serving <= set(service.workers())
    print(f"  {'out of memory':34} training {ended['state']}: {ended['error']['message']}")
    print(f"  {'':34} {kills} kills by the kernel; {answered} texts answered meanwhile by "
          f"{'the same' if same else 'ANOTHER'} inference worker")
    return same and ended["state"] == "dead" and kills > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", required=True, help="folder with bertd and bertctl")
    parser.add_argument("--model", required=True, help="folder of a BERT model")
    parser.add_argument("--seconds", type=int, default=60, help="of each measurement")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "reviews.csv")
        write_reviews(data, 4000, 1)
        service = Service(arguments.programs, folder)
        service.start()
        service.add_model(arguments.model)
        try:
            beside(service, data, folder, arguments.seconds)
            good = out_of_memory(service, data)
        finally:
            code = service.stop()
            if os.path.isdir(GROUP):
                os.rmdir(GROUP)
        if code or good is False:
            service.show_log()
            raise SystemExit("FAILED")
        print("passed")


if __name__ == "__main__":
    main()
