"""Writes what PyPI's `tokenizers` makes of whole corpora, for CorpusTests to compare with.

    pip install tokenizers==0.23.3 numpy
    python Tests/TokenizationTests/compare_with_tokenizers.py ../shared/data FOLDER [--share 1.0]
    BERTD_CORPUS_TESTS=FOLDER swift test -c release --filter CorpusTests

FOLDER gets, for each set of texts, NAME.texts (length as a little-endian UInt32, then UTF-8, again and again), and for each
comparison NAME.crc (a UInt32 for each text or pair: the CRC-32 of the Int32 arrays ids, types, scalar starts, scalar ends,
byte starts, byte ends, words with -1 for none, special mask, and the tokens cut off the first and the second text), listed
in manifest.json. --share takes only the first part of each set; one processor needs about 15 minutes for everything.
"""
import argparse, json, lzma, pathlib, random, struct, time, zlib
import numpy as np
from tokenizers import BertWordPieceTokenizer

p = argparse.ArgumentParser()
p.add_argument("data", type=pathlib.Path)
p.add_argument("folder", type=pathlib.Path)
p.add_argument("--share", type=float, default=1.0)
p.add_argument("--fuzzed", type=int, default=200_000)
p.add_argument("--sets", default="fuzzed,squad,chinese,corpus")
a = p.parse_args()
a.folder.mkdir(parents=True, exist_ok=True)


def corpus():
    return lzma.open(a.data / "corpus/core_en_mix.txt.xz", "rt", encoding="utf-8", newline="\n").read().split("\n")


def chinese():
    files = sorted(f for f in (a.data / "chinese").rglob("*") if f.is_file())
    return [l for f in files for l in f.read_text("utf-8").split("\n")]


def squad():
    files = [a.data / "squad" / n for n in ("dev-v1.1.json", "dev-v2.0.reconstructed.json", "train-v1.1.reconstructed.json.xz")]
    out = []
    for f in files:
        for article in json.load(lzma.open(f) if f.suffix == ".xz" else f.open())["data"]:
            for paragraph in article["paragraphs"]:
                for qa in paragraph["qas"]: out += [qa["question"], paragraph["context"]]
    return out


def fuzzed():
    """Scalars of every plane, and what the rules single out, in words of all lengths; seed 3."""
    r = random.Random(3)
    marks = [0x300, 0x301, 0x327, 0x334, 0x345, 0x34F, 0x0F71, 0x0F74, 0x0344, 0x05B0, 0x3099, 0x1B44, 0x1BAA, 0x302E, 0x302F, 0xA953,
             0x1D165, 0x1D16D, 0x1D167, 0x8D4, 0x8E3, 0x1E000, 0x1E944, 0x94D, 0x93C, 0xE31, 0x11046, 0x1DCE]
    special = ["[CLS]", "[SEP]", "[MASK]", "[UNK]", "[PAD]", "[cls]", "[", "[CLS", "##", "##a", "[unused1]", "\u0130", "\u03a3", "\ufb01", "\u1e9e", "\u00df",
               "\u212a", "\ud7a3", "\uac00", "\u2126", "\U0001d15e", "\U0001d160", "\u226e", "\u0f73", "\u00a0", "\u2028", "\u0085", "\u200d", "\ufeff", "\ufffd", "\0", "\t",
               "\u180e", "\U000e0041", "\U0002f800", "\ufa0e", "\u3007", "\u30a2", "\u037e", "\u1fef", "'", "don't", "\U0001f600\u200d\U0001f525"]
    pieces = ["the", "un", "ing", "Straße", "na\u0131ve", "中文", "Ελλάδα", "Москва", "हिन्दी", "ไทย", "日本語", "한국어", "اَلْعَرَبِيَّةُ", "שָׁלוֹם", "Việt", "İstanbul"]
    plane = lambda c: chr(c) if not 0xD800 <= c < 0xE000 else " "
    draws = [lambda: plane(r.randrange(0x110000)), lambda: plane(r.randrange(0x10000)), lambda: plane(r.randrange(0x3000)), lambda: plane(0x10000 + r.randrange(0x10000)),
             lambda: chr(r.randrange(0x80)), lambda: chr(r.choice(marks)), lambda: r.choice(special), lambda: r.choice(pieces), lambda: " ",
             lambda: plane(0x4E00 + r.randrange(0x5200)), lambda: chr(0xAC00 + r.randrange(11172)), lambda: r.choice("abcdefghijklmnopqrstuvwxyz")]
    out = ["a" * n + t for n in (1, 99, 100, 101, 102, 300) for t in ("", "é", " b", "\u0301", "中", "\u1B44", "[SEP]")]
    out += ["é" * n for n in (99, 100, 101, 50)] + ["가" * n for n in (32, 33, 34, 35, 49, 50, 51)] + ["", " ", "\0", "\u0301", "\u1B44", "\u0301\u1B44\u0327"]
    while len(out) < a.fuzzed:
        some = r.choices(draws, k=r.randint(1, 4))
        out.append("".join(r.choice(some)() for _ in range(min(int(r.expovariate(0.06)) + 1, 400))))
    return out


