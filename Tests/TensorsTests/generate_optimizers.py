"""Prints the golden values of OptimizerStepTests: torch's AdamW and Adam, and BERTAdam as GluonNLP 0.9 defines it.

    python generate_optimizers.py

Sixteen weights take five steps. Weight i starts at (i - 7.5) / 8; its gradient in step t (from 1) is
sin(i + 1.7 t) / (1 + i % 3); the rate of step t is 0.01 t. Betas 0.9 and 0.999, weight decay 0.1.
"""

import math

import torch

STEPS, COUNT, DECAY = 5, 16, 0.1


def start():
    return torch.tensor([(i - 7.5) / 8 for i in range(COUNT)], dtype=torch.float32)


def gradient(t):
    return torch.tensor([math.sin(i + 1.7 * t) / (1 + i % 3) for i in range(COUNT)], dtype=torch.float32)


def by_torch(kind, **options):
    weights = torch.nn.Parameter(start())
    optimizer = kind([weights], lr=1.0, betas=(0.9, 0.999), weight_decay=DECAY, **options)
    for t in range(1, STEPS + 1):
        optimizer.param_groups[0]["lr"] = 0.01 * t
        weights.grad = gradient(t)
        optimizer.step()
    return weights.detach()


def by_bert_adam(epsilon):
    """scripts/optimizer: m, v without bias correction; w -= lr * (m / (sqrt(v) + epsilon) + wd * w)."""
    weights, m, v = start(), torch.zeros(COUNT), torch.zeros(COUNT)
    for t in range(1, STEPS + 1):
        g = gradient(t)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        weights = weights - 0.01 * t * (m / (v.sqrt() + epsilon) + DECAY * weights)
    return weights


for name, values in {
    "adamW": by_torch(torch.optim.AdamW, eps=1e-8),
    "adam": by_torch(torch.optim.Adam, eps=1e-8),
    "bertAdam": by_bert_adam(1e-6),
}.items():
    print(name, [float(f"{x:.7g}") for x in values.tolist()])
