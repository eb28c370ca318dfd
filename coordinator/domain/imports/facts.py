"""Form answers about a donor turned into dated facts; what has no plain date or meaning stays unclear."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coordinator.domain.facts import Fact, FactKind, Presence
from coordinator.domain.imports.dates import DateRule, FoundDate, find_dates
from coordinator.domain.imports.words import is_no_answer
from coordinator.domain.intervals import shifted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NO = re.compile(
    r"(?:no|none|never|nope|n|n/a|na|false|nothing|not at all|no never|i do ?n[o'’]t|i do not|0)[\s.!]*",
    re.IGNORECASE,
)
_YES = re.compile(r"(?:yes|yep|yeah|y|true|i do|daily|every day|of course|sure)[\s.!]*", re.IGNORECASE)
_STOPPED = re.compile(
    r"\b(?:stopp?ed|quit|gave up|given up|"
    r"(?:free|none|clean|sober|without(?: \w+)?|no(?:t any)?,?(?: \w+){0,2},?) since)\b",
    re.IGNORECASE,
)
_LAST_DAY = re.compile(r"\b(?:until|till|through|thru|last|up to)\b", re.IGNORECASE)
_STARTED = re.compile(r"\b(?:since|started|starting|began|from)\b", re.IGNORECASE)
_VAGUE_DATE = re.compile(
    r"""(?<![\d/])\d{1,2}/\d{1,4}(?![\d/]|\ (?:an?\ |of\ )*(?:glass|bottle|pack|cup|tab|pill|dose|can)s?\b)
    |\b(?:january|february|march|april|june|july|august|september|october|november|december
        |jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|yesterday
        |last\ (?:week|month|year|spring|summer|fall|winter)|(?:weeks?|months?|years?)\ ago)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "Yes and no", "dairy?", "-": neither a yes nor a no.
