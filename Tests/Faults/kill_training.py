#!/usr/bin/env python3
"""Kills broker and training worker at random instants of a run, and compares the model with an undisturbed run's.

The run must go on by itself each time, end as if nothing had happened, and leave the same bytes. A text that is embedded
after each kill must be answered: training never touches serving. Exit status 0 only if all of it holds.

    python3 Tests/Faults/kill_training.py --programs .build/release --model FOLDER --kills 12
"""
import argparse
import json
import os
import random
import signal
import tempfile
import time

from service import Service, write_reviews

PATIENCE = 240         # seconds for a run to show another checkpoint, or its end


SETTINGS = ("--epochs", "3", "--set", "max_length=32", "--set", "checkpoint_seconds=1")


def kill_training_worker(service):
    """Whether there was one to kill."""
    found = service.workers(b"training")
    for pid in found:
        os.kill(pid, signal.SIGKILL)
    return bool(found)


def step_of(job):
    return job.get("checkpoint_step") or 0


def wait_for_progress(service, job, after):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        now = service.show(job)
        if now["state"] not in ("queued", "running") or step_of(now) > after:
            return now
        time.sleep(0.1)
    raise SystemExit(f"no checkpoint after step {after} within {PATIENCE} s")


def wait_for_end(service, job):
    now = service.show(job)
    while now["state"] in ("queued", "running"):
        now = wait_for_progress(service, job, step_of(now))
    return now


def disturb(service, job, kills, generator):
    """Kills until the run has ended or enough has been killed; a lost worker may lose another only after progress."""
    done = {"broker": 0, "training worker": 0}
    now = wait_for_progress(service, job, 0)
    while now["state"] in ("queued", "running") and sum(done.values()) < kills:
        time.sleep(generator.uniform(0, 2))
        if generator.random() < 0.4:
            service.kill_broker()
            done["broker"] += 1
        elif kill_training_worker(service):
            done["training worker"] += 1
        service.show(job)                  # it is there again
        embedded = service.ctl("embed", "still here", "--model", "minilm")
        if embedded.returncode:
            raise SystemExit(f"a text was not answered after a kill: {embedded.stderr}")
        now = wait_for_progress(service, job, step_of(now))
    return done


def weights(service, name):
    """The sha256 of a model's weights."""
    shown = json.loads(service.ctl("models", "show", name, "-o", "json").stdout)
    return next(file["sha256"] for file in shown["files"] if file["path"] == "model.safetensors")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", required=True, help="folder with bertd and bertctl")
    parser.add_argument("--model", required=True, help="folder of a BERT model")
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "reviews.csv")
        write_reviews(data, arguments.rows, arguments.seed)
        service = Service(arguments.programs, folder)
        service.start()
        service.add_model(arguments.model)
        try:
            service.finetune(data, "calm", *SETTINGS)
            job = service.finetune(data, "disturbed", "--no-watch", *SETTINGS)[-1]["job_id"]
            killed = disturb(service, job, arguments.kills, random.Random(arguments.seed))
            end = wait_for_end(service, job)
            same = end["state"] == "succeeded" and weights(service, "calm") == weights(service, "disturbed")
        finally:
            code = service.stop()
        print(f"  {'kills':30} {killed}")
        print(f"  {'state':30} {end['state']}")
        print(f"  {'weights are the same bytes':30} {same}")
        print(f"  {'exit code after SIGTERM':30} {code}")
        if code or not same:
            service.show_log()
            raise SystemExit("FAILED")
        print("passed")


if __name__ == "__main__":
    main()
