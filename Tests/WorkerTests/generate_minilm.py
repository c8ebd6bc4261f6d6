"""Writes texts and what sentence-transformers makes of them, for EmbeddingModelGoldenTests.

    python3 -m pip install sentence-transformers
    python3 generate_minilm.py MODEL_FOLDER minilm --count 40             # the committed ones
    python3 generate_minilm.py MODEL_FOLDER FOLDER --count 1000           # for BERTD_GOLDEN_DIR
    python3 generate_minilm.py MODEL_FOLDER FOLDER --count 1000 --lines a.txt b.txt    # of real sentences

MODEL_FOLDER is all-MiniLM-L6-v2. The folder gets texts.json, tokens.json (of each row, after truncation) and vectors.npy.
"""

import argparse
import json
import pathlib
import random

import numpy
import torch
from sentence_transformers import SentenceTransformer

SENTENCES = [
    "", " ", "a", "The queue is empty.", "the queue is empty", "THE QUEUE IS EMPTY!",
    "A worker died in the night; its work was done by another before breakfast.",
    "Which of the two letters arrived first, and who had sent it?",
    "Prices rose by 3.75 % to €1,249.00 (before tax) on 28/11/2026 at 09:41:07.",
    "Der Zug nach Köln fährt heute über Würzburg, nicht über Mainz.",
    "L'élève a oublié son cahier d'écriture à côté de la fenêtre.",
    "El niño mañoso se comió una piña entera sin pedir permiso.",
    "Утром шёл снег, а к вечеру всё растаяло.", "Το καράβι έφυγε χωρίς εμάς.", "ภาษาไทยไม่มีช่องว่างระหว่างคำ",
    "今天下午三点在图书馆门口见面。", "東京の桜は来週が見頃です。", "오늘은 바람이 많이 불어요.", "वह रोज़ सुबह पाँच बजे उठती है।",
    "خرج القط من الباب قبل أن أغلقه.", "הספר הזה כבד מדי לתיק שלי.",
    "🙂🙃 ok 👍🏽 — see you @ the café ☕️ #monday", "x = (a[i] + b[j]) * 2**k; // shift, then add",
    "https://example.org/path/to/page?query=1&lang=en#part-2", "user.name+tag@example.org wrote: «no»",
    "line one\nline two\r\n\tline three", "nul \x00 bell \x07 and soft\u00adhyphen and zero\u200bwidth",
    "[CLS] in the text and a [MASK] that nobody asked for [SEP]", "naïve coöperation façade Ångström ﬁne ① ½ Å",
    "donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen " + "a" * 120,
]
WORDS = """
the a of and to in that it was with for on as by at from this which one two three seven river house letter machine paper
answer question window garden winter morning doctor captain teacher village market engine bridge station signal error result
number vector meaning sentence queue worker broker small large quiet broken golden early heavy simple open closed carries
writes reads finds loses sends waits returns measures remembers quickly again never always almost under between before after
""".split()


def sentence(generator, lines):
    """One sentence: a real line, one of SENTENCES, or words in no order."""
    if lines:
        return generator.choice(lines)
    if generator.random() < 0.3:
        return generator.choice(SENTENCES[3:])
    words = [generator.choice(WORDS) for _ in range(generator.randint(3, 24))]
    return " ".join(words).capitalize() + generator.choice(".?!;")


def make_texts(count, lines):
    generator = random.Random(20261128)
    texts = SENTENCES + [" ".join(WORDS * 4), " ".join(WORDS * 8)]
    while len(texts) < count:
        # Most are short; one in ten passes 256 tokens, and one in twenty 512.
        words = generator.choice([5, 5, 10, 10, 20, 20, 40, 40, 60, 60, 80, 80, 120, 120, 160, 160, 160, 180, 300, 600])
        text = sentence(generator, lines)
        while len(text.split()) < words:
            text += " " + sentence(generator, lines)
        texts.append(text)
    return texts[:count]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--lines", type=pathlib.Path, nargs="*", default=[])
    options = parser.parse_args()
    lines = [line for path in options.lines for line in path.read_text("utf-8").splitlines() if line.strip()]
    texts = make_texts(options.count, lines)

    torch.set_num_threads(1)
    model = SentenceTransformer(options.model, device="cpu")
    tokens = [len(model.preprocess([text])["input_ids"][0]) for text in texts]
    whole = [len(model.tokenizer(text, truncation=False)["input_ids"]) for text in texts]
    # One text at a time: no padding takes part.
    vectors = numpy.stack([model.encode(text, convert_to_numpy=True) for text in texts]).astype("<f4")

    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "texts.json").write_text(json.dumps(texts, ensure_ascii=True, indent=0) + "\n")
    (options.folder / "tokens.json").write_text(json.dumps(tokens) + "\n")
    numpy.save(options.folder / "vectors.npy", vectors)
    print(f"{len(texts)} texts; more than 256 tokens: {sum(n > 256 for n in whole)}, 512: {sum(n > 512 for n in whole)}")


main()