_UNDECIDED = re.compile(
    r"\W+|.*\?\W*|\W*(?:yes\W+(?:and\W+|or\W+)?no|no\W+(?:and\W+|or\W+)?yes)\b.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FactReading:
    """Facts of one cell and the question it leaves, if any (without the cell, which the caller quotes)."""

    facts: tuple[Fact, ...] = ()
    question: str = ""


def read_dairy(text: str, rule: DateRule) -> FactReading:
    """Return since when she eats or eats no dairy; "free since D" makes D the first day without."""
    if re.fullmatch(r"(?:dairy[- ]free|no dairy|vegan)[\s.!]*", text, re.IGNORECASE):
        return _plain(FactKind.DAIRY, Presence.NO, text)
    if re.match(r"yes\b", text, re.IGNORECASE) and not (
        _is_open(text) or re.search(r"\d|\b(?:but|except|stop|quit|until|free)", text)
    ):
        return _plain(FactKind.DAIRY, Presence.YES, text)
    return _read_habit(FactKind.DAIRY, text, rule)


def read_nicotine(text: str, rule: DateRule) -> FactReading:
    """Return what she smokes or vapes, and until when."""
    return _read_habit(FactKind.NICOTINE, text, rule)


def read_cannabis(text: str, rule: DateRule) -> FactReading:
    """Return what she takes; "edible once, D" is a fact of that one day."""
    return _read_habit(FactKind.CANNABIS, text, rule)


def read_alcohol(text: str, rule: DateRule) -> FactReading:
    """Return her habit in her words; a habit needs no date."""
    return _read_habit(FactKind.ALCOHOL, text, rule)


def read_medicines(text: str, rule: DateRule) -> FactReading:
    """Return one fact per medicine or supplement, dated where it was told."""
    return _read_list(FactKind.MEDICINE, text, rule, _medicine)


def read_events(text: str, rule: DateRule) -> FactReading:
    """Return tattoos, piercings and transfusions, each on its day."""
    return _read_list(FactKind.TATTOO_OR_TRANSFUSION, text, rule, _event)


def read_foods(text: str, _rule: DateRule) -> FactReading:
    """Return the foods she avoids, "vegan" among them."""
    if _NO.fullmatch(text):
        return _plain(FactKind.FOOD_AVOIDED, Presence.NO, text)
    if _is_open(text):
        return _unclear(FactKind.FOOD_AVOIDED, text, "no answer yet")
    plain = re.sub(r"\([^)]*\)", " ", text)
    foods = [part.strip(" .").casefold() for part in re.split(r"[,;/&+]|\band\b", plain)]
    facts = tuple(
        Fact(FactKind.FOOD_AVOIDED, Presence.YES, food, raw=text) for food in dict.fromkeys(foods) if food
    )
    return FactReading(facts) if facts else _unclear(FactKind.FOOD_AVOIDED, text, "what is meant")


def read_blood_tests(text: str, rule: DateRule) -> FactReading:
    """Return the test and its day in her words; which infections it covers is asked unless she names them."""
    if _NO.fullmatch(text):
        return _plain(FactKind.BLOOD_TEST, Presence.NO, text)
    dates = find_dates(text, rule)
    if _is_open(text) or len(dates) != 1:
        return _unclear(FactKind.BLOOD_TEST, text, "which tests, when, and with what result")
    day = dates[0].on
    fact = Fact(FactKind.BLOOD_TEST, Presence.YES, _without(text, dates), day, shifted(day, 1), text)
    is_named = bool(re.search(r"\bhiv\b", text, re.IGNORECASE))
    return FactReading((fact,), "" if is_named else "which infections were tested for, HTLV among them")


def read_heat_treated(text: str, _rule: DateRule) -> FactReading:
    """Return whether bags were scalded; "some" leaves the question which."""
    if _NO.fullmatch(text):
        return _plain(FactKind.HEAT_TREATED, Presence.NO, text)
    if re.match(r"\W*some\b", text, re.IGNORECASE):
        return FactReading(
            (Fact(FactKind.HEAT_TREATED, Presence.YES, "some bags", raw=text),),
            "which bags, and how many ounces",
        )
    if re.match(r"\W*(?:yes|all)\b", text, re.IGNORECASE):
        subject = re.sub(r"^\W*(?:yes|all)\b\W*", "", text, flags=re.IGNORECASE)
        return FactReading((Fact(FactKind.HEAT_TREATED, Presence.YES, subject, raw=text),))
    return _unclear(FactKind.HEAT_TREATED, text, "what is meant")


def describe(fact: Fact) -> str:
    """Return a fact in plain words, for comparing two answers and showing a change."""
    words = [fact.subject] if fact.subject else []
    words.append(fact.presence.value)
    if fact.start:
        words.append(f"from {fact.start.isoformat()}")
    if fact.end:
        words.append(f"until {fact.end.isoformat()}")
    return " ".join(words) if fact.presence is not Presence.UNCLEAR else f"unclear: {fact.raw}"


def _read_habit(kind: FactKind, text: str, rule: DateRule) -> FactReading:
    if _NO.fullmatch(text):
        return _plain(kind, Presence.NO, text)
    if _YES.fullmatch(text):
        return _plain(kind, Presence.YES, text)
    dates = find_dates(text, rule)
    if _is_open(text) or len(dates) > 1:
        return _unclear(kind, text, "what is meant")
    return _dated_habit(kind, text, dates[0], rule) if dates else _undated_habit(kind, text)


def _dated_habit(kind: FactKind, text: str, found: FoundDate, rule: DateRule) -> FactReading:
    span: tuple[date | None, date | None] = (None, None)
    if found.on > rule.today or found.is_ambiguous:
        return _unclear(kind, text, "which day is meant")
    if re.search(r"\bonce\b", text, re.IGNORECASE):
        span = found.on, shifted(found.on, 1)
    elif _STOPPED.search(text):
        span = None, found.on
    elif _LAST_DAY.search(text):
        span = None, shifted(found.on, 1)
    elif _STARTED.search(text) and (kind is not FactKind.DAIRY or re.match(r"yes\b", text, re.IGNORECASE)):
        span = found.on, None
    if span == (None, None):
        return _unclear(kind, text, "what happened on that day")
    subject = "" if kind is FactKind.DAIRY else _subject(_without(text, (found,)))
    return FactReading((Fact(kind, Presence.YES, subject, *span, text),))


def _undated_habit(kind: FactKind, text: str) -> FactReading:
    # "No, I stopped in March" is neither no nor yes for bags of February and of April.
    if _STOPPED.search(text) or _LAST_DAY.search(text) or _VAGUE_DATE.search(text):
        return _unclear(kind, text, "since which day")
    if re.match(r"(?:no|not|never|mostly|hardly)\b", text, re.IGNORECASE) or kind is FactKind.DAIRY:
        return _unclear(kind, text, "what is meant")
    return _plain(kind, Presence.YES, text, re.sub(r"^yes\b\W*", "", text, flags=re.IGNORECASE))


def _read_list(
    kind: FactKind, text: str, rule: DateRule, read_item: Callable[[str, DateRule], Fact]
) -> FactReading:
    if _NO.fullmatch(text):
        return _plain(kind, Presence.NO, text)
    if _is_open(text) or _YES.fullmatch(text):
        return _unclear(kind, text, "which, and when")
    facts = tuple(read_item(item, rule) for item in _items(text, rule))
    if not facts:
        return _unclear(kind, text, "what is meant")
    is_clear = all(fact.presence is not Presence.UNCLEAR for fact in facts)
    return FactReading(facts, "" if is_clear else "on which day, with the year")


def _items(text: str, rule: DateRule) -> Iterator[str]:
    """Split a list at commas and "and", but never inside a date."""
    within = {place for found in find_dates(text, rule) for place in range(found.start, found.end)}
    start = 0
    for match in re.finditer(r"[,;+\n]|\band\b", text):
        if match.start() not in within:
            yield from filter(None, [text[start : match.start()].strip(" .")])
            start = match.end()
    yield from filter(None, [text[start:].strip(" .")])


def _medicine(item: str, rule: DateRule) -> Fact:
    dates, subject = find_dates(item, rule), ""
    subject = _subject(_without(item, dates))
    start, end = _span(item, dates)
    is_vague = _VAGUE_DATE.search(_without(item, dates)) or (dates and start is None and end is None)
    presence = Presence.UNCLEAR if is_vague else Presence.YES
    return Fact(
        FactKind.MEDICINE, presence, subject, None if is_vague else start, None if is_vague else end, item
    )


def _span(item: str, dates: tuple[FoundDate, ...]) -> tuple[date | None, date | None]:
    """Return [start, end) of an item; the last day told is a day with it."""
    if len(dates) == 2 and dates[0].on <= dates[1].on:
        return dates[0].on, shifted(dates[1].on, 1)
    if len(dates) == 1 and re.search(r"\b(?:stopp?ed|quit|off)\b", item, re.IGNORECASE):
        return None, dates[0].on
    if len(dates) == 1 and _LAST_DAY.search(item):
        return None, shifted(dates[0].on, 1)
    if len(dates) == 1 and _STARTED.search(item):
        return dates[0].on, None
    return None, None


def _event(item: str, rule: DateRule) -> Fact:
    dates = find_dates(item, rule)
    subject = _subject(_without(item, dates))
    if len(dates) != 1:
        return Fact(FactKind.TATTOO_OR_TRANSFUSION, Presence.UNCLEAR, subject, raw=item)
    day = dates[0].on
    return Fact(FactKind.TATTOO_OR_TRANSFUSION, Presence.YES, subject, day, shifted(day, 1), item)


def _is_open(text: str) -> bool:
    """Whether the words put the answer off or leave it between yes and no."""
    return is_no_answer(text) or _UNDECIDED.fullmatch(text) is not None


def _without(text: str, dates: tuple[FoundDate, ...]) -> str:
    for found in reversed(dates):
        text = f"{text[: found.start]} {text[found.end :]}"
    return " ".join(text.split())


def _subject(text: str) -> str:
    """Return what an answer is about, without the words that only place it in time."""
    words = r"\b(?:yes|since|from|to|until|till|through|quit|stopp?ed|started|starting|once|on|at birth)\b"
    plain = re.sub(words, " ", text, flags=re.IGNORECASE)
    return re.sub(r"\s+([,;])", r"\1", " ".join(plain.split())).strip(" ,;.-–()")


def _plain(kind: FactKind, presence: Presence, text: str, subject: str = "") -> FactReading:
    return FactReading((Fact(kind, presence, subject, raw=text),))


def _unclear(kind: FactKind, text: str, question: str) -> FactReading:
    return FactReading((Fact(kind, Presence.UNCLEAR, raw=text),), question)
