"""A value of a rule as somebody types it: a number without its unit, one word or one infection a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.facts.wording import quoted
from coordinator.domain.policies.rules import UNKNOWN, Rule, Shape
from coordinator.domain.policies.values import unit_words
from coordinator.domain.typed_numbers import typed_number
from coordinator.sayings import Saying, joined, saying

_MOST = 10_000
_AMOUNT = re.compile(r"([+-]?\d(?:[\d.,]*\d)?)\s*(.*)", re.DOTALL)
_SEVERAL = re.compile(r"[\n;]")


def typed_words(rule: Rule, value: object) -> str:
    """Return a value as it is typed; empty is not known."""
    if value is None:
        return ""
    if rule.shape is Shape.GROUPS and isinstance(value, Sequence):
        return "\n".join(", ".join(names) for names in value)
    if rule.shape is Shape.WORDS and isinstance(value, Sequence):
        return "\n".join(value)
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def read_typed(rule: Rule, text: str) -> object:
    """Return the value that *text* says; "unknown" is not known. A unit behind an amount must be the rule's.

    Raises:
        ValueError: If it is neither an amount nor one of the rule's words; says what it may be.
    """
    typed = text.strip()
    if typed.casefold() in {"", UNKNOWN, str(saying("not known")).casefold()}:
        return None
    if rule.shape in {Shape.WORDS, Shape.GROUPS}:
        return typed_value(rule, _several(rule, typed))
    choice = {one.casefold(): one for one in rule.choices}.get(typed.casefold())
    if choice is not None:
        return choice
    amount = _amount(rule, typed) if rule.shape is Shape.AMOUNT else None
    if amount is None:
        raise ValueError(_what_it_may_be(rule))
    return typed_value(rule, amount)


def _several(rule: Rule, typed: str) -> object:
    lines = [line.strip() for line in _SEVERAL.split(typed) if line.strip()]
    if rule.shape is Shape.WORDS:
        return tuple(lines)
    groups = (tuple(name.strip() for name in line.split(",") if name.strip()) for line in lines)
    return tuple(group for group in groups if group)


def _amount(rule: Rule, typed: str) -> float | None:
    found = _AMOUNT.fullmatch(typed)
    if found is None or not _is_unit(rule, found[2]):
        return None
    try:
        number = typed_number(found[1])
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def _is_unit(rule: Rule, words: str) -> bool:
    """Return whether *words* are nothing, or the rule's unit, all of it or its first word."""
    said = " ".join(words.casefold().split()).rstrip(".")
    whole = {str(unit_words(unit)).casefold() for unit in rule.units}
    firsts = {unit.split(maxsplit=1)[0] for unit in whole}
    return said in {"", *whole, *firsts, *(first.removesuffix("s") for first in firsts)}


def _what_it_may_be(rule: Rule) -> Saying:
    words = [saying("“{word}”", word=one) for one in (*rule.choices, UNKNOWN)]
    if rule.shape is Shape.AMOUNT:
        unit = unit_words(rule.units[0])
        return saying("must be a number of {unit}, or {choices}", unit=unit, choices=joined(", ", words))
    return saying("must be {choices}", choices=joined(", ", words))


def typed_value(rule: Rule, value: Any) -> Any:  # noqa: ANN401 - as TOML, JSON or a field brings it
    """Return *value* as *rule* takes it, ``None`` for "unknown".

    Raises:
        ValueError: If it is none; says what it must be.
    """
    if value is None or value == UNKNOWN:
        return None
    if rule.shape is Shape.WORDS and isinstance(value, list | tuple):
        words = tuple(str(word) for word in value)
        if rule.key in {"questions", "asked_besides"}:
            _check_kinds(words)
        return words
    if rule.shape is Shape.GROUPS and isinstance(value, list | tuple):
        return tuple(tuple(str(name) for name in names) for names in value)
    if value in rule.choices:
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if rule.shape is Shape.AMOUNT and is_number and 0 <= value <= _MOST:
        return value
    choices = quoted((*rule.choices, UNKNOWN))
    if rule.shape is Shape.AMOUNT:
        raise ValueError(
            saying("must be a number from 0 to {most}, or {choices}", most=_MOST, choices=choices)
        )
    raise ValueError(saying("must be {choices}", choices=choices))


def _check_kinds(words: tuple[str, ...]) -> None:
    known = [kind.value for kind in FactKind]
    for word in words:
        if word not in known:
            said = saying(
                "cannot ask for “{word}”; what can be asked is {kinds}", word=word, kinds=tuple(known)
            )
            raise ValueError(said)
