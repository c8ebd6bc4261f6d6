"""One fine-tune by transformers and torch, the peer of Tests/Benchmarks/finetune.py; prints one line of JSON.

The settings are those that finetune.py gives to bertd: AdamW (weight decay 0.01 but for biases and LayerNorm), linear
warm-up over a tenth of the steps and linear decay, gradients clipped to norm 1, dropout as in the model's configuration.
Batches are of like length, as Trainer's group_by_length makes them, and padded to their longest text: torch's best case.
Metrics are taken over the whole development set.
"""
import json
import lzma
import random
import resource
import sys
import time

import numpy
import torch
from transformers import (AutoModelForQuestionAnswering, AutoModelForSequenceClassification,
                          AutoModelForTokenClassification, AutoTokenizer)


def lines(path, **options):
    with open(path, encoding="utf-8-sig", **options) as file:
        return [line.rstrip("\n") for line in file]


def tsv(path, *columns, header=True):
    rows = [line.split("\t") for line in lines(path, newline="\n")[1 if header else 0:]]
    return [tuple(row[column] for column in columns) for row in rows]


def conll(path):
    sentences, words, tags = [], [], []
    for line in lines(path) + [""]:
        if not line.strip():
            if words:
                sentences.append((words, tags))
            words, tags = [], []
        else:
            fields = line.split("\t")
            words.append(fields[0])
            tags.append(fields[-1])
    return sentences


class SequenceTask:
    """Texts or pairs with a label or a value."""

    def __init__(self, training, development, regression, metric):
        self.training, self.development, self.regression, self.metric = training, development, regression, metric

    def model(self, folder):
        return AutoModelForSequenceClassification.from_pretrained(folder, num_labels=1 if self.regression else 2)

    def encode(self, tokenizer, rows, length, training):
        texts = list(zip(*[row[:-1] for row in rows]))
        encoded = tokenizer(*[list(column) for column in texts], truncation=True, max_length=length)
        labels = [float(row[-1]) if self.regression else int(row[-1]) for row in rows]
        return [{"input_ids": ids, "token_type_ids": types, "labels": label}
                for ids, types, label in zip(encoded["input_ids"], encoded["token_type_ids"], labels)]

    def score(self, model, examples, collate, batch):
        outputs = torch.stack(predict(model, examples, collate, batch)).numpy()
        gold = numpy.array([example["labels"] for example in examples])
        if self.regression:
            from scipy.stats import pearsonr, spearmanr
            return {"pearson": float(pearsonr(outputs[:, 0], gold)[0]), "spearman": float(spearmanr(outputs[:, 0], gold)[0])}
        guess = outputs.argmax(1)
        hits = int(((guess == 1) & (gold == 1)).sum())
        return {"accuracy": float((guess == gold).mean()), "f1": 2 * hits / max(1, int((guess == 1).sum() + (gold == 1).sum()))}


class TagTask:
    """Words with a tag each; the first piece of a word carries its tag."""

    def __init__(self, training, development):
        self.training, self.development, self.metric = training, development, "f1"
        self.tags = sorted({tag for _, tags in training for tag in tags})

    def model(self, folder):
        return AutoModelForTokenClassification.from_pretrained(folder, num_labels=len(self.tags))

    def encode(self, tokenizer, rows, length, training):
        examples = []
        for words, tags in rows:
            encoded = tokenizer(words, is_split_into_words=True, truncation=True, max_length=length)
            labels, last = [], None
            for word in encoded.word_ids():
                labels.append(-100 if word is None or word == last else self.tags.index(tags[word]))
                last = word
            examples.append({"input_ids": encoded["input_ids"], "token_type_ids": encoded["token_type_ids"],
                             "labels": labels})
        return examples

    def score(self, model, examples, collate, batch):
        from seqeval.metrics import f1_score
        gold, guess = [], []
        for output, example in zip(predict(model, examples, collate, batch), examples):
            kept = [i for i, label in enumerate(example["labels"]) if label >= 0]
            gold.append([self.tags[example["labels"][i]] for i in kept])
            guess.append([self.tags[int(output[i].argmax())] for i in kept])
        return {"f1": float(f1_score(gold, guess))}


