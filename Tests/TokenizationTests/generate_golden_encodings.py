"""Writes golden_encodings.json beside this file: a small vocabulary of our own, and what `tokenizers` makes of some texts.

    pip install tokenizers==0.23.3
    python Tests/TokenizationTests/generate_golden_encodings.py
"""
import json, pathlib, tempfile
from tokenizers import BertWordPieceTokenizer

WORDS = """the a an queue of letters waits for worker play play er token s un able , . ! ? ' " - ( ) [ ] # $ naive cafe strasse straße Straße éa
e i o u n t l d ö ü ß The Queue i̇ istanbul ελλαδα σ ς σισυφοσ москва 中 文 日 本 語 ᄒ 한 ᅡ ᆫ हिन द ी ्""".split()
TAILS = "s ed ing er able e a t o ά α ᅡ ᆫ ᅮ न ् द ी ᭄ ᮪ 𝅥 𝅗 0 1 2 ö ß".split()
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list(dict.fromkeys(WORDS + ["##" + t for t in TAILS]))
TEXTS = ["", " ", "The queue of letters waits for a worker.", "playing, played; unable!", "Naïve café: STRASSE, Straße", "İstanbul istanbul ISTANBUL",
         "ΕΛΛΆΔΑ ελλάδα ΣΊΣΥΦΟΣ", "МОСКВА", "中文the日本語", "한국 \ud55c", "हिन्दी", "the\u0000queue the\u200bqueue the\u00a0queue\u3000a\ta\r\na", "a\u0301\u0327e\u0327\u0301",
         "o\u1b44\u0301a \u1baa\u0334\u1b44", "\U0001d15e o\U0001d165\U0001d167\U0001d16d", "≮a", "[MASK] the [MASK]queue[SEP][sep] [MASK", "a" * 100, "a" * 101, "é" * 101 + " the",
         "the " * 40, "don't \"play\" (a-token)", "\U0001f600 the", "\ufffdthe\ufeff", "a\u0344\u0f73e", "\u0301the", "ﬁ a", "tokens" * 20]
PAIRS = [("the queue waits", "a worker plays, unable"), ("the " * 9, "a"), ("the", "a " * 9), ("the " * 9, "a " * 9), ("the " * 6, "a " * 7), ("", ""), ("café", "中文")]

out = {"pieces": PIECES, "cases": []}
with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as f:
    f.write("".join(p + "\n" for p in PIECES))
    f.flush()
    for lowercase, strip, chinese in ((True, None, True), (False, None, True), (True, False, True), (False, True, False)):
        t = BertWordPieceTokenizer(f.name, lowercase=lowercase, strip_accents=strip, handle_chinese_chars=chinese)
        for text, pair, maximum in [(x, None, 0) for x in TEXTS] + [(x, y, m) for x, y in PAIRS for m in (0, 12, 13)] + [(x, None, 5) for x in TEXTS[2:5]]:
            t.no_truncation()
            full = [len(t.encode(x, add_special_tokens=False).ids) for x in (text, pair) if x is not None]
            if maximum: t.enable_truncation(maximum)
            e = t.encode(text, pair)
            out["cases"].append(dict(
                lowercases=lowercase, stripsAccents=lowercase if strip is None else strip, isolatesChinese=chinese, text=text, pair=pair, maximumLength=maximum or None,
                ids=e.ids, types=e.type_ids, starts=[s for s, _ in e.offsets], ends=[s for _, s in e.offsets], words=[-1 if w is None else w for w in e.word_ids],
                truncated=[n - e.sequence_ids.count(i) for i, n in enumerate(full)]))
pathlib.Path(__file__).with_name("golden_encodings.json").write_text("{\"pieces\": " + json.dumps(out["pieces"]) + ", \"cases\": [\n" + ",\n".join(json.dumps(c) for c in out["cases"]) + "\n]}\n")
print(len(out["cases"]), "cases")
