"""How much alcohol an answer tells, in whatever drinks, as ounces of spirits a day.

What a drink holds is the policy's; which words are drinks, glasses and habits stands in
``resources/drinks.toml``. What cannot be reckoned is left to be asked: an amount is never guessed
low, and of a range the most counts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from coordinator.domain.policies.profiles import Policy
from coordinator.domain.volume import Volume

Sizes = tuple[tuple[str, float], ...]
"""Ounces of a drink of each kind that has the same alcohol as one of the others."""

_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "couple": 2, "few": 4, "half": 0.5, "½": 0.5, "1/2": 0.5, "once": 1,
    "twice": 2,
}  # fmt: skip
_DAYS_OF_WEEK: Final = {
    "weekday": 5, "weeknight": 5, "weekend": 2, "mon": 1, "tues": 1, "wednes": 1, "thurs": 1, "fri": 1,
    "satur": 1, "sun": 1,
}  # fmt: skip
_WEEK: Final = 7
_RARELY: Final = 1
_SOME_DAYS: Final = 3
"""More days of a week than these look like a habit; that only leads to asking how much."""
_DAYS_IN: Final = {"d": 1, "n": 1, "e": 1, "w": _WEEK, "m": 30, "y": 365}
_MARK: Final = " § "
_MONTH: Final = r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_NO_AMOUNT: Final = re.compile(
    rf"\d{{4}}-\d\d?-\d\d?|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?\b"
    rf"|{_MONTH}\s+\d{{4}}|\b(?:19|20)\d\d\b|\b(?:no|not) more than\b|\b(?:less than|up to|at most)\b"
    r"|\d+(?:\.\d+)?(?:\s*-\s*\d+)?\s*(?:h|hrs?|hours?|min(?:ute)?s?|[ap]\.?m)\b\.?"
)
"""Days and times of day, whose numbers tell no amount, and words that only say what is the most."""


@dataclass(frozen=True, slots=True)
class Drinking:
    """What an answer tells, with its words.

    ``spirits_a_day`` is ``None`` where it cannot be reckoned; ``may_be_daily`` then says whether it looks
    like a habit. Where it is not told on how many days (``days_told``), it is as if she drank every day.
    """

    words: str
    spirits_a_day: float | None = None
    days_told: bool = True
    may_be_daily: bool = False


def drink_sizes(policy: Policy) -> Sizes:
    """Return the drinks of *policy* by kind; none where it does not know what a drink is."""
    kinds = ("spirits", "wine", "beer")
    values = [policy[f"drink_{kind}"].value for kind in kinds]
    if not all(isinstance(value, int | float) and value > 0 for value in values):
        return ()
    return tuple(zip(kinds, map(float, values), strict=True))


@lru_cache(maxsize=1024)
def drinking(subject: str, raw: str, sizes: Sizes) -> Drinking:
    """Return what an answer tells: what it is about and the whole cell, whichever tells of more."""
    told = [_read(words, dict(sizes)) for words in dict.fromkeys((subject, raw)) if words.strip()]
    return max(told, key=lambda one: (one.may_be_daily, one.spirits_a_day or 0), default=Drinking(subject))


@dataclass(frozen=True)
class _Grammar:
    """The words of drinks as patterns, amounts in the order they are looked for."""

    of_class: Mapping[str, re.Pattern[str]]
    kinds: Mapping[str, str]
    containers: Mapping[str, Mapping[str, Any]]
    amounts: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    """Return the patterns, made once from the list of words."""
    file = resources.files("resources").joinpath("drinks.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    by_class: dict[str, list[str]] = {}
    for table in tables.values():
        by_class.setdefault(table["class"], []).extend(table["words"])
    any_of = {name: _any_of(words) for name, words in by_class.items()}
    kinds = [(key, table) for key, table in tables.items() if table["class"] == "kind"]
    boxes = [table for table in tables.values() if table["class"] == "container"]
    return _Grammar(
        {name: re.compile(rf"\b{pattern}\b") for name, pattern in any_of.items()},
        {word: key for key, table in kinds for word in table["words"]},
        {word: table for table in boxes for word in table["words"]},
        _amounts(any_of),
    )


def _any_of(words: list[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


_WORD_NUMBER: Final = r"(?:(?:a|half) )?(?:couple|few|half)(?: (?:of|an?))*|" + "|".join(
    sorted((word for word in _NUMBERS if word.isalpha() and len(word) > 2), key=len, reverse=True)
)
_FIGURE: Final = r"1/2|½|\d+(?:\.\d+)?"
_TOLD: Final = rf"(?:{_FIGURE}|{_WORD_NUMBER})"
_NUMBER: Final = rf"(?:{_TOLD}(?:\s*(?:-|–|to|or|/)\s*{_TOLD})?|\ban?\b)(?![\d.])\+?"
_UNIT: Final = r"(?:fl\.?\s*)?(?:ounces?|oz|ml)\b\.?"

_SPAN: Final = r"(days?|nights?|evenings?|week|wk|month|mo|year|yr)\b"
_TIMES: Final = re.compile(
    rf"\b({_TOLD}(?:\s*(?:-|–|to|or)\s*{_TOLD})?)"
    rf"\s*(x|times?|days?|nights?|evenings?)?\s*(?:an?\b|per|/|each|every|out of the)?\s*{_SPAN}"
)
_RATE: Final = re.compile(rf"§\s*,?\s*(?:an?\b|per|/|each|every)\s*{_SPAN}")
_NAMED_DAYS: Final = re.compile(rf"\b({'|'.join(_DAYS_OF_WEEK)})(?:day)?s?\b")
_BARE: Final = re.compile(rf"\b{_TOLD}(?:\s*-\s*{_FIGURE})?")


def _amounts(any_of: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of amounts: with ounces, in a container, counted."""
    count, plain = rf"(?:\b(?P<count>{_NUMBER})\s*(?:x\s*)?)?", rf"(?:{any_of['plain']}\s+)*"
    size = rf"(?<![\d.])(?P<size>{_FIGURE}(?:\s*-\s*{_FIGURE})?)\s*-?\s*(?P<unit>{_UNIT})"
    box, kind = rf"(?P<box>{any_of['container']})\b", rf"{plain}(?P<kind>{any_of['kind']})\b"
    poured = rf"{count}{plain}{box}(?:\s*(?:of\s+)?{kind})?"
    return (
        re.compile(rf"{poured}\s*[(,]?\s*{size}\)?"),
        re.compile(rf"{count}{plain}{size}\s*(?:{plain}{box})?(?:\s*(?:of\s+)?{kind})?"),
        re.compile(poured),
        re.compile(rf"\b(?P<count>{_NUMBER})\s*{kind}"),
    )