class JointTask:
    """Words with a slot tag each, and an intent."""

    def __init__(self, training, development):
        self.training, self.development, self.metric = training, development, "slot_f1"
        self.tags = sorted({tag for _, tags, _ in training for tag in tags})
        self.intents = sorted({intent for _, _, intent in training})

    def model(self, folder):
        model = AutoModelForTokenClassification.from_pretrained(folder, num_labels=len(self.tags))
        bert = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=len(self.intents))
        model.bert = bert.bert                                       # the one with a pooler, shared by both heads
        model.intent = bert.classifier
        return model

    def encode(self, tokenizer, rows, length, training):
        known = {tag: index for index, tag in enumerate(self.tags)}
        examples = []
        for words, tags, intent in rows:
            encoded = tokenizer(words, is_split_into_words=True, truncation=True, max_length=length)
            labels, last = [], None
            for word in encoded.word_ids():
                labels.append(-100 if word is None or word == last else known.get(tags[word], 0))
                last = word
            examples.append({"input_ids": encoded["input_ids"], "token_type_ids": encoded["token_type_ids"],
                             "labels": labels, "intent": self.intents.index(intent), "tags": tags})
        return examples

    @staticmethod
    def forward(model, inputs):
        hidden, pooled = model.bert(**inputs, return_dict=False)[:2]
        return model.classifier(model.dropout(hidden)), model.intent(model.dropout(pooled))

    def loss(self, model, inputs, labels, intents):
        slots, intent = self.forward(model, inputs)
        cross = torch.nn.functional.cross_entropy
        return cross(intent, intents) + cross(slots.flatten(0, 1), labels.flatten(), ignore_index=-100)

    def score(self, model, examples, collate, batch):
        from seqeval.metrics import f1_score
        gold, guess, right = [], [], 0
        examples = sorted(examples, key=length)
        model.eval()
        with torch.no_grad():
            for first in range(0, len(examples), batch):
                part = examples[first:first + batch]
                inputs = collate(part)
                inputs.pop("labels"), inputs.pop("intent")
                slots, intent = self.forward(model, inputs)
                for row, example in enumerate(part):
                    kept = [i for i, label in enumerate(example["labels"]) if label >= 0]
                    gold.append(example["tags"][:len(kept)])
                    guess.append([self.tags[int(slots[row, i].argmax())] for i in kept])
                    right += int(intent[row].argmax()) == example["intent"]
        return {"slot_f1": float(f1_score(gold, guess)), "intent_accuracy": right / len(examples)}


class QuestionTask:
    """SQuAD 1.1 with windows of 384 and a stride of 128."""

    def __init__(self, training, development):
        self.training, self.development, self.metric = training, development, "f1"

    def model(self, folder):
        return AutoModelForQuestionAnswering.from_pretrained(folder)

    def encode(self, tokenizer, rows, length, training):
        examples = []
        for row, (question, context, start, answers) in enumerate(rows):
            encoded = tokenizer(question, context, truncation="only_second", max_length=length, stride=128,
                                return_overflowing_tokens=True, return_offsets_mapping=True)
            for index, offsets in enumerate(encoded["offset_mapping"]):
                parts = encoded.sequence_ids(index)
                places = [place if part == 1 else None for place, part in zip(offsets, parts)]
                example = {"input_ids": encoded["input_ids"][index], "token_type_ids": encoded["token_type_ids"][index],
                           "start": 0, "end": 0, "row": row, "places": places}
                end = start + len(answers[0])
                begins = [i for i, place in enumerate(places) if place and place[0] <= start < place[1]]
                ends = [i for i, place in enumerate(places) if place and place[0] < end <= place[1]]
                if begins and ends:
                    example["start"], example["end"] = begins[0], ends[-1]
                examples.append(example)
        return examples

    def score(self, model, examples, collate, batch):
        best = {}
        outputs = predict(model, examples, collate, batch)
        for (starts, ends), example in zip(outputs, examples):
            n = len(example["input_ids"])
            for s in starts[:n].topk(min(20, n)).indices.tolist():
                for e in ends[:n].topk(min(20, n)).indices.tolist():
                    if example["places"][s] and example["places"][e] and s <= e < s + 30:
                        score = float(starts[s] + ends[e])
                        if score > best.get(example["row"], (-1e9,))[0]:
                            best[example["row"]] = (score, example["places"][s][0], example["places"][e][1])
        exact = total = 0.0
        for row, (_, context, _, answers) in enumerate(self.development):
            text = context[best[row][1]:best[row][2]] if row in best else ""
            exact += max(normal(text) == normal(answer) for answer in answers)
            total += max(overlap(normal(text).split(), normal(answer).split()) for answer in answers)
        return {"exact_match": 100 * exact / len(self.development), "f1": 100 * total / len(self.development)}


