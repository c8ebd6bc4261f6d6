"""Writes golden_questions.json beside this file: what questions.json, and if it is there SQuAD, must become.

    pip install tokenizers==0.23.3
    python Tests/FineTuningTests/generate_questions.py [DATA FOLDER]

Written from the description of the algorithms, not from our program: contexts are cut at white space and tokenized word by
word, answers are found through words and then tightened to the pieces of the answer, scores use regular expressions.
Of SQuAD, which cannot be given away, only counts and checksums are kept. The exact place of an answer gives other
pieces than the way through words does in 14 of the 10 833 windows of dev-v1.1.json.
"""
import collections, functools, json, pathlib, re, string, sys, tempfile
from tokenizers import BertWordPieceTokenizer

HERE = pathlib.Path(__file__).parent
WORDS = """the a of was built in by and she paid half it gold rest never came ships from north unload salt there goes south train light ##house keeper rise at five
trim wick twice sleep then again west winds bring rain children coffee stands high who harbour when work over what did pay is name which river ends how often does
all yes back an porto ne ##ve ana ort ##iz 187 ##1 ##4 6 ##m m 31 5 day s ##s ##ed ##med ##d . , ; : ? ' " - – — $ ( ) 灯 台 do ##es ##o""".split()
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list(dict.fromkeys(WORDS))
SPACES = " \t\r\n\u202f"


def words_of(context):
    """White-space words, and the word of each character (a space belongs to the word before it)."""
    words, index, fresh = [], [], True
    for c in context:
        if c in SPACES:
            fresh = True
        elif fresh:
            words.append(c)
            fresh = False
        else:
            words[-1] += c
        index.append(len(words) - 1)
    return words, index


@functools.lru_cache(8)
def tokens_of(tok, context):
    """Pieces word by word with the first of each word, and the same by exact places."""
    words, word_at = words_of(context)
    pieces, first = [], []
    for encoding in tok.encode_batch(words, add_special_tokens=False):
        first.append(len(pieces))
        pieces += encoding.ids
    whole = tok.encode(context, add_special_tokens=False)
    assert whole.ids == pieces
    return words, word_at, pieces, first, whole.offsets


def features(tok, question, context, answer, length, stride, query_length, cls, sep):
    ids = lambda text: tok.encode(text, add_special_tokens=False).ids
    query = ids(question)[:query_length]
    words, word_at, pieces, first, offsets = tokens_of(tok, context)
    span = None
    if answer:
        text, start = answer
        w0, w1 = word_at[start], word_at[start + len(text) - 1]
        s, e = first[w0], (first[w1 + 1] if w1 + 1 < len(words) else len(pieces)) - 1
        wanted = ids(text)
        span = next(((i, j) for i in range(s, e + 1) for j in range(e, i - 1, -1) if pieces[i:j + 1] == wanted), (s, e))
    # By exact places instead: what our program does.
    touched = []
    if answer:
        touched = [p for p, (a, b) in enumerate(offsets) if a < start + len(text) and b > start]
    room = length - len(query) - 3
    windows, at = [], 0
    while True:
        n = min(room, len(pieces) - at)
        windows.append((at, n))
        if at + n == len(pieces):
            break
        at += min(n, stride)
    rows = []
    for k, (at, n) in enumerate(windows):
        shift = len(query) + 2 - at
        start, end = (0, 0)
        if span and at <= span[0] and span[1] < at + n:
            start, end = span[0] + shift, span[1] + shift
        best = [p + shift for p in range(at, at + n)] if len(windows) == 1 else []
        for p in range(at, at + n) if len(windows) > 1 else ():
            scores = [min(p - a, a + m - 1 - p) + 0.01 * m if a <= p < a + m else -1 for a, m in windows]
            if scores.index(max(scores)) == k:
                best.append(p + shift)
        exact = (0, 0)
        if touched and at <= touched[0] and touched[-1] < at + n:
            exact = (touched[0] + shift, touched[-1] + shift)
        rows.append(dict(exact=exact, ids=[cls] + query + [sep] + pieces[at:at + n] + [sep], types=[0] * (len(query) + 2) + [1] * (n + 1), start=start, end=end, best=best))
    return rows


