"""Writes tiny models with the heads of tasks, and what transformers makes of them.

    python3 -m pip install transformers torch
    python3 generate_heads.py heads

Two layers of eight columns with large random weights, so that outputs differ. The joint model, which transformers has no
class for, is its encoder with pooler and two linear layers. Answers are found by trying every span of every window; the
windows are laid out as the seed's finetune_squad does.
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import (
    AutoTokenizer, BertConfig, BertForQuestionAnswering, BertForSequenceClassification, BertForTokenClassification,
    BertModel, pipeline)

folder = pathlib.Path(sys.argv[1])
letters = "abcdefghijklmnopqrstuvwxyz"
pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list(letters + ".,?é") + ["##" + letter for letter in letters]
pieces += ["the", "river", "##ing", "ann", "in", "rome", "where", "is"]
sizes = dict(
    vocab_size=len(pieces), hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
    max_position_embeddings=32, initializer_range=0.6)
torch.manual_seed(20261129)


def write_tokenizer(path):
    path.mkdir(parents=True, exist_ok=True)
    (path / "vocab.txt").write_text("\n".join(pieces) + "\n", "utf-8")
    (path / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 32}) + "\n")
    return AutoTokenizer.from_pretrained(path)


def write(name, kind, **options):
    path = folder / name
    tokenizer = write_tokenizer(path)
    model = kind(BertConfig(**sizes, **options)).eval()
    for parameter_name, parameter in model.named_parameters():
        if parameter_name.endswith("bias"):
            torch.nn.init.normal_(parameter, std=0.3)
        elif parameter_name == "classifier.weight":
            torch.nn.init.normal_(parameter, std=2)
    if kind is BertForTokenClassification:
        model.classifier.bias.data[0] = -5.5  # Some words inside, some outside.
    model.save_pretrained(path)
    return path, model, tokenizer


def labels(names):
    return dict(id2label=dict(enumerate(names)), label2id={name: index for index, name in enumerate(names)})


golden = {}
texts = ["the river", "Ann in Rome.", "", "where is the rivering? " * 6, "é, zzz"]
pairs = ["ann is in rome", "where?", "the", "the river is in rome, ann. " * 4, "in rome"]


@torch.no_grad()
def scores(name, kind, activation, **options):
    _, model, tokenizer = write(name, kind, **options)
    single = [model(**tokenizer(a, truncation=True, return_tensors="pt")).logits[0] for a in texts]
    double = [model(**tokenizer(a, b, truncation=True, return_tensors="pt")).logits[0] for a, b in zip(texts, pairs)]
    golden[name] = {
        "single": [activation(logits).tolist() for logits in single],
        "double": [activation(logits).tolist() for logits in double]}


scores("sequence", BertForSequenceClassification, lambda x: x.softmax(-1), **labels(["bad", "fair", "good"]))
scores("regression", BertForSequenceClassification, lambda x: x, num_labels=1, problem_type="regression")
scores("several", BertForSequenceClassification, lambda x: x.sigmoid(), problem_type="multi_label_classification",
       **labels(["angry", "late"]))

tags = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
path, model, tokenizer = write("tokens", BertForTokenClassification, **labels(tags))
tagger = pipeline("token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="first")
tagged = ["Ann in Rome", "the river, where ann is", "é rivering zz ann ann in rome in", ""]
golden["tokens"] = [
    [{"label": e["entity_group"], "start": e["start"], "end": e["end"], "score": float(e["score"])} for e in found]
    for found in (tagger(text) if text else [] for text in tagged)]

# Joint: the pooler's label and a tag of each token, from the same encoder.
path = folder / "joint"
tokenizer = write_tokenizer(path)
encoder = BertModel(BertConfig(**sizes)).eval()
intent, slot = torch.nn.Linear(8, 2), torch.nn.Linear(8, len(tags))
for linear in (intent, slot):
    torch.nn.init.normal_(linear.weight, std=0.6)
encoder.config.update({"architectures": ["BertForIntentAndSlots"], "slot_id2label": dict(enumerate(tags)),
                       **labels(["ask", "tell"])})
encoder.config.save_pretrained(path)
config = json.loads((path / "config.json").read_text())
config["architectures"] = ["BertForIntentAndSlots"]
(path / "config.json").write_text(json.dumps(config, indent=1) + "\n")
tensors = {f"bert.{name}": value for name, value in encoder.state_dict().items()}
for name, linear in (("intent_classifier", intent), ("slot_classifier", slot)):
    tensors |= {f"{name}.{part}": value for part, value in linear.state_dict().items()}
save_file({name: value.contiguous().clone() for name, value in tensors.items()}, path / "model.safetensors")
with torch.no_grad():
    golden["joint"] = []
    for text in tagged:
        out = encoder(**tokenizer(text, return_tensors="pt"))
        slots = slot(out.last_hidden_state[0]).argmax(-1)[1:-1]
        golden["joint"].append({
            "probabilities": intent(out.pooler_output[0]).softmax(-1).tolist(),
            "tags": [tags[index] for index in slots]})

questions = [
    {"question": "where is ann?", "context": "Ann is in Rome."},
    {"question": "where?", "context": "the river is in rome. ann is in the rivering zone, é. " * 3},
    {"question": "where is the river in rome where is the river in rome?", "context": "ann, ann. rome"}]
LENGTH, STRIDE, ANSWER = 32, 6, 5
path, model, tokenizer = write("span", BertForQuestionAnswering)


@torch.no_grad()
def answer(question, context):
    query = tokenizer(question, add_special_tokens=False).input_ids[:(LENGTH - 3) // 2]
    encoded = tokenizer(context, add_special_tokens=False, return_offsets_mapping=True)
    ids, offsets = encoded.input_ids, encoded.offset_mapping
    room = LENGTH - len(query) - 3
    windows = [(0, min(room, len(ids)))]
    while windows[-1][1] < len(ids):
        start = windows[-1][0] + min(STRIDE, room)
        windows.append((start, min(start + room, len(ids))))

    def context_score(piece, window):
        return min(piece - window[0], window[1] - 1 - piece) + 0.01 * (window[1] - window[0])

    best = None
    for index, window in enumerate(windows):
        input_ids = [tokenizer.cls_token_id] + query + [tokenizer.sep_token_id] + ids[slice(*window)] + [
            tokenizer.sep_token_id]
        types = [0] * (len(query) + 2) + [1] * (window[1] - window[0] + 1)
        out = model(input_ids=torch.tensor([input_ids]), token_type_ids=torch.tensor([types]))
        shift = len(query) + 2 - window[0]
        for start in range(*window):
            owner = max(
                (i for i, other in enumerate(windows) if other[0] <= start < other[1]),
                key=lambda i: (context_score(start, windows[i]), -i))
            if owner != index:
                continue
            for end in range(start, min(start + ANSWER, window[1])):
                score = (out.start_logits[0][start + shift] + out.end_logits[0][end + shift]).item()
                if best is None or score > best[0]:
                    best = (score, offsets[start][0], offsets[end][1], len(windows))
    return {"start": best[1], "end": best[2], "windows": best[3], "dropped": max(
        0, len(tokenizer(question, add_special_tokens=False).input_ids) - (LENGTH - 3) // 2)}


golden["span"] = [answer(**question) for question in questions]
(folder / "golden.json").write_text(json.dumps({
    "texts": texts, "pairs": pairs, "tagged": tagged, "questions": questions, "stride": STRIDE, "answerTokens": ANSWER,
    **golden}, indent=1) + "\n")
