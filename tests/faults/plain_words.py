"""A second, blunt look at typed answers, which knows only doubts and shares nothing with the reader.

``doubt`` says why an answer cannot be as good as it was read: a word nobody knows, a "maybe", a thing that
nothing denies, a day that lies ahead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from coordinator.domain.policies.verdicts import VerdictKind
from tests.judged_answers import FIRST, LAST, TODAY, Judged

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d)|(?P<us>\d{1,2}/\d{1,2}/\d{4})"
    rf"|(?P<name>(?:{'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}})"
    rf"|(?P<month>(?:\b\d{{1,2}}/|(?:{'|'.join(MONTHS)}) )\d{{4}}\b)|(?P<year>\b20\d\d\b)"
)
_WORD = re.compile(r"<\d+>|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[^\w\s]")
_CLAUSE = re.compile(r"[,;.()\n:/+&]| - |\b(?:but|and|except|then|or|plus)\b")

DATA: Mapping[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "data/plain_words.toml").read_text("utf-8")
)


def _words(key: str) -> frozenset[str]:
    return frozenset(DATA[key].split())


OFF_TOPIC: tuple[str, ...] = tuple(DATA["off_topic"].split())
HEDGES: tuple[str, ...] = tuple(DATA["hedges"].split())
_NEGATORS, _TURNED, _STARTS = _words("negators"), _words("turned"), _words("starts")
_STOPS, _ONCE, _LONG_AGO = _words("stops"), _words("once"), _words("long_ago")
_THINGS = {field: frozenset(words.split()) for field, words in DATA["things"].items()}
PANEL = (
    ("hiv",),
    ("htlv",),
    ("hbv", "hep b", "hepatitis b"),
    ("hcv", "hep c", "hepatitis c"),
    ("syphilis", "rpr"),
)
_WHOLE_PANEL = re.compile(r"\bfull\b|\bpanel\b|\ball\b|\beverything\b")
_NOT_NEGATIVE = re.compile(
    r"\b(?:pos|positive|reactive|pending|unknown|awaiting|waiting|ordered|equivocal|indeterminate|borderline|yet|due|"
    r"refused|repeat|immune|vaccinated|except|treated|inconclusive|lost|scheduled|no|not|never|without|none)\b|[+?]"
)
_SAYS_NEGATIVE = re.compile(
    r"\b(?:non|not) ?-?(?:reactive|detected)\b|\bnone (?:detected|reactive)\b|\bnonreactive\b"
)


_LIKE = 70
"""Likeness (0-100) from which a word may be a food misspelt."""


@dataclass(frozen=True, slots=True)
class _Clause:
    words: tuple[str, ...]

    @property
    def denies(self) -> bool:
        """Whether a "no" of any sort stands in it."""
        return not _NEGATORS.isdisjoint(self.words)

    @property
    def has_day(self) -> bool:
        """Whether a full date stands in it."""
        return any(word.startswith("<") for word in self.words)

    def affirms(self, things: frozenset[str]) -> bool:
        """Whether it names a thing before which no "no" stands."""
        at = next((at for at, word in enumerate(self.words) if word in things), None)
        if at is None:
            return False
        return _NEGATORS.isdisjoint((*self.words[:at], *self.words[at + 1 : at + 3]))


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer as this look sees it: small letters, every full date a mark ``<0>``."""

    text: str
    dates: tuple[tuple[date, date], ...]
    """The first and the last day each of them can mean."""

    @property
    def first(self) -> date:
        """The earliest day told."""
        return min((first for first, _ in self.dates), default=date.max)

    @property
    def last(self) -> date:
        """The latest day told."""
        return max((last for _, last in self.dates), default=date.min)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(_WORD.findall(self.text))

    @property
    def clauses(self) -> tuple[_Clause, ...]:
        return tuple(_Clause(tuple(_WORD.findall(part))) for part in _CLAUSE.split(self.text) if part.strip())

    def has(self, words: frozenset[str] | Sequence[str]) -> str:
        """Return the first of its words that is among *words*."""
        return next((word for word in self.words if word in words), "")