def normal(text):
    import re
    import string
    kept = "".join(c for c in text.lower() if c not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", kept).split())


def overlap(guess, gold):
    from collections import Counter
    common = sum((Counter(guess) & Counter(gold)).values())
    return 2 * common / (len(guess) + len(gold)) if common else float(guess == gold)


def squad(path, limit=None):
    opened = lzma.open(path, "rt", encoding="utf-8") if path.endswith(".xz") else open(path, encoding="utf-8")
    with opened as file:
        articles = json.load(file)["data"]
    rows = [(q["question"], p["context"], q["answers"][0]["answer_start"], [a["text"] for a in q["answers"]])
            for article in articles for p in article["paragraphs"] for q in p["qas"]]
    return rows[:limit]


def joint(folder):
    columns = [lines(f"{folder}/{name}") for name in ("seq.in", "seq.out", "label")]
    return [(words.split(), tags.split(), intent.strip()) for words, tags, intent in zip(*columns)]


def task_of(name, data):
    if name == "mrpc":
        return SequenceTask(*[tsv(f"{data}/glue/MRPC/{part}.tsv", 3, 4, 0) for part in ("train", "dev")], False, "accuracy")
    if name == "sts-b":
        return SequenceTask(*[tsv(f"{data}/glue/STS-B/{part}.tsv", 7, 8, 9) for part in ("train", "dev")], True, "pearson")
    if name == "sst-2":
        training = tsv(f"{data}/glue/SST-2/train.tsv", 0, 1)[:20_000]
        return SequenceTask(training, tsv(f"{data}/glue/SST-2/dev.tsv", 0, 1), False, "accuracy")
    if name == "wnut-17":
        return TagTask(conll(f"{data}/ner/wnut17train.conll"), conll(f"{data}/ner/emerging.dev.conll"))
    if name == "snips":
        return JointTask(joint(f"{data}/intent/snips/train"), joint(f"{data}/intent/snips/valid"))
    return QuestionTask(squad(f"{data}/squad/train-v1.1.reconstructed.json.xz", 4_000), squad(f"{data}/squad/dev-v1.1.json"))


def collate(examples):
    longest = max(len(example["input_ids"]) for example in examples)

    def padded(key, value):
        return torch.tensor([example[key] + [value] * (longest - len(example[key])) for example in examples])
    batch = {"input_ids": padded("input_ids", 0), "token_type_ids": padded("token_type_ids", 0)}
    batch["attention_mask"] = torch.tensor(
        [[1] * len(e["input_ids"]) + [0] * (longest - len(e["input_ids"])) for e in examples])
    if "start" in examples[0]:
        batch["start_positions"] = torch.tensor([example["start"] for example in examples])
        batch["end_positions"] = torch.tensor([example["end"] for example in examples])
    elif isinstance(examples[0]["labels"], list):
        batch["labels"] = padded("labels", -100)
        if "intent" in examples[0]:
            batch["intent"] = torch.tensor([example["intent"] for example in examples])
    else:
        batch["labels"] = torch.tensor([example["labels"] for example in examples])
    return batch


def length(example):
    return len(example["input_ids"])


def grouped(examples, batch):
    """Batches in random order whose texts are of like length: pools of fifty batches, each sorted."""
    shuffled = random.sample(examples, len(examples))
    pools = [sorted(shuffled[first:first + 50 * batch], key=length) for first in range(0, len(shuffled), 50 * batch)]
    batches = [pool[first:first + batch] for pool in pools for first in range(0, len(pool), batch)]
    return random.sample(batches, len(batches))


def predict(model, examples, collate, batch):
    """The model's output for each example; those of like length go through it together."""
    model.eval()
    order, outputs = sorted(range(len(examples)), key=lambda i: length(examples[i])), {}
    with torch.no_grad():
        for first in range(0, len(order), batch):
            part = order[first:first + batch]
            inputs = collate([examples[i] for i in part])
            for key in ("labels", "start_positions", "end_positions"):
                inputs.pop(key, None)
            result = model(**inputs)
            rows = (torch.stack([result.start_logits, result.end_logits], 1)
                    if hasattr(result, "start_logits") else result.logits)
            outputs.update(zip(part, rows))
    return [outputs[i] for i in range(len(examples))]


def main():
    settings = json.loads(sys.argv[1])
    torch.manual_seed(settings["seed"])
    random.seed(settings["seed"])
    torch.set_num_threads(settings["threads"])
    task = task_of(settings["task"], settings["data"])
    tokenizer = AutoTokenizer.from_pretrained(settings["model"])
    model = task.model(settings["model"]).float()
    training = task.encode(tokenizer, task.training, settings["max_length"], True)
    development = task.encode(tokenizer, task.development, settings["max_length"], False)
    spared = ("bias", "LayerNorm.weight")
    groups = [{"params": [p for n, p in model.named_parameters() if n.endswith(spared) == is_spared],
               "weight_decay": 0.0 if is_spared else 0.01} for is_spared in (False, True)]
    optimizer = torch.optim.AdamW(groups, lr=settings["learning_rate"], fused=True)
    batch, steps = settings["batch_size"], settings["epochs"] * -(-len(training) // settings["batch_size"])
    warm = int(0.1 * steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: (s + 1) / max(1, warm) if s < warm else (steps - s) / max(1, steps - warm))

    began, scores = time.monotonic(), []
    for _ in range(settings["epochs"]):
        model.train()
        for part in grouped(training, batch):
            inputs = collate(part)
            if isinstance(task, JointTask):
                loss = task.loss(model, {key: inputs[key] for key in inputs if key not in ("labels", "intent")},
                                 inputs["labels"], inputs["intent"])
            else:
                loss = model(**inputs).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
        scores.append(task.score(model, development, collate, 32))
        print(scores[-1], file=sys.stderr)
    best = max(scores, key=lambda score: score[task.metric])
    print(json.dumps({"metrics": best, "metric": task.metric, "seconds": time.monotonic() - began,
                      "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10}))


if __name__ == "__main__":
    main()