def normalize(text):
    text = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", text).split())


def f1(prediction, gold, version2):
    p, g = normalize(prediction).split(), normalize(gold).split()
    if version2 and (not p or not g):
        return float(p == g)
    common = sum((collections.Counter(p) & collections.Counter(g)).values())
    return 2 * common / (len(p) + len(g)) if common else 0.0


def score(prediction, gold, version2):
    if version2:
        gold = [g for g in gold if normalize(g)] or [""]
    return max(float(normalize(prediction) == normalize(g)) for g in gold), max(f1(prediction, g, version2) for g in gold)


def noise(n):
    """Numbers from -5 to 5 that Swift makes as well."""
    state, out = 12345, []
    for _ in range(n):
        state = (state * 1103515245 + 12345) % 2 ** 31
        out.append((state >> 8) % 1001 / 100 - 5)
    return out


def best_answers(tok, question, context, rows, count, longest):
    """Every span of every window, best first; a text counts once."""
    whole = tok.encode(context, add_special_tokens=False)
    found, null = [], []
    for k, row in enumerate(rows):
        values = noise(2 * len(row["ids"]) + 2 * k)[2 * k:]
        starts, ends = values[0::2], values[1::2]
        null.append(starts[0] + ends[0])
        shift = row["shift"]
        last = len(row["ids"]) - 2
        for s in row["best"]:
            for e in range(s, min(s + longest, last + 1)):
                a, b = whole.offsets[s - shift][0], whole.offsets[e - shift][1]
                found.append((-(starts[s] + ends[e]), k, s, e, a, b))
    texts, out = set(), []
    for negative, k, s, e, a, b in sorted(found, key=lambda x: (round(x[0], 6), x[1:])):
        if context[a:b] not in texts and len(out) < count:
            texts.add(context[a:b])
            out.append(dict(text=context[a:b], start=a, end=b, score=-negative))
    return out, min(null)


def threshold(entries):
    """evaluate-v2.0's search, questions with one margin taken together."""
    total = sum(1 for m, s, impossible in entries if impossible)
    best = (total, min(m for m, _, _ in entries) - 1)
    for margin in sorted({m for m, _, _ in entries}):
        total += sum((-1 if impossible else s) for m, s, impossible in entries if m == margin)
        if total > best[0] + 1e-12:
            best = (total, margin)
    return best[0] / len(entries), best[1]


def checksum(rows):
    h = 0xCBF29CE484222325
    for row in rows:
        for x in row["ids"] + row["types"]:
            h = ((h ^ x) * 0x100000001B3) % 2 ** 64
    return f"{h:016x}"


def questions_of(data):
    for article in data["data"]:
        for paragraph in article["paragraphs"]:
            for q in paragraph["qas"]:
                answers = [] if q.get("is_impossible") else [(a["text"], a["answer_start"]) for a in q["answers"]]
                yield q["id"], q["question"], paragraph["context"], answers


out = {"pieces": PIECES, "settings": [], "scores": [], "thresholds": [], "squad": {}}
with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as f:
    f.write("".join(p + "\n" for p in PIECES))
    f.flush()
    tok = BertWordPieceTokenizer(f.name, lowercase=True)
own = list(questions_of(json.loads((HERE / "questions.json").read_text())))
for length, stride, query_length, count, longest in ((32, 8, 10, 5, 6), (48, 128, 20, 20, 30), (384, 128, 64, 3, 1)):
    cases = []
    for qid, question, context, answers in own:
        rows = features(tok, question, context, answers[0] if answers else None, length, stride, query_length, 2, 3)
        at = 0
        for row in rows:
            n = row["types"].count(1) - 1
            row["shift"] = row["types"].count(0) - at
            at += min(n, stride)
        answers, null = best_answers(tok, question, context, rows, count, longest)
        cases.append(dict(id=qid, windows=[{k: v for k, v in r.items() if k not in ("shift", "exact")} for r in rows], answers=answers, null=null))
    out["settings"].append(dict(maximumLength=length, stride=stride, queryTokens=query_length, best=count, longest=longest, cases=cases))