def _seen(text: str) -> _Answer:
    dates: list[tuple[date, date]] = []

    def marked(match: re.Match[str]) -> str:
        dates.append(_days(match))
        return f" <{len(dates) - 1}> "

    plain = _DATE.sub(marked, text.replace("’", "'").replace("t' ", "'t ")).casefold()
    return _Answer(plain, tuple(dates))


def _days(match: re.Match[str]) -> tuple[date, date]:
    if match["year"]:
        return date(int(match["year"]), 1, 1), date(int(match["year"]), 12, 31)
    if match["month"]:
        month_, year = re.split("[/ ]", match["month"])
        month = MONTHS.index(month_) + 1 if month_ in MONTHS else int(month_)
        return date(int(year), month, 1), date(int(year), month, 28)
    on = _day(match)
    return on, on


def _day(match: re.Match[str]) -> date:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    if match["us"]:
        month, day, year = map(int, match["us"].split("/"))
        return date(year, month, day)
    name, day_, year_ = match["name"].replace(",", "").split()
    return date(int(year_), MONTHS.index(name) + 1, int(day_))


def doubt(answer: Judged) -> str:
    """Return why the answer cannot come to what was read, or nothing; what is asked is never doubted."""
    mild = [day for day, is_mild in mild_by_day(answer) if is_mild]
    if not mild:
        return ""
    seen = _seen(answer.text)
    return _doubt_of_any(seen) or _doubt_of_field(answer.field, seen, mild)


def _doubt_of_any(seen: _Answer) -> str:
    if word := seen.has(OFF_TOPIC):
        return f"“{word}” is part of no such answer"
    if (word := seen.has(HEDGES)) or "?" in seen.text:
        return f"“{word or '?'}” leaves it open"
    if seen.first > TODAY and seen.dates:
        return f"{seen.first} lies ahead"
    return ""


def _doubt_of_field(field: str, seen: _Answer, mild: Sequence[date]) -> str:
    if field == "blood_tests":
        return _doubt_of_tests(seen)
    if field == "foods_avoided":
        return _doubt_of_foods(seen)
    if field == "freezer":
        return _doubt_of_place(seen)
    doubts = (*_doubts_of_words(field, seen, mild), *_doubts_of_days(field, seen, mild))
    return doubts[0] if doubts else ""


def mild_by_day(answer: Judged) -> Iterator[tuple[date, bool]]:
    """Yield each day, and whether milk of it looks milder than "ask" to any family.

    A glass of wine and heat-treated bags are "nothing against it, if" when told: that is no milder there.
    """
    limit = VerdictKind.NO_OBJECTION_IF if answer.field in {"alcohol", "heat_treated"} else VerdictKind.ASK
    for place in range((LAST - FIRST).days + 1):
        yield FIRST + timedelta(days=place), any(days[place] < limit for days in answer.days)


def _doubts_of_words(field: str, seen: _Answer, mild: Sequence[date]) -> Iterator[str]:
    things = _THINGS[field]
    if len(mild) == (LAST - FIRST).days + 1 and not _all_before(seen):
        for before, clause in pairwise((_Clause(()), *seen.clauses)):
            goes_on = before.denies and things.issuperset(word for word in clause.words if word != "any")
            if clause.affirms(things) and not clause.has_day and not goes_on:
                yield f"“{' '.join(clause.words)}” is denied by nothing"
    if (
        not seen.dates
        and not seen.has(_LONG_AGO)
        and field != "medicines"
        and (word := seen.has(_STOPS - {"free", "last"}))
    ):
        yield f"“{word}” without a day"
    for clause in seen.clauses:
        if turned := _turned(clause.words):
            yield f"“{turned}” turns it round"


def _all_before(seen: _Answer) -> bool:
    """Whether all days told are so long before the lot that they say nothing of its milk."""
    return bool(seen.dates) and seen.last <= FIRST


