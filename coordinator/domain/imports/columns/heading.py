"""A heading taken apart: what it asks, what only helps to answer, and the choice it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from coordinator.domain.text import folded

_NUMBERING = re.compile(
    r"^\s*(?:(?:q(?:uestion)?\s*)?\d{1,3}\s*[.):]|q\d{1,3}\b[\s.:_-]*|[a-z][.)]\s)\s*", re.IGNORECASE
)
_MARKS = re.compile(
    r"\(?\b(?:required|optional|mandatory|obligatorio|obligatoire|facultatif)\b\)?|[*✱]", re.IGNORECASE
)
_OPTION = re.compile(r"\[([^\[\]]+)\]\s*$")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|\{([^{}]*)\}")
_EXAMPLE = re.compile(
    r"\b(?:e\.\s?g\.?|i\.\s?e\.?|for example|for instance|such as|examples?:|ex:"
    r"|por ejemplo|p\. ?ej\.?|par exemple|p\. ?ex\.?)\s*",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-Þ])|(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])")  # not in mL
_SUFFIX = re.compile(r"(?:[ _]?\(?(?<![\w])\d{1,2}\)?|\.\d{1,2})\s*$")
_WORDS = re.compile(r"[^\W\d_]+|\d+|#")
_ELIDED = re.compile(r"(?<=\b[dljmnstc])'(?=\w)|(?<=qu)'(?=\w)")
_SHORT = {"'re ": " are ", "'ve ": " have ", "'ll ": " will ", "i'm ": "i am "}
_A_DAY = re.compile(r"(?<=[a-z])\s?/\s?(?=(?:day|week|wk|month|trip|run|shift)\b)")
_SENTENCES = re.compile(r"(?<=[.?!])\s+|\s*\?\s*(?=\S)|\s+/\s+")  # two languages stand side by side
_UNNAMED = re.compile(
    r"untitled(?: question| column| field)?|[fcvq]\d{1,3}|var\d{1,3}"
    r"|(?:column|field|question|columna|colonne|unnamed|header)(?:[ :_-]*\d{1,3}|[ :_-]+[a-z]{1,2})?"
)

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column. ``aside`` stands in brackets, ``help`` on lines below the question."""

    text: str
    words: Words
    aside: Words = ()
    help: Words = ()
    sentences: tuple[Words, ...] = ()
    option: str = ""

    @property
    def is_unnamed(self) -> bool:
        """Whether it says nothing at all: blank, or "Column 1"."""
        return not self.words


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading:
    """Take a heading apart."""
    plain = _NUMBERING.sub("", _MARKS.sub(" ", text).strip())
    option = _OPTION.search(plain)
    if option and option.start() > 0:
        plain = plain[: option.start()]
    lines = [line for line in plain.splitlines() if line.strip()]
    first, rest = (lines[0], lines[1:]) if lines else ("", [])
    asked, *cut = _EXAMPLE.split(first, maxsplit=1)
    help_text = "" if cut else _EXAMPLE.split(" ".join(rest), maxsplit=1)[0]
    aside = [part for match in _BRACKETS.findall(asked) for part in match if part]
    asked = _BRACKETS.sub(" ", asked)
    if not words_of(asked):
        asked, aside = " ".join([*aside, help_text, *cut]), []
    words = () if _says_nothing(asked) else words_of(asked)
    parts = tuple(filter(None, map(words_of, _SENTENCES.split(asked))))
    return Heading(
        text=text,
        words=words,
        aside=words_of(" ".join(aside)) if words else (),
        help=words_of(help_text) if words else (),
        sentences=parts if len(parts) > 1 else (),
        option=option[1].strip() if option and option.start() > 0 else "",
    )


@lru_cache(maxsize=2048)  # the same headings are looked at for each kind of list and each look
def words_of(text: str) -> Words:
    """Return the words of *text* as headings are compared: folded, in the singular, camelCase apart."""
    plain = re.sub(r"[’‘ʼ`´]", "'", _CAMEL.sub(" ", text))
    plain = _ELIDED.sub(" ", re.sub(r"'s\b", "", folded(plain)))
    for short, long in _SHORT.items():
        plain = plain.replace(short, long)
    plain = _A_DAY.sub(" per ", plain).replace("'d ", " d ").replace("d.o.b", "dob").replace("'", "")
    return tuple(map(singular, _WORDS.findall(re.sub(r"(?<=\b[a-z])\.(?=[a-z]\b)", "", plain))))


def singular(word: str) -> str:
    """Return *word* without the ending of a plural; the same for both, whatever it is a word of."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]


def without_copy(text: str) -> str:
    """Return a heading without what a program adds to the second of two alike: "Phone 2", "Phone.1"."""
    return _SUFFIX.sub("", text) or text


def _says_nothing(asked: str) -> bool:
    plain = " ".join(folded(asked).split()).strip(" .:?-_")
    return bool(_UNNAMED.fullmatch(plain)) or not re.search(r"[^\W\d_]|#", plain)
