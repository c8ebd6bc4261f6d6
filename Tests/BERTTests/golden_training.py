"""Trains the tiny BERT of golden.py for 20 steps with transformers + torch AdamW in double precision and prints
golden_training.json: the losses of each head, and the parameters that the sequence head ends with.

  python golden_training.py > golden_training.json      (torch 2.15, transformers 5.24)

The loss of spans is computed here over the tokens of each example: transformers' own counts padding too, which a packed
batch does not have. No dropout. eps is 1e-6: the gradient of a key's bias is zero but for rounding, which eps 1e-8 would blow up.
"""
import json
import torch
from transformers import (BertConfig, BertForQuestionAnswering, BertForSequenceClassification,
                          BertForTokenClassification)
from golden import parameter

EXAMPLES = [[(example * 5 + token * 7) % 29 + 2 for token in range(3 + example % 4)] for example in range(6)]
STEPS = 20


def batch():
    width = max(map(len, EXAMPLES))
    pad = lambda rows, value: torch.tensor([row + [value] * (width - len(row)) for row in rows])
    types = [[int(token > 2) for token in range(len(ids))] for ids in EXAMPLES]
    return dict(input_ids=pad(EXAMPLES, 0), token_type_ids=pad(types, 0),
                attention_mask=pad([[1] * len(ids) for ids in EXAMPLES], 0)), pad


def span_loss(out, inputs, start_positions, end_positions):
    padding = inputs["attention_mask"] == 0
    losses = [torch.nn.functional.cross_entropy(logits.masked_fill(padding, float("-inf")), positions)
              for logits, positions in ((out.start_logits, start_positions), (out.end_logits, end_positions))]
    return sum(losses) / 2


def train(kind, labels, targets):
    config = BertConfig(vocab_size=32, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
                        max_position_embeddings=16, type_vocab_size=2, layer_norm_eps=1e-5, num_labels=labels,
                        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="eager")
    model = kind(config).double()
    with torch.no_grad():
        for index, (name, value) in enumerate(model.named_parameters()):
            value.copy_(parameter(index, name, value.shape).double())
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, eps=1e-6, weight_decay=0.01)
    inputs, losses = batch()[0], []
    for _ in range(STEPS):
        loss = span_loss(model(**inputs), inputs, **targets) if kind is BertForQuestionAnswering else \
            model(**inputs, **targets).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, model


def main():
    pad = batch()[1]
    tags = [[-100 if (example + token) % 3 == 0 else (example + token) % 5 for token in range(len(ids))]
            for example, ids in enumerate(EXAMPLES)]
    sequence, model = train(BertForSequenceClassification, 3, dict(labels=torch.tensor([i % 3 for i in range(6)])))
    values = torch.tensor([0.5 * i - 1 for i in range(6)], dtype=torch.float64)
    out = dict(
        sequence=sequence,
        regression=train(BertForSequenceClassification, 1, dict(labels=values))[0],
        tokens=train(BertForTokenClassification, 5, dict(labels=pad(tags, -100)))[0],
        span=train(BertForQuestionAnswering, 2, dict(
            start_positions=torch.tensor([i % len(ids) for i, ids in enumerate(EXAMPLES)]),
            end_positions=torch.tensor([len(ids) - 1 for ids in EXAMPLES])))[0],
        parameters={name: [round(x, 7) for x in value.flatten().tolist()]
                    for name, value in model.named_parameters()})
    print(json.dumps(out, indent=0))


main()
