"""Loads the folder that a run left with transformers, and its event file with tensorboard.

    python check_folder.py MODEL-FOLDER IDS.json LOGITS.json

IDS is a list of lists of token ids, LOGITS what bertd gave for each. Exits with 1 where they differ by more than 1e-4, or
where the curves are not those of trainer_state.json.
"""

import json
import sys

import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from transformers import AutoModelForSequenceClassification

folder, ids, logits = sys.argv[1], json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))

model, loading = AutoModelForSequenceClassification.from_pretrained(folder, output_loading_info=True)
assert not loading["missing_keys"] and not loading["unexpected_keys"], loading
assert model.config.id2label == {0: "absent", 1: "present"}, model.config.id2label
model.eval()
with torch.no_grad():
    for sequence, expected in zip(ids, logits, strict=True):
        found = model(torch.tensor([sequence])).logits[0]
        difference = (found - torch.tensor(expected)).abs().max().item()
        assert difference < 1e-4, (sequence, found, expected)

events = EventAccumulator(f"{folder}/runs")
events.Reload()
log = json.load(open(f"{folder}/trainer_state.json"))["log_history"]
for tag, member in {"train/loss": "loss", "train/learning_rate": "learning_rate", "eval/accuracy": "eval_accuracy"}.items():
    found = [(event.step, event.value) for event in events.Scalars(tag)]
    expected = [(entry["step"], entry[member]) for entry in log if member in entry]
    assert len(found) == len(expected) > 0, (tag, found, expected)
    for (step, value), (other, wanted) in zip(found, expected):
        assert step == other and abs(value - wanted) <= 1e-6 * max(1, abs(wanted)), (tag, step, value, wanted)
print("the same")
