"""Prints what transformers makes of the GLUE files beside the checkout, for RealExampleTests.swift.

    pip install transformers
    python generate_lengths.py ../../../shared/data
"""

import pathlib
import sys

from transformers import BertTokenizerFast

data = pathlib.Path(sys.argv[1])
tokenizer = BertTokenizerFast(str(data / "vocab/bert-base-uncased-vocab.txt"), do_lower_case=True)


def digest(rows):
    """FNV-1a of 64 bits over the ids and types of all rows, eight bytes each and -1 after each row."""
    value = 0xCBF29CE484222325
    for ids, types in rows:
        for number in [i << 8 | t for i, t in zip(ids, types)] + [0xFFFFFFFFFFFFFFFF]:
            value = ((value ^ number) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


for name, columns, limit in [("MRPC", (3, 4), 128), ("MRPC", (3, 4), 40), ("STS-B", (7, 8), 128), ("SST-2", (0,), 24)]:
    lines = (data / "glue" / name / "dev.tsv").read_text("utf-8-sig").split("\n")[1:]
    rows = [line.rstrip("\r").split("\t") for line in lines if line]
    encoded = [
        tokenizer(*[row[c] for c in columns], truncation=True, max_length=limit, return_token_type_ids=True)
        for row in rows
    ]
    whole = [len(tokenizer(*[row[c] for c in columns])["input_ids"]) for row in rows]
    print(name, limit, digest([(e["input_ids"], e["token_type_ids"]) for e in encoded]),
          sum(len(e["input_ids"]) for e in encoded), sum(w > limit for w in whole), max(whole))
