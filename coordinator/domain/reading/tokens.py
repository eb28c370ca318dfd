"""An answer cut into words that are known, days, numbers and marks; what is left is an unknown word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from coordinator.domain.reading.dates import DateRule
from coordinator.domain.reading.days import Days, FoundDays, find_days, find_vague_days
from coordinator.domain.vocabulary import Concept, Words, vocabulary

GRAMMAR = "grammar"
"""The list of words that say whether, when and how often; a token of it has the key for its kind."""
WORD, NUMBER, DAY = "word", "number", "day"
COMMA, STOP, SLASH, PLUS, DASH, DOUBT = ",", ";", "/", "+", "-", "?"
_PIECE = re.compile(r"\d+(?:[.,]\d+)?(?![^\W_])|[^\W_]+(?:'[^\W_]+)*|[^\w\s]|\n")
_GLUED = re.compile(r"(\d+(?:\.\d+)?)([a-z%]+)")
_MARKS = {
    ",": COMMA, "(": COMMA, ")": COMMA, "[": COMMA, "]": COMMA, ":": COMMA,
    ";": STOP, ".": STOP, "\n": STOP, "•": STOP, "/": SLASH, "+": PLUS, "&": "and", "-": DASH, "–": DASH,
    "—": DASH, "−": DASH, "?": DOUBT, "%": "unit",
}  # fmt: skip
_SILENT = frozenset("!\"“”'*~’‘")
_FOLDED = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or phrase, with where it stands. ``kind`` is a list's name, or a table's of the grammar."""

    kind: str
    start: int
    end: int
    word: str = ""
    concept: Concept | None = None
    days: Days | None = None

    @property
    def key(self) -> str:
        """The key of its concept; empty for what has none."""
        return self.concept.key if self.concept else ""


Tokens = tuple[Token, ...]


def tokenise(text: str, rule: DateRule, kinds: tuple[str, ...]) -> Tokens:
    """Return the tokens of *text*, with the words of the lists *kinds* before those of the grammar.

    Words that say nothing anywhere ("I", "the") are left out. A misspelt word is the one it is nearest to.
    """
    days = find_days(text, rule)
    pieces = [piece for piece in _pieces(text) if not any(s <= piece.start < e for s, e, _ in days)]
    tokens = [*_phrases(pieces, kinds), *(Token(DAY, start, end, days=one) for start, end, one in days)]
    tokens = _with_vague_days(tokens, find_vague_days(text), kinds)
    return _without_neutral(sorted(tokens, key=lambda one: one.start))


def _with_vague_days(tokens: list[Token], vague: list[FoundDays], kinds: tuple[str, ...]) -> list[Token]:
    """Put days without a year in place of their words, but not of the answer's own words ("HIV 1/2")."""
    for start, end, days in vague:
        inside = [token for token in tokens if token.start < end and start < token.end]
        if all(
            start <= one.start and one.end <= end and one.kind not in {*kinds, DAY, "window"}
            for one in inside
        ):
            tokens = [*(one for one in tokens if one not in inside), Token(DAY, start, end, days=days)]
    return tokens


_JOINING = frozenset({"and", COMMA, SLASH, PLUS})


def _without_neutral(tokens: list[Token]) -> Tokens:
    """Leave out what says nothing; an article belongs to the word behind it ("a pack")."""
    kept: list[Token] = []
    article: Token | None = None
    for token in tokens:
        if token.kind == "neutral" and token.word.startswith("i") and kept and kept[-1].kind in _JOINING:
            # "No smoking and I vape": a pronoun begins a statement of its own.
            kept[-1] = replace(kept[-1], kind=STOP)
        if token.kind != "neutral":
            kept.append(replace(token, start=article.start) if article else token)
        article = token if token.kind == "neutral" and token.word in {"a", "an"} else None
    return tuple(_answered(kept))


def _answered(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens, with "nope" as the "no" it is where it stands for itself."""
    for token, after in zip_longest(tokens, tokens[1:]):
        is_whole = after is None or after.kind in {*_JOINING, STOP, "no", "never", "not"}
        yield replace(token, kind="no") if token.kind == "nope" and is_whole else token


@dataclass(frozen=True, slots=True)
class _Piece:
    word: str
    start: int
    end: int


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield words and marks. A hyphen inside a word parts it; a stop inside a number does not."""
    plain = text.translate(_FOLDED).lower()
    if len(plain) != len(text):
        plain = text.translate(_FOLDED)
    for match in _PIECE.finditer(plain):
        word, start, end = match[0], match.start(), match.end()
        if word in _SILENT or (word == "." and plain[end : end + 1].isalnum()):
            continue
        if word in "-–" and _is_inner(plain, start):
            continue
        if (glued := _GLUED.fullmatch(word)) and (glued[2],) in _grammar_words():
            cut = start + len(glued[1])
            yield _Piece(glued[1], start, cut)
            yield _Piece(glued[2], cut, end)
        else:
            yield _Piece(word, start, end)


@lru_cache(maxsize=1)
def _grammar_words() -> Mapping[Words, Concept]:
    return vocabulary().phrases((GRAMMAR,))


def _is_inner(text: str, at: int) -> bool:
    """Whether a hyphen joins two words ("dairy-free"); between numbers it is a mark ("1-2")."""
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    return (before.isalpha() and after.isalnum()) or (before.isdecimal() and after.isalpha())


def _phrases(pieces: list[_Piece], kinds: tuple[str, ...]) -> Iterator[Token]:
    known, longest = _index(kinds)
    at = 0
    while at < len(pieces):
        for length in range(min(longest.get(pieces[at].word, 0), len(pieces) - at), 0, -1):
            run = pieces[at : at + length]
            concept = known.get(tuple(one.word for one in run))
            if concept is not None:
                kind = concept.key if concept.kind == GRAMMAR else concept.kind
                yield Token(kind, run[0].start, run[-1].end, " ".join(one.word for one in run), concept)
                at += length
                break
        else:
            yield _single(pieces[at], kinds)
            at += 1


@lru_cache(maxsize=32)
def _index(kinds: tuple[str, ...]) -> tuple[Mapping[Words, Concept], Mapping[str, int]]:
    """Return the phrases of *kinds* and of the grammar, and the longest that begins with each word."""
    known = vocabulary().phrases((*kinds, GRAMMAR))
    longest: dict[str, int] = {}
    for words in known:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return known, longest


def _single(piece: _Piece, kinds: tuple[str, ...]) -> Token:
    if piece.word in _MARKS:
        return Token(_MARKS[piece.word], piece.start, piece.end, piece.word)
    if piece.word[0].isdecimal() and not any(char.isalpha() for char in piece.word):
        return Token(NUMBER, piece.start, piece.end, piece.word)
    meant = _misspelt(piece.word, kinds)
    if meant is not None:
        return Token(meant.kind, piece.start, piece.end, piece.word, meant)
    return Token(
        WORD if piece.word.isalnum() or "'" in piece.word else DOUBT, piece.start, piece.end, piece.word
    )


@lru_cache(maxsize=4096)
def _misspelt(word: str, kinds: tuple[str, ...]) -> Concept | None:
    return vocabulary().like(word, kinds) if kinds else None


def words_between(text: str, tokens: Iterable[Token]) -> str:
    """Return the words of *text* from the first to the last of *tokens*, on one line."""
    known = tuple(tokens)
    return " ".join(text[known[0].start : known[-1].end].split()) if known else ""
