"""What a heading owes to the columns at its left: whose it is, what it goes on with, which choice it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from coordinator.domain.imports.columns.heading import Words, words_of
from coordinator.domain.imports.columns.meanings import Lexicon
from coordinator.domain.imports.columns.rules import Parsed
from coordinator.domain.imports.columns.shapes import Cells, Shape

_OF_A_PERSON = frozenset(
    [
        "name", "first", "first_name", "last", "last_name", "full", "middle", "phone", "number", "email",
        "address", "street", "line2", "town", "state", "zip", "area", "birthdate", "born", "date", "age",
        "contact", "residence",
    ]
)  # fmt: skip
"""What is asked of anybody, in words that do not say of whom."""
_BIRTH = frozenset(["birthdate", "born", "age"])


def whose(parsed: Sequence[Parsed], words: Lexicon) -> list[str]:
    """Return of whom each column is: another person's meaning, ``baby``, or nothing for the family's own.

    The section of a form is lost in its sheet: after "Emergency contact", a bare "Phone" is still theirs,
    until something else is asked, or the same is asked again.
    """
    owners: list[str] = []
    owner, told = "", frozenset[str]()
    for one in parsed:
        meant = one.meanings
        named = _person(meant, words)
        if named:
            owner, told = named, meant & _OF_A_PERSON
        elif owner and _is_bare(one) and not meant & told & _OF_A_PERSON - {"date"}:
            told |= meant
        elif not _is_unclear(one):
            owner, told = "", frozenset()
        owners.append(owner)
    return owners


def _person(meant: frozenset[str], words: Lexicon) -> str:
    others = meant & words.groups["others"]
    if others:
        return min(others)
    return "baby" if "baby" in meant and meant & {"name", "first_name", "birthdate", "born"} else ""


def _is_bare(one: Parsed) -> bool:
    solid = [span for span in one.spans if not span.is_light]
    return bool(solid) and all(span.meanings & _OF_A_PERSON for span in solid)


def _is_unclear(one: Parsed) -> bool:
    return all(span.is_unknown or span.is_light for span in one.spans)


def context_factor(topic: str, one: Parsed, owner: str) -> float:
    """Return what the columns at the left make of a guess: somebody else's phone is not ours."""
    if not owner or not _is_bare(one) or one.meanings & {"mother", "parent", "donor", "recipient", "driver"}:
        return 1.0
    if owner == "baby":
        return 1.15 if topic == "baby_born" and one.meanings & _BIRTH else 1.0
    return 0.55


def is_detail(one: Parsed) -> bool:
    """Whether it only goes on with the question at its left: "If yes, please specify"."""
    if "specify" not in one.meanings:
        return False
    first = next((span for span in one.spans if not span.is_light), None)
    rest = {
        "specify",
        "when",
        "howmuch",
        "howmany",
        "howoften",
        "kind",
        "date",
        "note",
        "where",
        "how",
        "why",
    }
    solid = [span for span in one.spans if not span.is_light]
    return all(span.meanings & rest for span in solid) or (
        first is not None and "specify" in first.meanings and len(solid) == 1
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several columns that are one question: a day of a grid, or one box to tick."""

    first: int
    name: str
    is_tick: bool
    stem: Words = ()

    @property
    def words(self) -> Words:
        """The question with this choice behind it."""
        return self.stem + words_of(self.name)


def choices(texts: Sequence[str], parsed: Sequence[Parsed], cells: Sequence[Cells]) -> dict[int, Choice]:
    """Return the columns that are choices of one question, each with the first of its group."""
    found: dict[int, Choice] = {}
    for stem, group in groupby(range(len(texts)), key=lambda at: _stem(texts[at])):
        columns = list(group)
        if len(columns) < 2 or not stem:
            continue
        names = {at: _option(texts[at], parsed[at]) for at in columns}
        are_ticks = all(_is_tick(cells[at], names[at]) for at in columns)
        are_named = all(parsed[at].heading.option for at in columns)
        if len(set(names.values())) == len(columns) and (are_named or are_ticks):
            found |= {at: Choice(columns[0], names[at], are_ticks, stem) for at in columns}
    return found


_SPLIT = re.compile(
    r"^(?P<stem>.{3,}?)\s*(?:\((?P<a>[^()]+)\)|\[(?P<b>[^\[\]]+)\]|(?:\s[-–—:]|>>|:)\s+(?P<c>[^:]+))\s*$",
    re.DOTALL,
)


def _stem(text: str) -> Words:
    match = _SPLIT.match(text.strip())
    return words_of(match["stem"]) if match else ()


def _option(text: str, parsed: Parsed) -> str:
    match = _SPLIT.match(text.strip())
    return (match["a"] or match["b"] or match["c"]).strip() if match else parsed.heading.option


def _is_tick(cells: Cells, option: str) -> bool:
    if cells.share(Shape.TICK) >= 0.9 or not cells.count:
        return True
    return len(cells.texts) == 1 and set(words_of(next(iter(cells.texts)))) <= set(words_of(option))


def chains(is_one: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield (detail, what it is of) for every detail column."""
    last = -1
    for at, one in enumerate(is_one):
        if not one:
            last = at
        elif last >= 0:
            yield at, last