def digest(encoding, texts, cut):
    n = len(encoding.ids)
    table = np.empty((8, n), "<i4")
    table[0], table[1] = encoding.ids, encoding.type_ids
    table[2:4] = np.array(encoding.offsets, "<i4").reshape(n, 2).T
    table[4:6] = table[2:4]
    for sequence, text in enumerate(texts):
        if not text.isascii():
            lengths = np.array([1 if c < 0x80 else 2 if c < 0x800 else 3 if c < 0x10000 else 4 for c in map(ord, text)], "<i4")
            at = np.concatenate([[0], np.cumsum(lengths)])
            own = [s == sequence for s in encoding.sequence_ids]
            table[4:6, own] = at[table[2:4, own]]
    table[6] = [-1 if w is None else w for w in encoding.word_ids]
    table[7] = encoding.special_tokens_mask
    return zlib.crc32(np.array(cut, "<i4").tobytes(), zlib.crc32(table.tobytes()))


def write(texts, name):
    with open(a.folder / f"{name}.texts", "wb") as f:
        for t in texts:
            b = t.encode()
            f.write(struct.pack("<I", len(b)) + b)


manifest = []


def compare(name, texts, vocabulary, lowercase, strip=None, chinese=True, pairs=False, maximum=0):
    began = time.time()
    t = BertWordPieceTokenizer(str(a.data / "vocab" / vocabulary), lowercase=lowercase, strip_accents=strip, handle_chinese_chars=chinese)
    title = f"{name}-{vocabulary.removesuffix('-vocab.txt')}" + ("" if strip is None else f"-strip-{strip}") + ("" if chinese else "-joined") + (f"-{maximum}" if maximum else "")
    out = []
    step = 4096
    for first in range(0, len(texts), step):
        part = texts[first:first + step]
        if pairs: part = list(zip(part[::2], part[1::2]))
        cuts = [(0, 0)] * len(part)
        if maximum:
            t.no_truncation()
            sides = [[len(e.ids) for e in t.encode_batch([x[i] for x in part] if pairs else part, add_special_tokens=False)] for i in range(1 + pairs)]
            t.enable_truncation(maximum)
        for index, e in enumerate(t.encode_batch(part)):
            if maximum:
                kept = [e.sequence_ids.count(i) for i in (0, 1)]
                cuts[index] = (sides[0][index] - kept[0], sides[1][index] - kept[1] if pairs else 0)
            out.append(digest(e, part[index] if pairs else [part[index]], cuts[index]))
    np.array(out, "<u4").tofile(a.folder / f"{title}.crc")
    manifest.append(dict(title=title, texts=f"{name}.texts", expected=f"{title}.crc", vocabulary=vocabulary, lowercases=lowercase, stripsAccents=lowercase if strip is None else strip,
                         isolatesChinese=chinese, isPair=pairs, maximumLength=maximum))
    print(f"{title}: {len(out)} in {time.time() - began:.0f} s", flush=True)


UNCASED, CASED, CHINESE, MULTILINGUAL = (f"bert-base-{n}-vocab.txt" for n in ("uncased", "cased", "chinese", "multilingual-cased"))
for name, source in (("fuzzed", fuzzed), ("squad", squad), ("chinese", chinese), ("corpus", corpus)):
    if name not in a.sets.split(","): continue
    texts = source()
    texts = texts[:int(len(texts) * a.share) // 2 * 2]
    write(texts, name)
    if name == "fuzzed":
        for vocabulary, lowercase in ((UNCASED, True), (CASED, False), (CHINESE, True), (MULTILINGUAL, False)):
            compare(name, texts, vocabulary, lowercase)
            compare(name, texts, vocabulary, lowercase, pairs=True, maximum=16)
        compare(name, texts, MULTILINGUAL, False, strip=True)
        compare(name, texts, MULTILINGUAL, True, strip=False)
        compare(name, texts, UNCASED, True, chinese=False)
    elif name == "squad":
        compare(name, texts, UNCASED, True, pairs=True)
        compare(name, texts, CASED, False, pairs=True, maximum=128)
    elif name == "chinese":
        compare(name, texts, CHINESE, True)
        compare(name, texts, MULTILINGUAL, False)
    else:
        compare(name, texts, UNCASED, True)
        compare(name, texts, CASED, False, maximum=32)
    json.dump(manifest, (a.folder / "manifest.json").open("w"), indent=1)
