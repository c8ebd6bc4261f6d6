#!/usr/bin/env python3
"""Fine-tunes by bertd and by transformers with torch: the same data, settings, seeds and threads, one after the other.

A row is a task and a seed. Finished rows are kept in --results, a line of JSON each, and are not run again; --table
prints what is there.

    python3 -m pip install torch transformers scipy seqeval
    python3 Tests/Benchmarks/finetune.py --programs .build/release --model FOLDER --data ../shared/data \\
        --results finetune.jsonl [--rows mrpc.1,sts-b.2] [--systems bertd,torch] [--python PYTHON-OF-THE-PEER]
    python3 Tests/Benchmarks/finetune.py --results finetune.jsonl --table
"""
import argparse
import json
import lzma
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Faults"))
from service import Service  # noqa: E402

# What bertd calls the task, epochs, batch, longest text, learning rate, seeds.
TASKS = {
    "mrpc": ("mrpc", 3, 32, 128, 5e-5, (1, 2, 3)),
    "sts-b": ("sts-b", 3, 32, 128, 5e-5, (1, 2)),
    "wnut-17": ("token-classification", 3, 32, 128, 5e-5, (1, 2)),
    "snips": ("snips", 3, 32, 64, 5e-5, (1,)),
    "sst-2": ("sst-2", 1, 32, 128, 5e-5, (1,)),
    "squad-1.1": ("squad-1.1", 1, 12, 384, 5e-5, (1,)),
}


def sources(name, data, scratch):
    """The training and the development data, as `bertctl finetune` takes them; a folder has both."""
    if name == "mrpc":
        return f"{data}/glue/MRPC/train.tsv", f"{data}/glue/MRPC/dev.tsv"
    if name == "sts-b":
        return f"{data}/glue/STS-B/train.tsv", f"{data}/glue/STS-B/dev.tsv"
    if name == "wnut-17":
        return f"{data}/ner/wnut17train.conll", f"{data}/ner/emerging.dev.conll"
    if name == "snips":
        return f"{data}/intent/snips", None
    if name == "sst-2":
        training = os.path.join(scratch, "train.tsv")
        with open(f"{data}/glue/SST-2/train.tsv", encoding="utf-8", newline="\n") as source:
            with open(training, "w", encoding="utf-8", newline="\n") as target:
                target.writelines(next(source) for _ in range(20_001))
        return training, f"{data}/glue/SST-2/dev.tsv"
    training, questions = os.path.join(scratch, "train-v1.1.json"), 0
    with lzma.open(f"{data}/squad/train-v1.1.reconstructed.json.xz", "rt", encoding="utf-8") as source:
        content = json.load(source)
    for article in content["data"]:
        for paragraph in article["paragraphs"]:
            kept = paragraph["qas"][:max(0, 4_000 - questions)]
            questions += len(kept)
            paragraph["qas"] = kept
        article["paragraphs"] = [paragraph for paragraph in article["paragraphs"] if paragraph["qas"]]
    content["data"] = [article for article in content["data"] if article["paragraphs"]]
    with open(training, "w", encoding="utf-8") as target:
        json.dump(content, target)
    return training, f"{data}/squad/dev-v1.1.json"


