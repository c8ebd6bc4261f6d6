"""Writes golden_metrics.json: seeded answers and what scikit-learn and scipy say of them.

    pip install scikit-learn scipy
    python generate_metrics.py > golden_metrics.json
"""

import json
import warnings

import numpy as np
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import (
    accuracy_score, confusion_matrix, f1_score, log_loss, matthews_corrcoef, mean_squared_error, precision_score,
    recall_score)

warnings.simplefilter("ignore")
rng = np.random.default_rng(20)


def classification(labels, rows, truths):
    """`truths` labels are true; the logits favour the true one a little."""
    truth = rng.integers(0, truths, rows)
    logits = rng.normal(0, 1, (rows, labels)).astype(np.float32).round(3)
    logits[np.arange(rows), truth] += 1
    given = logits.argmax(1)
    every = list(range(labels))
    exp = np.exp(logits.astype(np.float64))
    case = {
        "labels": labels,
        "truth": truth.tolist(),
        "logits": [[float(x) for x in row] for row in logits],
        "accuracy": accuracy_score(truth, given),
        "macro_f1": f1_score(truth, given, average="macro"),
        "weighted_f1": f1_score(truth, given, average="weighted"),
        "matthews_correlation": matthews_corrcoef(truth, given),
        "loss": log_loss(truth, exp / exp.sum(1, keepdims=True), labels=every),
        "label_precision": precision_score(truth, given, labels=every, average=None).tolist(),
        "label_recall": recall_score(truth, given, labels=every, average=None).tolist(),
        "confusion": confusion_matrix(truth, given, labels=every).tolist(),
    }
    if labels == 2:
        case["f1"] = f1_score(truth, given)
        case["precision"] = precision_score(truth, given)
        case["recall"] = recall_score(truth, given)
    return case


def regression(rows, step):
    """Numbers in steps, so that many are equal."""
    truth = (rng.uniform(0, 5, rows) / step).round() * step
    given = ((truth + rng.normal(0, 1, rows)) / step).round() * step
    truth, given = truth.astype(np.float32), given.astype(np.float32)
    x, y = truth.astype(np.float64), given.astype(np.float64)
    return {
        "truth": [float(v) for v in truth],
        "given": [float(v) for v in given],
        "pearson": float(pearsonr(x, y)[0]),
        "spearman": float(spearmanr(x, y)[0]),
        "mse": mean_squared_error(x, y),
    }


print(json.dumps({
    "classification": [
        classification(2, 60, 2), classification(3, 50, 3), classification(7, 40, 7),
        # The last labels are never true, and some of them are never given.
        classification(9, 12, 3), classification(2, 5, 1),
    ],
    "regression": [regression(40, 0.25), regression(25, 1.0), regression(30, 0.001)],
}))
