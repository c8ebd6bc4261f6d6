#!/usr/bin/env python3
"""A real sweep three times: undisturbed, without pruning, and with its controller and a worker killed on the way.

Every trial must end once, none lost and none doubled; every trial's curve must equal that of the undisturbed run as far as
both went; the checkpoints on disk must never be more than there are workers, trials that may still go on, and trials that
are kept. Finished runs are kept in --results and not done again. Exit status 0 only if all of it holds.

    python3 Tests/Faults/sweep.py --programs .build/release --model FOLDER --mrpc ../shared/data/glue/MRPC \\
        --results sweep.json [--pairs 1000] [--trials 24]
"""
import argparse
import json
import os
import random
import signal
import subprocess
import tempfile
import time

from service import Service

WORKERS = 2
REDUCTION = 3
RUNS = {"undisturbed": "asha", "without pruning": "none", "disturbed": "asha"}
SEARCH = """\
method: random
metric:
  name: accuracy
  goal: maximize
parameters:
  learning_rate:
    distribution: log_uniform_values
    min: 0.00001
    max: 0.0002
  batch_size:
    values: [16, 32]
  warmup_ratio:
    values: [0.0, 0.1, 0.2]
  epochs:
    values: [1, 2, 3]
run_cap: {trials}
x-rungs: [1]
x-reduction: {reduction}
x-seed: 7
"""


def first_pairs(source, target, count):
    with open(source, encoding="utf-8", newline="") as rows, open(target, "w", encoding="utf-8", newline="") as file:
        file.writelines(row for _, row in zip(range(count + 1), rows))


def checkpoints_on_disk(service):
    """Folders in the store with an optimizer's state or a run's, and all their bytes."""
    folders, size = set(), 0
    for path, _, names in os.walk(os.path.join(service.state, "store")):
        if "trainer_state.json" in names:
            folders.add(path)
            size += sum(os.path.getsize(os.path.join(path, name)) for name in names)
    return len(folders), size


