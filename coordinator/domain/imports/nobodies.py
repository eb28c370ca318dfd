"""Rows that are nobody: totals, headings inside the list, headers once more, rows with nothing in them.

A row with an e-mail address or a phone number is somebody, whatever else it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from coordinator.domain.imports.shapes import tells_contact
from coordinator.domain.imports.table import LeftOutRow, SourceRow
from coordinator.sayings import NOTHING, Saying, plural, saying

_TOTAL = re.compile(
    r"\W*(?:grand |sub-?\s?|running |gran |sous-?)?(?:(?:totals?|totales|totaux)\b.{0,40}"
    r"|(?:sum|suma|somme|average|avg|mean|count|promedio|moyenne)(?: of)?\W*"
    r"(?:oz|ounces?|ml|bags?|donors?|rows?)?\W*)",
    re.IGNORECASE | re.DOTALL,
)
_MAY_BE_TOTAL = re.compile(r"\b(?:sub-?\s?|sous-?)?(?:totals?|totales|totaux)\b", re.IGNORECASE)
"""A word in a name that stands for many: "Dover total", "Subtotal York"."""
_SURNAME = re.compile(r"\btotal\s+(?:family|household)\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"[~≈<>$]?\s?-?\d[\d.,\s]*\s?(?:%|oz\.?|ozs?|ounces?|ml|millilit\w+|l|lit\w+|bags?|bottles?|gal\w*|lbs?|rows?|donors?"
    r"|famil\w+|people|miles?|hours?)?\.?",
    re.IGNORECASE,
)
_NO_TICK = {"false", "falsch", "faux", "falso", "☐", "-", "–", "—"}
_PART = re.compile(
    r"(?:open-ended )?(?:responses?|comments?)|other \(please specify\)|respuesta(?: abierta)?"
    r"|réponse(?: ouverte)?|offene antwort",
    re.IGNORECASE,
)
_IMPORT_ID = re.compile(r"""\{["']ImportId["']\s*:""")
_DRAWN = re.compile(r"[-=*_#~•►>+.\s]{3,}.*|.*[-=*_#~•◄<+]{3,}\s*|.*:\s*")
_SECTION = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr"
    r"|jun|jul|aug|sept?|oct|nov|dec|spring|summer|fall|autumn|winter|week|month|quarter|new|old|current|active"
    r"|inactive|paused|approved|pending|waiting|waitlist|list|done|closed|archived?|donors?|donations?|famil(?:y|ies)"
    r"|recipients?|drivers?|volunteers?|babies|route|area|region|county|town|north|south|east|west|section|group|notes?"
    r"|updated|page|end|below|above|do not|call|urgent|priority|20\d\d)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][^\d_@:;=*#<>()]{0,60}")
_NAME_HEADER = re.compile(
    r"name|\bfirst\b|\blast\b|nombre|\bnom\b|who\b|parent|mother|\bmom|\bmum|mama|madre|mère|donor|famil|driver"
    r"|volunteer|recipient|client|member|person|contact",
    re.IGNORECASE,
)
_FIRST = 4
_LEAST_COLUMNS = 3
_MANY_COLUMNS = 6
_TOLD_LETTERS = 60
_TOLD_EMPTY = 20


def is_second_header(row: SourceRow) -> bool:
    """Whether a survey tool wrote what the columns are once more: ``Open-Ended Response``, an import id."""
    return _tells_parts(row.words) and not any(map(tells_contact, row.words))


def is_part(word: str) -> bool:
    """Whether a survey tool writes this below a question, instead of the name of a part of it."""
    return _PART.fullmatch(word) is not None


def has_import_ids(row: SourceRow) -> bool:
    """Whether Qualtrics wrote what it calls the columns itself."""
    return sum(map(_is_import_id, row.words)) * 2 > len(row.words)


def sort_out(
    rows: Sequence[SourceRow], headers: Sequence[str]
) -> tuple[tuple[SourceRow, ...], tuple[LeftOutRow, ...]]:
    """Return who is somebody, and the rows that are nobody, each with why.

    One that may be either stays among the people and is unsure.
    """
    told = [(row, row.words) for row in rows]
    numbers = {row.number for row, words in told if _has_only_numbers(row, words)}
    # Where most rows are numbers, that is what the list is.
    is_odd = len(numbers) * 2 < len(rows)
    known = [_plain(header) for header in headers]
    people, left_out = [], []
    for row, words in told:
        why = _why_numbers(words) if is_odd and row.number in numbers else _why_nobody(row, words, known)
        if why:
            left_out.append(LeftOutRow(row.number, row.cells, why))
        else:
            people.append(_doubted(row, words, headers))
    return tuple(people), tuple(left_out)


def empty_rows(header: int, rows: Sequence[SourceRow]) -> tuple[tuple[LeftOutRow, ...], tuple[Saying, ...]]:
    """Return the rows between the filled ones that hold nothing; of very many only that they are there."""
    numbers = [header, *(row.number for row in rows)]
    gaps = [range(above + 1, below) for above, below in pairwise(numbers)]
    count = sum(map(len, gaps))
    if count > _TOLD_EMPTY:
        said = plural("{n} empty row is left out", "{n} empty rows are left out", count)
        return (), (said,)
    return tuple(LeftOutRow(number, (), saying("it is empty")) for gap in gaps for number in gap), ()


def _why_numbers(words: Sequence[str]) -> Saying:
    return saying("only numbers stand there: “{words}”", words=_shown(words))


def _why_nobody(row: SourceRow, words: Sequence[str], headers: Sequence[str]) -> Saying:
    """Say why a row is nobody; *headers* are without capitals."""
    if _repeats(row, words, headers):
        return saying("the headers stand there once more")
    if any(map(tells_contact, words)):
        return NOTHING
    if _tells_parts(words):
        return saying("a second row of headers")
    return _why_empty(row, words) or _why_of_its_own(row, words, headers)


def _why_empty(row: SourceRow, words: Sequence[str]) -> Saying:
    if not words and any(cell.error for cell in row.cells):
        return saying("nothing but errors of formulas stands there")
    if all(word.casefold() in _NO_TICK for word in words):
        return saying("nothing is filled in there")
    return NOTHING


def _why_of_its_own(row: SourceRow, words: Sequence[str], headers: Sequence[str]) -> Saying:
    if _is_total(row, words):
        return saying("it is a total: “{words}”", words=_shown(words))
    if len(words) == 1 and _is_heading(row, words[0], headers):
        return saying("it is a line of its own: “{words}”", words=_shown(words))
    return NOTHING


def _repeats(row: SourceRow, words: Sequence[str], headers: Sequence[str]) -> bool:
    """Whether a row says again what its headers say."""
    if not any(_plain(word) in headers for word in words[:_FIRST]):
        return False
    pairs = [
        (_plain(cell.text), header)
        for cell, header in zip(row.cells, headers, strict=False)
        if not cell.is_blank
    ]
    same = sum(one == other for one, other in pairs)
    return same * 10 >= len(pairs) * 6 and same >= min(2, len(headers))


def _tells_parts(words: Sequence[str]) -> bool:
    """Whether most words are what a survey tool writes below its questions."""
    return sum(is_part(word) or _is_import_id(word) for word in words) * 2 > len(words)


def _is_import_id(word: str) -> bool:
    return _IMPORT_ID.match(word) is not None


def _has_only_numbers(row: SourceRow, words: Sequence[str]) -> bool:
    if not words or not all(map(_AMOUNT.fullmatch, words)):
        return False
    return not _has_day(row) and not any(map(tells_contact, words))


def _is_total(row: SourceRow, words: Sequence[str]) -> bool:
    """Whether a row holds amounts and at most the word for them."""
    named = sum(_TOTAL.fullmatch(word) is not None for word in words)
    amounts = sum(_AMOUNT.fullmatch(word) is not None for word in words) if 0 < named <= 2 else 0
    return amounts > 0 and named + amounts == len(words) and not _has_day(row)


def _has_day(row: SourceRow) -> bool:
    """Whether a row holds a day: then it is an answer, however little it tells."""
    return any(isinstance(cell.value, date) for cell in row.cells)


def _is_heading(row: SourceRow, word: str, headers: Sequence[str]) -> bool:
    """Whether the only filled cell of a row is no name."""
    if len(headers) < _LEAST_COLUMNS:
        return False
    if _TOTAL.fullmatch(word) or _DRAWN.fullmatch(word):
        return True
    if _SECTION.search(word):
        return not _is_under_name(row, headers)
    return not _may_be_name(word)


def _doubted(row: SourceRow, words: Sequence[str], headers: Sequence[str]) -> SourceRow:
    """Return a row to look at that may be a total, or says next to nothing and is not plainly a name."""
    if row.unsure or any(map(tells_contact, words)):
        return row
    if any(map(_may_be_total, _named(row, headers))):
        return replace(row, unsure=saying("it may be a total: is it somebody?"))
    most = 1 if len(headers) < _MANY_COLUMNS else 2
    if len(words) > most or len(headers) < _LEAST_COLUMNS:
        return row
    if _may_be_name(words[0]) and not _SECTION.search(words[0]) and _is_under_name(row, headers):
        return row
    return replace(row, unsure=saying("hardly anything in this row is filled in: is it somebody?"))


def _may_be_total(name: str) -> bool:
    is_called_so = _TOTAL.fullmatch(name) or _MAY_BE_TOTAL.search(name)
    return bool(is_called_so) and not _SURNAME.search(name)


def _named(row: SourceRow, headers: Sequence[str]) -> list[str]:
    """Return what a row is called: what stands under the headers of names, and what it begins with."""
    cells = zip(row.cells, headers, strict=False)
    under = [cell.text.strip() for cell, header in cells if _NAME_HEADER.search(header)]
    return [*row.words[:1], *filter(None, under)]


def _is_under_name(row: SourceRow, headers: Sequence[str]) -> bool:
    at = next(index for index, cell in enumerate(row.cells) if not cell.is_blank)
    return at < len(headers) and bool(_NAME_HEADER.search(headers[at]))


def _may_be_name(word: str) -> bool:
    return bool(_NAME.fullmatch(word)) and len(word.split()) <= 5


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _shown(words: Sequence[str]) -> str:
    text = " ".join(" · ".join(words).split())
    return text if len(text) <= _TOLD_LETTERS else f"{text[:_TOLD_LETTERS]}…"
