"""A language nobody speaks: every text that is marked comes back as «ẋ…», longer and accented.

Whatever is shown without that is not marked. ``speaking_it`` turns the program to it and back,
``left_in_english`` finds what stayed English in a text somebody was shown, ``stored_texts`` what is data.
"""

from __future__ import annotations

import calendar
import gettext
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from enum import Enum
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from coordinator.sayings import use_catalogue
from resources._build.gather_sentences import CATALOGUE

_ACCENTED = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
_LONGER = 0.35
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN_VOWEL = re.compile("[aeiouyAEIOUY]")
_MARKS = re.compile("([«»])")
_CODE = re.compile(r"\w*(?:_\w+)+|[\w./-]+\.(?:csv|db|pdf|png|sqlite|xlsx)\b|https?://\S+")
"""Keys, file names and addresses."""
_DAYS = {*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr}


def pseudo(source: str) -> str:
    """Return *source* as «ẋ…»: vowels accented, about 35 % longer, fields in braces and ``%n`` kept."""
    said = "".join(
        words.translate(_ACCENTED).replace("{", "{{").replace("}", "}}") + _field(name, form)
        for words, name, form, _ in Formatter().parse(source)
    )
    more = round(len(source) * _LONGER)
    filler = " ".join("ẋ" * min(7, more - at) for at in range(0, more, 8))
    return f"«ẋ {said} {filler}»" if filler else f"«ẋ {said}»"


def _field(name: str | None, form: str | None) -> str:
    if name is None:
        return ""
    return f"{{{name}:{form}}}" if form else f"{{{name}}}"


@cache
def pseudo_catalogue() -> gettext.GNUTranslations:
    """Return the catalogue of that language, made of every source the program says."""
    found = read_po(BytesIO(CATALOGUE.read_bytes()))  # another test compares it with the sources
    for message in found:
        if message.id:
            ids = message.id
            message.string = pseudo(ids) if isinstance(ids, str) else tuple(map(pseudo, ids))
    file = BytesIO()
    write_mo(file, found)
    file.seek(0)
    return gettext.GNUTranslations(file)


@contextmanager
def speaking_it() -> Iterator[None]:
    """Let the coordinator package speak that language, and English again afterwards."""
    use_catalogue(pseudo_catalogue())
    try:
        yield
    finally:
        use_catalogue(gettext.NullTranslations())


@pytest.fixture
def pseudo_language() -> Iterator[None]:
    """Let a test run in that language."""
    with speaking_it():
        yield


def left_in_english(shown: str, data: Iterable[str] = ()) -> list[str]:
    """Return the words in *shown* that stayed English: outside every «…», or inside it and with plain vowels.

    Keys, file names and addresses are taken out of it first, then what is *data*, the longest text first.
    """
    shown = without(_without_codes(shown), map(_without_codes, data))
    depth, left = 0, list[str]()
    for piece in _MARKS.split(shown):
        if piece in "«»":
            depth = max(0, depth + (1 if piece == "«" else -1)) if piece else depth
            continue
        left += [word for word in _WORD.findall(piece) if depth == 0 or _PLAIN_VOWEL.search(word)]
    return [word for word in left if word not in _DAYS]


def without(shown: str, data: Iterable[str]) -> str:
    """Return *shown* with each whole text of *data* taken out."""
    words, by_word = _words(shown), _by_word(frozenset(data))
    # Most of the thousands have a word that is not there: far quicker than looking for the whole text.
    likely = {text for word in words | {""} for text in by_word.get(word, ()) if words >= _words(text)}
    for text in sorted(likely, key=len, reverse=True):
        if text in shown:
            shown = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", " ", shown)
    return shown


@lru_cache(maxsize=16)
def _by_word(data: frozenset[str]) -> dict[str, list[str]]:
    """Return the texts of *data*, each by its longest word, as that stands in fewest texts."""
    found = defaultdict[str, list[str]](list)
    for text in filter(None, data):
        found[max(_words(text), key=len, default="")].append(text)
    return found


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


@cache
def _without_codes(text: str) -> str:
    return " ".join(_CODE.sub(" ", text).split())


def stored_texts(network: Path) -> set[str]:
    """Return every text stored in the tables of *network*, but for the program's own values (``active``)."""
    with closing(sqlite3.connect(network)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = {
            cell
            for name in names
            for row in connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - names of our own tables
            for cell in row
            if isinstance(cell, str)
        }
    return {text for cell in cells - values_of_the_program() if _WORD.search(text := " ".join(cell.split()))}


def values_of_the_program() -> set[str]:
    """Return the values of all enumerations of the program: stored as codes, and marked where shown."""
    kinds = list(Enum.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
    ours = [kind for kind in kinds if kind.__module__.startswith(("coordinator", "ui"))]
    return {str(one.value) for kind in ours for one in kind}
