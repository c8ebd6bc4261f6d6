"""Writes optuna.json: what Optuna's samplers find in 100 trials on the four functions of ComparisonTests.

    pip install optuna scipy torch
    python compare_with_optuna.py [--seeds 20] [--samplers random,tpe,gp] [--minutes 4]

The samplers have Optuna's defaults and a seed, and work one trial after another. A value is what a sweep would hand
out: the function, without its noise, at the trial with the best score. Studies that the file holds already are not run
again, and each is written when it is done, so the script can be stopped at any time.
"""

import argparse
import json
import math
import os
import statistics
import time
import warnings

import numpy
import optuna
import torch

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "optuna.json")
TRIALS = 100


def branin(x, y):
    inner = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return inner * inner + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def hartmann6(*x):
    exponents = [sum(a * (v - p) ** 2 for a, v, p in zip(A[i], x, P[i])) for i in range(4)]
    return -sum(c * math.exp(-e) for c, e in zip([1, 1.2, 3, 3.2], exponents))


def noisy(rate, decay, warm_up):
    """A fine-tune's error: flat where the learning rate is far off, and a longer warm-up allows a higher one."""
    off = math.log10(rate) + 4.3 - 2 * (warm_up - 0.1)
    return 0.5 - 0.4 * math.exp(-6 * off * off - 80 * (decay - 0.1) ** 2 - 30 * (warm_up - 0.2) ** 2)


def mixed(optimizer, batch, layers, rate, dropout):
    """Each optimizer has a learning rate of its own; the best of them forgives the least."""
    offset, best, width = {"adam": (0.15, -3, 0.3), "sgd": (0.0, -1, 0.6), "lamb": (0.2, -2, 0.2)}[optimizer]
    size = math.log2(batch / 32)
    off = math.log10(rate) - best - 0.15 * size
    return offset + width * off * off + 0.05 * (layers - 8) ** 2 + 6 * (dropout - 0.15) ** 2 + 0.1 * abs(size)


def units(count):
    return lambda trial: [trial.suggest_float(f"x{i}", 0, 1) for i in range(count)]


FUNCTIONS = {
    "branin": (branin, lambda t: [t.suggest_float("x", -5, 10), t.suggest_float("y", 0, 15)], 0),
    "hartmann6": (hartmann6, units(6), 0),
    "noisy": (
        noisy,
        lambda t: [
            t.suggest_float("rate", 1e-6, 1e-2, log=True),
            t.suggest_float("decay", 0, 0.3),
            t.suggest_float("warm_up", 0, 0.5),
        ],
        0.02,
    ),
    "mixed": (
        mixed,
        lambda t: [
            t.suggest_categorical("optimizer", ["adam", "sgd", "lamb"]),
            t.suggest_categorical("batch", [8, 16, 32, 64]),
            t.suggest_int("layers", 1, 12),
            t.suggest_float("rate", 1e-5, 1, log=True),
            t.suggest_float("dropout", 0, 0.5, step=0.05),
        ],
        0,
    ),
}
SAMPLERS = {
    "random": optuna.samplers.RandomSampler,
    "tpe": optuna.samplers.TPESampler,
    "gp": optuna.samplers.GPSampler,
}
# Where both programs must say the same.
CHECKS = {
    "branin": [[2.5, 7.5], [math.pi, 2.275]],
    "hartmann6": [[0.2, 0.15, 0.48, 0.28, 0.31, 0.66], [0.5] * 6],
    "noisy": [[1e-4, 0.1, 0.2], [3e-6, 0.02, 0.4]],
    "mixed": [["sgd", 32, 8, 0.1, 0.15], ["lamb", 8, 3, 1e-4, 0.4]],
}


def study(name, sampler, seed):
    function, suggest, deviation = FUNCTIONS[name]
    best = [math.inf, math.inf]

    def objective(trial):
        value = function(*suggest(trial))
        score = value + deviation * numpy.random.default_rng([seed, trial.number]).standard_normal()
        if score < best[0]:
            best[:] = score, value
        return score

    run = optuna.create_study(sampler=SAMPLERS[sampler](seed=seed), direction="minimize")
    run.optimize(objective, n_trials=TRIALS)
    return best[1]


def load():
    if os.path.exists(PATH):
        with open(PATH) as file:
            return json.load(file)
    return {"optuna": optuna.__version__, "trials": TRIALS, "functions": {}}


def save(results):
    for name, (function, _, _) in FUNCTIONS.items():
        entry = results["functions"].setdefault(name, {})
        entry["checks"] = [float(f"{function(*point):.12g}") for point in CHECKS[name]]
        for sampler in SAMPLERS:
            values = entry.setdefault(sampler, {}).setdefault("values", [])
            entry[sampler]["median"] = statistics.median(values) if values else None
    with open(PATH + ".new", "w") as file:
        json.dump(results, file, indent=1)
        file.write("\n")
    os.replace(PATH + ".new", PATH)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--samplers", default="random,tpe,gp")
    parser.add_argument("--minutes", type=float, default=math.inf)
    options = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    results = load()
    save(results)
    start = time.monotonic()
    for sampler in options.samplers.split(","):
        # Seed by seed, so that a script that is stopped has as many of each function.
        for seed in range(options.seeds):
            for name in FUNCTIONS:
                values = results["functions"][name][sampler]["values"]
                if seed < len(values):
                    continue
                if time.monotonic() - start > 60 * options.minutes:
                    return
                values.append(float(f"{study(name, sampler, seed):.6g}"))
                save(results)
                print(f"{time.monotonic() - start:6.0f} s  {sampler} {name} seed {seed}: {values[-1]}", flush=True)


main()