TEXTS = ["the cat", "a cat", "Cat.", "cat, the", "The", "a", "", "...", "an\u2013the cat", "U.S.A.", "usa", "don't stop", "dont  stop", "caf\u00e9 au lait", "CAFE\u0301 au lait",
         "31.5 m", "315 m", "\u00a0x\u3000y\u2028z", "x y z", "a\u0301 b", "\u0391\u03a3 \u0130x", "one two two three", "two one two", "\u00bd cup", "\u2460 the\u2460", "_the_ end", "theatre", "the-atre", "\u4e2d\u6587 \u706f", "x\x1cy"]
state = 7
for i, text in enumerate(TEXTS):
    for golds in ([TEXTS[(i * 7 + 3) % len(TEXTS)], TEXTS[(i + 1) % len(TEXTS)]], [TEXTS[(i * 11 + 5) % len(TEXTS)]], [TEXTS[i - 1], text], []):
        for version2 in (False, True):
            if golds or version2:
                exact, part = score(text, golds, version2)
                out["scores"].append(dict(text=text, gold=golds, version2=version2, exact=exact, f1=part))

for n in (1, 2, 5, 40, 41):
    values = noise(3 * n)
    entries = [(round(values[3 * i] * 2) / 2, abs(values[3 * i + 1]) / 5, values[3 * i + 2] > 0) for i in range(n)]
    value, at = threshold(entries)
    out["thresholds"].append(dict(margins=[e[0] for e in entries], scores=[e[1] for e in entries], impossible=[e[2] for e in entries], best=value, threshold=at))

data = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "../../../shared/data"
if (data / "squad").is_dir():
    tok = BertWordPieceTokenizer(str(data / "vocab/bert-base-uncased-vocab.txt"), lowercase=True)
    for name in ("dev-v1.1.json", "dev-v2.0.reconstructed.json"):
        chosen, total, differing, second = [], 0, 0, [0, 0.0, 0]
        for i, (qid, question, context, answers) in enumerate(questions_of(json.loads((data / "squad" / name).read_text()))):
            rows = features(tok, question, context, answers[0] if answers else None, 384, 128, 64, 101, 102)
            total += len(rows)
            differs = sum(r["exact"] != (r["start"], r["end"]) for r in rows)
            differing += differs
            if len(chosen) < 40 and not differs and (i % 331 == 0 or len(rows) > 2):
                chosen.append(dict(id=qid, windows=len(rows), checksum=checksum(rows), starts=[r["start"] for r in rows], ends=[r["end"] for r in rows], best=[len(r["best"]) for r in rows]))
            if len(answers) > 1:
                exact, part = score(answers[1][0], [a for k, (a, _) in enumerate(answers) if k != 1], name == "dev-v2.0.reconstructed.json")
                second = [second[0] + exact, second[1] + part, second[2] + 1]
        out["squad"][name] = dict(features=total, chosen=chosen, secondAnswer=dict(exact=second[0], f1=second[1], questions=second[2]))
        print(name, total, "windows,", differing, "with another target than by exact places")

lines = lambda xs: "[\n" + ",\n".join(json.dumps(x) for x in xs) + "\n]"
(HERE / "Golden/questions.json").write_text(
    "{\"pieces\": " + json.dumps(PIECES) + ",\n\"settings\": " + lines(out["settings"]) + ",\n\"scores\": " + lines(out["scores"])
    + ",\n\"thresholds\": " + lines(out["thresholds"]) + ",\n\"squad\": " + json.dumps(out["squad"]) + "}\n")
