"""Times one training step of BERT with random weights, here and in transformers + torch fp32, in turns.

  make build-tests && python Tests/Benchmarks/training_step.py [--model base|minilm] [--batch 32] [--tokens 128]
      [--threads 2] [--rounds 3] [--steps 2]

Where the time goes, by kind of work: BERTD_BENCH_STEP=base swift test -c release --skip-build --filter StepBench.kindsOfWork

A step is forward, loss, backward and packing of the weights for the next forward; torch's is forward, loss, backward.
torch's clipping and AdamW are stated apart. Dropout is 0.1 on both sides. Seconds are the least of each round's steps, by
the clock and by the CPU time of all threads; the ratio is of a round's two neighbours, so that a busy machine meets both.
"""
import argparse, json, os, pathlib, re, statistics, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZES = {"base": (768, 12, 3072), "minilm": (384, 6, 1536)}


def ours(a):
    environment = dict(os.environ, BERTD_BENCH_STEP=a.model, BERTD_BENCH_BATCH=str(a.batch), BERTD_BENCH_TOKENS=str(a.tokens),
                       BERTD_BENCH_LANES=str(a.threads), BERTD_BENCH_COUNT=str(a.steps))
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"): environment.pop(name, None)
    command = ["swift", "test", "-c", "release", "--skip-build", "--filter", "StepBench.wholeStep", *a.swift.split()]
    text = subprocess.run(command, cwd=a.package, env=environment, capture_output=True, text=True, check=True).stdout
    return json.loads(re.search(r"^\{.*step_seconds.*\}$", text, re.M).group())


def theirs(a):
    command = [sys.executable, __file__, "--torch", "--model", a.model, "--batch", str(a.batch), "--tokens", str(a.tokens),
               "--threads", str(a.threads), "--steps", str(a.steps)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])


def torch_steps(a):
    os.environ["OMP_NUM_THREADS"] = str(a.threads)
    import resource, torch
    from transformers import BertConfig, BertForSequenceClassification
    torch.set_num_threads(a.threads); torch.manual_seed(0)
    hidden, layers, inner = SIZES[a.model]
    model = BertForSequenceClassification(BertConfig(hidden_size=hidden, num_hidden_layers=layers, intermediate_size=inner)).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-5, weight_decay=0.01, fused=True)
    ids = torch.randint(1000, 30000, (a.batch, a.tokens)); labels = torch.arange(a.batch) % 2
    seconds, cpu, update = [], [], []
    for _ in range(1 + a.steps):
        start, start_cpu = time.perf_counter(), time.process_time()
        model(input_ids=ids, labels=labels).loss.backward()
        seconds.append(time.perf_counter() - start); cpu.append(time.process_time() - start_cpu)
        start = time.perf_counter()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0); optimizer.step(); optimizer.zero_grad(set_to_none=True)
        update.append(time.perf_counter() - start)
    print(json.dumps({"step_seconds": min(seconds[1:]), "cpu_seconds": min(cpu[1:]), "update_seconds": min(update[1:]),
                      "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", choices=SIZES, default="base"); parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--tokens", type=int, default=128); parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3); parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--package", default=ROOT, help="where `swift test` runs"); parser.add_argument("--torch", action="store_true")
    parser.add_argument("--swift", default="", help="more arguments of `swift test`")
    a = parser.parse_args()
    if a.torch: return torch_steps(a)
    ratios, cpu_ratios = [], []
    for _ in range(a.rounds):
        mine, peer = ours(a), theirs(a)
        print("ours ", json.dumps(mine)); print("torch", json.dumps(peer), flush=True)
        ratios.append(peer["step_seconds"] / mine["step_seconds"]); cpu_ratios.append(peer["cpu_seconds"] / mine["cpu_seconds"])
    print(f"{a.model} {a.batch} x {a.tokens}, {a.threads} threads: torch takes {statistics.median(ratios):.2f} times as long by the clock, "
          f"{statistics.median(cpu_ratios):.2f} by CPU time (rounds: {', '.join(f'{x:.2f}/{y:.2f}' for x, y in zip(ratios, cpu_ratios))})")


main()
