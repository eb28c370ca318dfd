"""Reads the policy profiles in ``resources/policies``, and refuses one that says less than it must.

An error names the file, the key and the line. A value is ``unknown`` where nobody has seen one; even then it
says in ``seen_in`` that it was not seen, its status and the day.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.adapters.policies.policy_file import PolicyError, PolicyFile, PolicyTable, shipped
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.facts.wording import quoted
from coordinator.domain.policies.further import AskedOf, FurtherQuestion
from coordinator.domain.policies.profiles import Policy, PolicyValue
from coordinator.domain.policies.rules import RULES, UNKNOWN, Rule, Shape
from coordinator.domain.policies.sources import Status
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.sayings import saying

DEFAULT_PROFILE = "community_sharing"
PROFILES = (DEFAULT_PROFILE, "eats_on_feets", "new_york_bank", "washington_bank")
_OTHERWISE = {
    "ask": VerdictKind.ASK,
    "no objection if": VerdictKind.NO_OBJECTION_IF,
    "not a fit": VerdictKind.NOT_A_FIT,
}


@cache
def shipped_profiles() -> tuple[Policy, ...]:
    """Return the profiles this program ships with, the default first; raises ``PolicyError``."""
    return tuple(read_profile(key, shipped(f"{key}.toml")) for key in PROFILES)


def load_profile(key: str = DEFAULT_PROFILE) -> Policy:
    """Return one shipped profile; raises ``KeyError`` for another name."""
    return {policy.key: policy for policy in shipped_profiles()}[key]


def read_profile(key: str, text: str) -> Policy:
    """Return the profile in a TOML *text*.

    Raises:
        PolicyError: If a rule, or what a value must say, is missing or wrong.
    """
    file = PolicyFile(f"{key}.toml", text)
    tables = {name for name, found in file.data.items() if isinstance(found, dict)}
    for name in sorted(tables - RULES.keys()):
        raise file.error(name, "is no rule this program knows")
    title = file.data.get("title")
    if not isinstance(title, str) or not title:
        raise file.error("title", "is missing")
    limits = load_matching_policy()
    return Policy(
        key=key,
        title=title,
        values={name: _value(file.table(name), rule) for name, rule in RULES.items()},
        about=str(file.data.get("about", "")),
        for_comparison_only=bool(file.data.get("for_comparison_only", "")),
        born_early_weeks=limits.born_early_weeks,
        term_corrected_weeks=limits.term_corrected_weeks,
        further=tuple(map(_further, file.tables("further") if "further" in file.data else ())),
    )


def _further(table: PolicyTable) -> FurtherQuestion:
    if table["asked_of"] not in set(AskedOf):
        raise table.error("asked_of", f"must be one of {', '.join(AskedOf)}")
    return FurtherQuestion(
        key=str(table["key"]),
        text=str(table["value"]),
        asked_of=AskedOf(table["asked_of"]),
        seen_in=table.sources,
        status=Status(table["status"]),
        checked=table["checked"],
        page=table.page,
        remark=str(table.data.get("remark", "")),
        differs=str(table.data.get("differs", "")),
    )


def _value(table: PolicyTable, rule: Rule) -> PolicyValue:
    otherwise = table.data.get("otherwise", "ask")
    if otherwise not in _OTHERWISE:
        raise table.error("otherwise", f"must be one of {', '.join(_OTHERWISE)}")
    if table["unit"] not in rule.units:
        raise table.error("unit", f"must be {' or '.join(rule.units)}")
    return PolicyValue(
        rule=rule.key,
        value=_typed(table, rule),
        unit=table["unit"],
        seen_in=table.sources,
        status=Status(table["status"]),
        checked=table["checked"],
        otherwise=_OTHERWISE[otherwise],
        section=str(table.data.get("section", "")),
        quote=str(table.data.get("quote", "")),
        remark=str(table.data.get("remark", "")),
        differs=str(table.data.get("differs", "")),
        page=table.page,
    )


def _typed(table: PolicyTable, rule: Rule) -> Any:  # noqa: ANN401 - any rule's value
    try:
        return typed_value(rule, table["value"])
    except PolicyError:
        raise
    except ValueError as error:
        raise table.error("value", str(error.args[0])) from error


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


_MOST = 10_000
