"""Writes Sources/Tokenization/Unicode/UnicodeData.swift by asking PyPI's `tokenizers` about every code point.

    pip install tokenizers==0.23.3
    python Tests/TokenizationTests/generate_unicode_data.py

The reference program mixes Unicode versions (categories, decompositions and case mappings come from different tables), so
Python's unicodedata would not give its answers. Each string below is base64 of a byte stream; numbers are LEB128.

    classes         runs over all scalars from U+0000: length, class      class = kind + 8 * mark + 16 * rank
                    kind: 0 word, 1 space, 2 dropped, 3 punctuation, 4 isolated (Chinese), 5 Hangul syllable
                    mark: 1 where stripping accents removes it
                    rank: order of the canonical combining class among the classes in use, 0 for a starter
    decompositions  scalar - previous scalar, count, scalars               (canonical, full, without Hangul)
    lowercase       scalar - previous scalar, count, scalars
"""
import base64, functools, pathlib, textwrap
from tokenizers import __version__, normalizers, pre_tokenizers

SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
clean = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False).normalize_str
chinese = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=True, strip_accents=False, lowercase=False).normalize_str
strip = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False).normalize_str
nfd, lower = normalizers.NFD().normalize_str, normalizers.Lowercase().normalize_str
split = pre_tokenizers.BertPreTokenizer().pre_tokenize_str
WORD, SPACE, DROPPED, PUNCTUATION, ISOLATED, HANGUL = range(6)


def kind(c):
    s = chr(c)
    cleaned = clean(s)
    pieces = len(split("a" + s + "b"))
    if cleaned == "": return DROPPED
    if cleaned == " ": return SPACE
    assert cleaned == s and pieces != 2, hex(c)  # white space never outlives the cleaning
    if chinese(s) != s: return ISOLATED
    if pieces == 3: return PUNCTUATION
    return HANGUL if 0xAC00 <= c <= 0xD7A3 else WORD


def ranks(atoms):
    """Orders the non-starters by swapping: NFD exchanges a pair exactly where the first one's class is the greater."""
    low, high = "\u0334", "\u0345"  # classes 1 and 240, the least and the greatest
    marks = [c for c in atoms if nfd(chr(c) + low) != chr(c) + low or nfd(high + chr(c)) != high + chr(c)]
    swaps = lambda a, b: nfd(chr(a) + chr(b)) == chr(b) + chr(a) and a != b
    order = sorted(marks, key=functools.cmp_to_key(lambda a, b: 1 if swaps(a, b) else -1 if swaps(b, a) else 0))
    rank, result = 1, {}
    for before, c in zip([order[0]] + order, order):
        rank += swaps(c, before) or swaps(before, c)
        result[c] = rank
    return result


def number(n):
    out = bytearray()
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes(out + bytes([n]))


def mapping(pairs):
    out, previous = b"", 0
    for c, target in sorted(pairs.items()):
        out += number(c - previous) + number(len(target)) + b"".join(number(ord(t)) for t in target)
        previous = c
    return out


def literal(name, data):
    lines = textwrap.wrap(base64.b64encode(data).decode(), 110)
    return f'    static let {name} = """\n' + "".join(f"        {l}\\\n" for l in lines[:-1]) + f'        {lines[-1]}\n        """\n'


decomposed = {c: nfd(chr(c)) for c in SCALARS if nfd(chr(c)) != chr(c)}
lowered = {c: lower(chr(c)) for c in SCALARS if lower(chr(c)) != chr(c)}
atoms = [c for c in SCALARS if c not in decomposed]
rank = ranks(atoms)
mark = {c for c in atoms if strip(chr(c)) == ""}
kinds = {c: kind(c) for c in SCALARS}

# What the Swift side relies on.
hangul = {c: d for c, d in decomposed.items() if 0xAC00 <= c <= 0xD7A3}
for c, d in hangul.items():
    n = c - 0xAC00
    tail = chr(0x11A7 + n % 28) if n % 28 else ""
    assert d == chr(0x1100 + n // 588) + chr(0x1161 + n % 588 // 28) + tail and c not in lowered
assert len(hangul) == 11172 and all(kinds[ord(x)] == WORD and ord(x) not in rank for d in hangul.values() for x in d)
for c, d in decomposed.items():
    seen = [rank.get(ord(x), 0) for x in d]
    assert 0 not in seen[next((i for i, r in enumerate(seen) if r), len(seen)):], hex(c)  # starters come first
    kept = [x for x in d if ord(x) not in mark]
    assert len(kept) == 1 or all(kinds[ord(x)] in (WORD, HANGUL) for x in kept), hex(c)
    assert kinds[c] in (ISOLATED, DROPPED) or kinds[c] != DROPPED and all(kinds[ord(x)] != DROPPED for x in d), hex(c)
for c in rank:
    assert c in mark or kinds[c] == WORD and c not in lowered, hex(c)

classes, previous, length = b"", None, 0
for c in range(0x110000):
    code = kinds.get(c, DROPPED) + 8 * (c in mark) + 16 * rank.get(c, 0)
    if code != previous and length:
        classes += number(length) + number(previous)
        length = 0
    previous, length = code, length + 1
classes += number(length) + number(previous)

root = pathlib.Path(__file__).resolve().parents[2]
(root / "Sources/Tokenization/Unicode/UnicodeData.swift").write_text(
    f"""/// What the reference tokenizer knows of every scalar; written by Tests/TokenizationTests/generate_unicode_data.py
/// from `tokenizers` {__version__}, which also explains the form.
enum UnicodeData {{
"""
    + literal("classes", classes) + "\n"
    + literal("decompositions", mapping({c: d for c, d in decomposed.items() if c not in hangul})) + "\n"
    + literal("lowercase", mapping(lowered)) + "}\n"
)
print(len(classes), len(decomposed), len(lowered), max(rank.values()), "ranks")
