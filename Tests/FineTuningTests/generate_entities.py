"""Writes Golden/entities.json: what seqeval makes of random tag sequences, valid and not, of several schemes.

    pip install seqeval==1.2.2
    python Tests/FineTuningTests/generate_entities.py
"""
import json, pathlib, random, warnings
from seqeval.metrics import accuracy_score, classification_report, f1_score, precision_score, recall_score
from seqeval.metrics.sequence_labeling import get_entities

warnings.filterwarnings("ignore")
random.seed(4)
ROLES = {"iob": "BI", "bioes": "BIES"}
cases = []
for scheme, types, sentences, noise in [(s, t, n, e) for s in ROLES for t in (["per"], ["per", "loc", "work-of-art"], [""]) for n, e in ((1, 0.0), (4, 0.3), (12, 0.1), (3, 1.0))]:
    def tag():
        if random.random() < 0.4:
            return "O"
        role, kind = random.choice(ROLES[scheme]), random.choice(types)
        return role + ("-" + kind if kind else "")
    gold = [[tag() for _ in range(random.randint(1, 9))] for _ in range(sentences)]
    predicted = [[tag() if random.random() < noise else t for t in s] for s in gold]
    report = classification_report(gold, predicted, output_dict=True, zero_division=0)
    cases.append(dict(
        gold=gold, predicted=predicted, entities=[[[k, a, b] for k, a, b in get_entities(s)] for s in gold],
        precision=precision_score(gold, predicted, zero_division=0), recall=recall_score(gold, predicted, zero_division=0),
        f1=f1_score(gold, predicted, zero_division=0), accuracy=accuracy_score(gold, predicted),
        types={k: [float(v["precision"]), float(v["recall"]), float(v["f1-score"]), int(v["support"])] for k, v in report.items() if not k.endswith(" avg")}))
out = pathlib.Path(__file__).parent / "Golden/entities.json"
out.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(len(cases), "cases")