def _read(words: str, sizes: Mapping[str, float]) -> Drinking:
    grammar = _grammar()
    text = _NO_AMOUNT.sub(" ", " ".join(words.casefold().split()))
    amounts, text = _take_amounts(text, sizes, grammar)
    days, is_counted, text = _days_a_week(text, grammar)
    drink = sizes.get("spirits", 0.0)
    amounts += [drink * _number(one) for one in _BARE.findall(text)]
    if is_counted and not amounts:
        amounts = [drink]  # "1-2 a week" counts drinks.
    if grammar.of_class["much"].search(text):
        return Drinking(words, may_be_daily=True)
    if not (sizes and amounts) or None in amounts:
        is_habit = days is not None and days > _SOME_DAYS
        return Drinking(words, may_be_daily=is_habit or (days is None and bool(amounts)))
    total = sum(amount for amount in amounts if amount is not None)
    return Drinking(words, total * (_WEEK if days is None else days) / _WEEK, days_told=days is not None)


def _take_amounts(text: str, sizes: Mapping[str, float], grammar: _Grammar) -> tuple[list[float | None], str]:
    """Return the amounts told, each in ounces of spirits or ``None``, and *text* with a mark for each."""
    amounts: list[float | None] = []
    for pattern in grammar.amounts:
        amounts += [_spirits(match, sizes, grammar) for match in pattern.finditer(text)]
        text = pattern.sub(_MARK, text)
    return amounts, text


def _spirits(match: re.Match[str], sizes: Mapping[str, float], grammar: _Grammar) -> float | None:
    """Return an amount as ounces of spirits; ``None`` where it tells no number or an unknown measure."""
    told = match.groupdict()
    box, count = told.get("box") or "", told["count"]
    table = grammar.containers.get(box, {})
    kind = grammar.kinds.get(told.get("kind") or "", table.get("of", "any"))
    drink = sizes.get("spirits")
    if drink is None or "+" in (count or "") or (not count and box.endswith("s") and box != "glass"):
        return None
    # An ounce of nobody knows what may be one of spirits.
    to_spirits = drink / sizes[kind] if kind in sizes else 1.0
    ounces = drink / to_spirits if kind in sizes else drink
    if told.get("size"):
        unit = Volume.from_ml(1).oz if told["unit"].startswith("ml") else 1.0
        ounces = _number(told["size"]) * unit
    elif "oz" in table:
        if kind not in table["oz"]:
            return None
        ounces = table["oz"][kind]
    return (_number(count) if count else 1.0) * ounces * to_spirits


def _number(words: str) -> float:
    """Return the number that *words* tell, the most of a range."""
    parts = re.findall(rf"{_FIGURE}|[a-z]+", words)
    numbers = [_NUMBERS[part] if part in _NUMBERS else float(part) for part in parts if _is_number(part)]
    if "half" in parts:
        return 0.5
    if "couple" in parts or "few" in parts:
        numbers = [number for number in numbers if number > 1]
    return float(max(numbers, default=1))


def _is_number(part: str) -> bool:
    return part in _NUMBERS or part.replace(".", "").isdecimal()


def _days_a_week(text: str, grammar: _Grammar) -> tuple[float | None, bool, str]:
    """Return on how many days a week, whether drinks a week are counted, and *text* without those words.

    Counted times come before days that are named, and these before a rate; whatever says every day counts
    before all of them. "A week" and more behind an amount makes that amount the week's.
    """
    told = _TIMES.findall(text)
    times = [_number(count) * _WEEK / _DAYS_IN[span[0]] for count, _, span in told]
    counts_drinks = any(not unit for _, unit, _ in told)
    text = _TIMES.sub(" ", text)
    rates = [span[0] for span in _RATE.findall(text)]
    text = _RATE.sub(" ", text)
    named = sum(_DAYS_OF_WEEK[name] for name in _NAMED_DAYS.findall(text))
    has = {name: bool(pattern.search(text)) for name, pattern in grammar.of_class.items()}
    for name in ("daily", "rare", "habit"):
        text = grammar.of_class[name].sub(" ", text)
    days: float | None = None
    if has["daily"]:
        days = _WEEK
    elif times:
        days = max(times)
    elif named:
        days = min(named, _WEEK)
    elif rates:
        days = max(_WEEK if _DAYS_IN[rate] == 1 else _WEEK / _DAYS_IN[rate] for rate in rates)
    elif has["rare"] or has["habit"]:
        days = _RARELY if has["rare"] else _WEEK
    return days, counts_drinks, text