def controllers(name):
    """Process ids of what controls the sweep."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                words = file.read().split(b"\0")
        except OSError:
            continue
        if words[1:4] == [b"sweep", b"control", name.encode()]:
            found.append(int(pid))
    return found


def kill(pids):
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    return len(pids)


def follow(service, name, kills, generator):
    """Until the sweep is over; kills on the way, when so many of the trials have ended."""
    done, most, peak = {"controller": 0, "worker": 0}, 0, 0
    while True:
        shown = service.ctl("sweep", "status", name, "-o", "json")
        if shown.returncode == 0:
            status = json.loads(shown.stdout)
            if status["state"] in ("finished", "cancelled"):
                return done, most, peak
            while kills and status["ended"] >= kills[0][0]:
                _, what = kills.pop(0)
                time.sleep(generator.uniform(0, 5))
                if what == "controller":
                    done[what] += kill(controllers(name))
                    started = service.ctl("sweep", "resume", name, "--detach")
                    if started.returncode:
                        raise SystemExit(f"resume: {started.stderr}")
                else:
                    done[what] += kill(service.workers(b"training")[:1])
        count, size = checkpoints_on_disk(service)
        most, peak = max(most, count), max(peak, size)
        time.sleep(1)


def one_run(arguments, pruner, kills):
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        data, search = os.path.join(folder, "train.tsv"), os.path.join(folder, "mrpc.yaml")
        first_pairs(os.path.join(arguments.mrpc, "train.tsv"), data, arguments.pairs)
        with open(search, "w", encoding="utf-8") as file:
            file.write(SEARCH.format(trials=arguments.trials, reduction=REDUCTION))
        service = Service(arguments.programs, folder)
        service.start("--training-workers", str(WORKERS))
        service.add_model(arguments.model)
        try:
            before, began = service.disk_bytes(), time.monotonic()
            started = service.ctl("sweep", "run", search, "--data", data, "--dev", os.path.join(arguments.mrpc, "dev.tsv"),
                                  "--task", "mrpc", "--model", "minilm", "--pruner", pruner, "--detach",
                                  "--report", os.path.join(folder, "mrpc.html"))
            if started.returncode:
                raise SystemExit(f"sweep run: {started.stderr}")
            killed, most, peak = follow(service, "mrpc", kills, random.Random(arguments.seed))
            seconds = time.monotonic() - began
            trials = [json.loads(line) for line in service.ctl("sweep", "trials", "mrpc", "-o", "json").stdout.splitlines()]
            jobs = [json.loads(line) for line in
                    service.ctl("list", "--group", "mrpc", "--limit", "1000", "-o", "json").stdout.splitlines()]
            disk = service.disk_bytes()
            promoted = service.ctl("sweep", "promote", "mrpc", "-o", "json")
            if promoted.returncode:
                raise SystemExit(f"promote: {promoted.stderr}")
        finally:
            for _ in range(3):
                kill(controllers("mrpc"))
            code = service.stop()
    return {"seconds": seconds, "trials": trials, "jobs": [(job["job_id"], job["state"]) for job in jobs],
            "killed": killed, "checkpoints": most, "checkpoint_bytes": peak, "disk_before": before, "disk_after": disk,
            "exit": code}


def check(runs, arguments):
    """Sentences about what does not hold."""
    faults = []
    calm = {trial["trial"]: trial for trial in runs["undisturbed"]["trials"]}
    for name, run in runs.items():
        numbers = [trial["trial"] for trial in run["trials"]]
        if sorted(numbers) != list(range(arguments.trials)):
            faults.append(f"{name}: trials {sorted(numbers)}")
        for trial in run["trials"]:
            if trial["state"] not in ("finished", "pruned"):
                faults.append(f"{name}: trial {trial['trial']} is {trial['state']}")
            other = calm[trial["trial"]]
            if trial["parameters"] != other["parameters"]:
                faults.append(f"{name}: trial {trial['trial']} has other parameters")
            shared = min(len(trial["curve"]), len(other["curve"]))
            if trial["curve"][:shared] != other["curve"][:shared]:
                faults.append(f"{name}: trial {trial['trial']} has another curve: {trial['curve']} {other['curve']}")
        promotable = arguments.trials // REDUCTION if RUNS[name] == "asha" else 0
        if run["checkpoints"] > 2 * WORKERS + promotable + 1:
            faults.append(f"{name}: {run['checkpoints']} checkpoints at once")
        if run["exit"]:
            faults.append(f"{name}: the service ended with {run['exit']}")
    if "disturbed" in runs and runs["disturbed"]["killed"] != {"controller": 2, "worker": 1}:
        faults.append(f"killed only {runs['disturbed']['killed']}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", required=True, help="folder with bertd and bertctl")
    parser.add_argument("--model", required=True, help="folder of a BERT model")
    parser.add_argument("--mrpc", required=True, help="folder of the official files")
    parser.add_argument("--results", required=True, help="file of runs that are done")
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--trials", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    runs = {}
    if os.path.exists(arguments.results):
        with open(arguments.results, encoding="utf-8") as file:
            runs = json.load(file)
    for name, pruner in RUNS.items():
        if name in runs:
            continue
        third = arguments.trials // 3
        kills = [(1, "controller"), (third, "worker"), (2 * third, "controller")] if name == "disturbed" else []
        runs[name] = one_run(arguments, pruner, kills)
        with open(arguments.results, "w", encoding="utf-8") as file:
            json.dump(runs, file)
    for name, run in runs.items():
        best = max(trial["accuracy"] for trial in run["trials"] if trial["accuracy"] is not None)
        epochs = sum(trial["epochs"] for trial in run["trials"])
        print(f"  {name:16} {run['seconds']:6.0f} s  {epochs:3.0f} epochs  best {best:.4f}  {len(run['jobs']):3} jobs  "
              f"at most {run['checkpoints']} checkpoints, {run['checkpoint_bytes'] >> 20} MiB  killed {run['killed']}")
    faults = check(runs, arguments)
    for fault in faults:
        print(f"  FAULT {fault}")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