def peak_of_training_worker(state):
    """MiB: the high-water mark of the resident memory of the training worker on this state folder."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file:
                words = file.read().split(b"\0")
            if b"training" in words and state.encode() in words:
                with open(f"/proc/{pid}/status") as file:
                    return next(int(line.split()[1]) >> 10 for line in file if line.startswith("VmHWM"))
        except (OSError, StopIteration):
            continue
    return 0


def by_bertd(arguments, name, settings, scratch):
    task = TASKS[name][0]
    training, development = sources(name, arguments.data, scratch)
    service = Service(arguments.programs, scratch)
    service.start()
    service.add_model(arguments.model)
    peak, done = 0, threading.Event()

    def watch():
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, peak_of_training_worker(service.state))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        given = [training, "--dev", development] if development else [training]
        command = ["finetune", *given, "--task", task, "--model", "minilm", "--name", "result",
                   "--set", "optimizer=adamw", "--set", "weight_decay=0.01", "--set", "max_grad_norm=1",
                   "--epochs", str(settings["epochs"]), "--batch-size", str(settings["batch_size"]),
                   "--lr", str(settings["learning_rate"]), "--max-length", str(settings["max_length"]),
                   "--seed", str(settings["seed"]), "-o", "json", "--timeout", "3600"]
        ended = service.ctl(*command)
        events = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
        last = events[-1] if events else {}
        if ended.returncode or last.get("event") != "succeeded":
            service.show_log()
            raise SystemExit(f"{name}: {ended.stderr}{last}")
    finally:
        done.set()
        watcher.join()
        service.stop()
    return {"metrics": last["metrics"], "seconds": seconds_of(events), "peak_mib": peak}


def seconds_of(events):
    """From the end of the survey to that of the run: loading and the measured steps before it are not counted."""
    def when(kind):
        return next(event["time"] for event in events if event["event"] == kind)
    from datetime import datetime
    began, ended = (datetime.fromisoformat(when(kind).replace("Z", "+00:00")) for kind in ("survey", "succeeded"))
    return (ended - began).total_seconds()


def by_torch(arguments, name, settings, scratch):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("OPENBLAS_")}
    settings = settings | {"task": name, "data": arguments.data, "model": arguments.model, "threads": os.cpu_count()}
    ended = subprocess.run([arguments.python, os.path.join(HERE, "finetune_peer.py"), json.dumps(settings)],
                           capture_output=True, text=True, env=environment)
    if ended.returncode:
        raise SystemExit(f"{name}: {ended.stderr[-2000:]}")
    return json.loads(ended.stdout.splitlines()[-1])


def kept_rows(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


HEADLINE = {"mrpc": ("accuracy", "f1"), "sts-b": ("pearson", "spearman"), "wnut-17": ("f1",),
            "snips": ("intent_accuracy", "slot_f1"), "sst-2": ("accuracy",), "squad-1.1": ("exact_match", "f1")}


def metric(row, name):
    for key, value in row["metrics"].items():
        if key.removeprefix("eval_") == name:
            return value
    return float("nan")


def table(rows):
    print("| task | seeds | metric | bertd | torch | seconds, bertd | torch | peak MiB, bertd | torch |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, names in HEADLINE.items():
        of = {system: [row for row in rows if row["task"] == name and row["system"] == system]
              for system in ("bertd", "torch")}
        if not all(of.values()):
            continue
        for index, wanted in enumerate(names):
            cells = [name if index == 0 else "", str(len(of["bertd"])) if index == 0 else "", wanted]
            for system in ("bertd", "torch"):
                values = [metric(row, wanted) for row in of[system]]
                spread = f" ({min(values):.4f}–{max(values):.4f})" if len(values) > 1 else ""
                cells.append(f"{statistics.mean(values):.4f}{spread}")
            for key, form in (("seconds", "{:.0f}"), ("peak_mib", "{:.0f}")):
                for system in ("bertd", "torch"):
                    value = statistics.mean(row[key] for row in of[system])
                    cells.append(form.format(value) if index == 0 else "")
            print("| " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs")
    parser.add_argument("--model", help="folder of the model to begin with")
    parser.add_argument("--data")
    parser.add_argument("--results", required=True)
    parser.add_argument("--rows", help="task.seed, separated by commas; default: all")
    parser.add_argument("--systems", default="bertd,torch")
    parser.add_argument("--python", default=sys.executable, help="the one that has torch")
    parser.add_argument("--table", action="store_true")
    arguments = parser.parse_args()
    if arguments.table:
        return table(kept_rows(arguments.results))

    wanted = arguments.rows.split(",") if arguments.rows else [f"{name}.{s}" for name in TASKS for s in TASKS[name][5]]
    for row in wanted:
        name, seed = row.rsplit(".", 1)
        _, epochs, batch, longest, rate, _ = TASKS[name]
        settings = {"epochs": epochs, "batch_size": batch, "max_length": longest, "learning_rate": rate,
                    "seed": int(seed)}
        for system in arguments.systems.split(","):
            if any((kept["task"], kept["seed"], kept["system"]) == (name, int(seed), system)
                   for kept in kept_rows(arguments.results)):
                continue
            began = time.strftime("%Y-%m-%dT%H:%M:%S")
            with tempfile.TemporaryDirectory() as scratch:
                result = {"bertd": by_bertd, "torch": by_torch}[system](arguments, name, settings, scratch)
            result |= {"task": name, "system": system, "began": began, "machine": platform.machine()} | settings
            with open(arguments.results, "a", encoding="utf-8") as file:
                file.write(json.dumps(result) + "\n")
            print(f"{row} {system}: {result['metrics']} in {result['seconds']:.0f} s, {result['peak_mib']} MiB", flush=True)


if __name__ == "__main__":
    main()