def _turned(words: tuple[str, ...]) -> str:
    """Return a "no" before another one in the same breath: "never without", "not dairy free"."""
    for at, word in enumerate(words):
        if word in {"not", "never", "without", "don't", "haven't"}:
            later = next((one for one in words[at + 1 : at + 4] if one in _TURNED), "")
            if later not in {"", word} and not (word == "not" and "since" in words):
                return f"{word} … {later}"
    return ""


def _doubts_of_days(field: str, seen: _Answer, mild: Sequence[date]) -> Iterator[str]:
    if not seen.dates or field in {"medicines", "heat_treated"}:
        yield from _doubt_of_course(seen, mild) if field == "medicines" and seen.dates else ()
        return
    first, last = seen.first, seen.last
    is_event = field == "tattoo"
    if mild[0] < first and not is_event and not seen.has(_ONCE):
        yield f"says nothing of the days before {first}"
    affirmed = any(clause.affirms(_THINGS[field]) for clause in seen.clauses)
    if mild[-1] >= last and is_event and affirmed and last >= FIRST - timedelta(days=300):
        yield f"an event on {last}"
    if mild[-1] >= last and not is_event and not seen.has(_ONCE) and not seen.has(_STOPS):
        started = any(not _STARTS.isdisjoint(one.words) and not one.denies for one in seen.clauses)
        if started:
            yield f"may have gone on after {last}"


def _doubt_of_course(seen: _Answer, mild: Sequence[date]) -> Iterator[str]:
    last = seen.last
    stops = seen.has(_STOPS - {"free"})
    affirmed = any(clause.affirms(_THINGS["medicines"]) for clause in seen.clauses)
    if len(seen.dates) == 1 and stops and affirmed and not seen.has(_STARTS | _ONCE) and mild[0] < last:
        yield f"taken before {last}"
    if affirmed and seen.has(("since", "started", "starting")) and not stops and mild[-1] >= last:
        yield f"taken since {last}"


def _doubt_of_tests(seen: _Answer) -> str:
    plain = _SAYS_NEGATIVE.sub("negative", seen.text.replace("-", " "))
    if not seen.dates:
        return "no day"
    if danger := _NOT_NEGATIVE.search(plain):
        return f"“{danger[0]}” is no negative result"
    missing = [names[0] for names in PANEL if not any(_is_named(name, plain) for name in names)]
    if missing and not _WHOLE_PANEL.search(plain):
        return f"{missing[0]} is not named"
    return ""


def _is_named(name: str, text: str) -> bool:
    """Whether *text* names an infection, a letter or two out of place at most."""
    alike = (fuzz.ratio(word, name) for word in text.split() if len(name) > len("hiv"))
    return bool(re.search(rf"\b{name}\b", text)) or max(alike, default=0) >= _LIKE


def _doubt_of_foods(seen: _Answer) -> str:
    foods = (
        "soy",
        "soya",
        "egg",
        "eggs",
        "peanut",
        "peanuts",
        "nuts",
        "vegan",
        "legumes",
        "allergens",
        "top",
    )
    if not any(fuzz.ratio(word, food) > _LIKE for word in seen.words for food in foods):
        return "no such food is named"
    eaten = re.search(r"\b(?:eat|eats|eating|love|not avoiding|don't avoid)\b", seen.text)
    denied = r"\b(?:don't|didn't|not|never|no|can't|cannot)\b"
    if eaten and not re.search(denied, seen.text[: eaten.start()] or eaten[0]):
        return f"“{eaten[0]}” is no avoiding"
    return ""


def _doubt_of_place(seen: _Answer) -> str:
    if trouble := re.search(r"\b(?:power|thaw\w*|melt\w*|cooler|room|counter|unplugged|warm)\b", seen.text):
        return f"“{trouble[0]}” is told"
    fridge = re.search(r"\b(?:fridge|refrigerator)\b", seen.text)
    if fridge and not re.search(r"\b(?:freezer|above|over|top|bottom|door|combo|freeze|side)\b", seen.text):
        return f"“{fridge[0]}” is no freezer"
    return ""
