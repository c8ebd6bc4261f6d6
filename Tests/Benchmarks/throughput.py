#!/usr/bin/env python3
"""Texts a second, end to end through the queue, beside sentence-transformers and onnxruntime on the same texts.

Every program gets the same lines, the same number of threads and the batching that suits it: the peers are given the
texts sorted by length, in batches of 8, 16, 32 and 64, and their best is taken; bertd takes them as they come. Rounds
alternate between the programs, the median is printed. The model's load is not timed. `bertctl bench` follows on the same
texts: closed loops of single texts and of jobs of 32, and an open loop.

    python3 -m pip install sentence-transformers onnx onnxruntime onnxscript
    python3 Tests/Benchmarks/throughput.py --programs .build/release --model FOLDER --input texts.txt
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Faults"))
from service import Service  # noqa: E402

BATCHES = (8, 16, 32, 64)
LOADS = (("--concurrency", "1"), ("--concurrency", "16"), ("--concurrency", "16", "--texts-per-job", "32"),
         ("--rate", "100"))


def sentence_transformers(folder, texts, threads):
    import torch
    from sentence_transformers import SentenceTransformer
    torch.set_num_threads(threads)
    model = SentenceTransformer(folder, device="cpu")

    def run(batch):
        model.encode(texts, batch_size=batch, show_progress_bar=False)        # sorts by length itself
    return run


def onnxruntime(folder, texts, threads, scratch):
    import numpy
    import onnxruntime
    import torch
    from tokenizers import Tokenizer
    from transformers import AutoModel
    path = os.path.join(scratch, "model.onnx")

    class Encoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.bert = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()

        def forward(self, ids, mask, types):
            return self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state

    sample = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        Encoder(), (sample, sample, sample), path, input_names=["ids", "mask", "types"], output_names=["hidden"],
        dynamic_axes={name: axes for name in ("ids", "mask", "types", "hidden")}, opset_version=17, dynamo=False)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.enable_padding()
    ordered = sorted(texts, key=len, reverse=True)

    def run(batch):
        for first in range(0, len(ordered), batch):
            encoded = tokenizer.encode_batch(ordered[first:first + batch])
            ids = numpy.array([e.ids for e in encoded], dtype=numpy.int64)
            mask = numpy.array([e.attention_mask for e in encoded], dtype=numpy.int64)
            hidden = session.run(None, {"ids": ids, "mask": mask, "types": numpy.zeros_like(ids)})[0]
            pooled = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
            pooled /= numpy.linalg.norm(pooled, axis=1, keepdims=True)
    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--input", required=True, help="a file with a text a line")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with open(arguments.input, encoding="utf-8") as lines:
        texts = [line.rstrip("\n") for line in lines]
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        os.environ.pop(name, None)
    os.environ["BERTD_LANES"] = str(arguments.threads)

    with tempfile.TemporaryDirectory() as scratch:
        peers = {"sentence-transformers": sentence_transformers(arguments.model, texts, arguments.threads),
                 "onnxruntime fp32": onnxruntime(arguments.model, texts, arguments.threads, scratch)}
        best = {}
        for name, run in peers.items():
            times = {}
            for batch in BATCHES:
                began = time.monotonic()
                run(batch)
                times[batch] = time.monotonic() - began
            best[name] = min(times, key=times.get)
        service = Service(arguments.programs, scratch)
        service.start()
        service.add_model(arguments.model)
        service.ctl("embed", "warm", "--model", "minilm")
        seconds = {name: [] for name in ("bertd, through the queue", *peers)}
        for number in range(arguments.rounds):
            # The same texts under a new job: an id of its own for each round.
            began = time.monotonic()
            ended = service.ctl("embed", "--input", arguments.input, "--model", "minilm", "--max-tokens",
                                str(256 - number), "--output", os.path.join(scratch, f"vectors-{number}.npy"))
            if ended.returncode:
                raise SystemExit(ended.stderr)
            seconds["bertd, through the queue"].append(time.monotonic() - began)
            for name, run in peers.items():
                began = time.monotonic()
                run(best[name])
                seconds[name].append(time.monotonic() - began)
        loads = {load: service.ctl("bench", "--model", "minilm", "--input", arguments.input, *load) for load in LOADS}
        service.stop()

    ours = statistics.median(seconds["bertd, through the queue"])
    print(f"{len(texts)} texts, {arguments.threads} threads, median of {arguments.rounds} rounds")
    for name, times in seconds.items():
        median = statistics.median(times)
        batch = f", batch {best[name]}" if name in best else ""
        print(f"  {name + batch:36} {len(texts) / median:8.0f} texts/s   {median / ours:5.2f} x bertd's time")
    for load, ended in loads.items():
        print(f"\nbertctl bench {' '.join(load)}\n{ended.stdout}{ended.stderr}", end="")


if __name__ == "__main__":
    main()
