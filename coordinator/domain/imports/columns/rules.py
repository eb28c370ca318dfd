"""Which fields a heading asks for, by what its words mean: ``resources/headings/fields.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.bag_sizes import name_bags, without_sizes
from coordinator.domain.imports.columns.heading import Heading
from coordinator.domain.imports.columns.meanings import Lexicon, Span

_LISTS = {Role.DONOR: "donors", Role.RECIPIENT: "recipients", Role.DRIVER: "drivers"}
_BESIDE_COST, _UNKNOWN_COST, _ASIDE_COST, _SLIP_COST, _SENTENCE_COST = 0.13, 0.6, 0.05, 0.08, 0.08
_VETO_ASIDE, _DOUBT_ASIDE = 0.45, 0.6


@dataclass(frozen=True, slots=True)
class Ask:
    """One way to ask for a field: all *needed* meanings, none of *without*; *is_bare* almost so."""

    needed: frozenset[str]
    without: frozenset[str]
    is_alone: bool
    is_bare: bool
    weight: float


@dataclass(frozen=True)
class Rule:
    """How a field is asked for; ``cells`` is the kind of answers it gets."""

    topic: str
    asks: tuple[Ask, ...]
    beside: frozenset[str]
    never: frozenset[str]
    allow: frozenset[str]
    cells: str

    @cached_property
    def wanted(self) -> frozenset[str]:
        """What any of its questions needs: a heading without all of it asks none of them."""
        return frozenset().union(*(ask.needed for ask in self.asks))


@dataclass(frozen=True)
class Parsed:
    """A heading with what its words mean."""

    heading: Heading
    spans: tuple[Span, ...]
    aside: tuple[Span, ...]
    sentences: tuple[tuple[Span, ...], ...]
    help: tuple[Span, ...] = ()

    @cached_property
    def meanings(self) -> frozenset[str]:
        """What the words that ask mean."""
        return meanings_of(self.spans)

    @cached_property
    def aside_meanings(self) -> frozenset[str]:
        """What the words in its brackets mean."""
        return meanings_of(self.aside)

    @cached_property
    def help_meanings(self) -> frozenset[str]:
        """What the words below it mean."""
        return meanings_of(self.help)

    @cached_property
    def asking_parts(self) -> tuple[tuple[tuple[Span, ...], frozenset[str]], ...]:
        """Each of its sentences with what that means."""
        return tuple((spans, meanings_of(spans)) for spans in self.sentences)

    @cached_property
    def all_meanings(self) -> frozenset[str]:
        """What any of its words means, help included."""
        return self.meanings | self.aside_meanings | self.help_meanings


def parse(heading: Heading, words: Lexicon) -> Parsed:
    """Return *heading* with what its words mean."""
    sentences = tuple(without_sizes(words.spans(one)) for one in heading.sentences)
    asked = without_sizes(words.spans(heading.words))
    beside_bags = name_bags(asked)
    aside = without_sizes(words.spans(heading.aside), beside_bags=beside_bags)
    told = without_sizes(words.spans(heading.help), beside_bags=beside_bags)
    # "Do you take anything (vitamins, herbs)?" asks only in its brackets, or below.
    if all(span.is_light for span in asked):
        asked, aside, told = (asked + aside, (), told) if aside else (asked + told, (), ())
    return Parsed(heading, asked, aside, sentences, told)


def meanings_of(spans: Iterable[Span]) -> frozenset[str]:
    """Return everything that *spans* mean."""
    return frozenset().union(*(span.meanings for span in spans))


def how_well(parsed: Parsed, rule: Rule, words: Lexicon, *, is_its_name: bool = False) -> float:
    """Return how surely (0-1) a heading asks for the field of *rule*; *is_its_name*: in our own words."""
    if is_its_name:
        return _VETO_ASIDE if parsed.aside_meanings & rule.never else 1.0
    whole = _score(parsed.spans, parsed.meanings, parsed, rule, words)
    parts = (_score(*part, parsed, rule, words) - _SENTENCE_COST for part in parsed.asking_parts)
    return max(whole, *parts, 0.0)


def is_none_of_ours(parsed: Parsed, words: Lexicon) -> bool:
    """Whether a heading asks what nobody here wants to know: a consent, a number, another person."""
    return bool(_foreign(words) & parsed.meanings)


def is_of_others(parsed: Parsed, words: Lexicon) -> bool:
    """Whether any word of a heading names another person."""
    return bool(words.groups["others"] & parsed.all_meanings)


def _foreign(words: Lexicon) -> frozenset[str]:
    return words.groups["others"] | words.groups["junk"]


def _score(
    spans: tuple[Span, ...], meant: frozenset[str], parsed: Parsed, rule: Rule, words: Lexicon
) -> float:
    """Return how surely *spans* of a heading, which mean *meant*, ask for a field; help below only helps."""
    if rule.wanted.isdisjoint(meant):
        return 0.0
    aside = parsed.aside_meanings
    vetoes = (rule.never | _foreign(words)) - rule.allow
    if meant & vetoes or aside & words.groups["others"] - rule.allow:
        return 0.0
    helping = aside | parsed.help_meanings
    best = max((_answered(ask, spans, meant, helping, rule) for ask in rule.asks), default=0.0)
    return best * (_DOUBT_ASIDE if aside & rule.never else 1.0)


def _answered(
    ask: Ask, spans: tuple[Span, ...], meant: frozenset[str], helping: frozenset[str], rule: Rule
) -> float:
    if not ask.needed <= meant | helping or not ask.needed & meant or ask.without & meant:
        return 0.0
    used = [span for span in spans if span.meanings & ask.needed]
    beside = [span for span in spans if span not in used and span.meanings & rule.beside]
    odd = [span for span in spans if span.meanings and not span.is_light and span not in used + beside]
    unknown = sum(span.is_unknown for span in spans)
    if ask.is_alone and (odd or beside or unknown):
        return 0.0
    if ask.is_bare and sum(len(span.words) for span in spans if span.is_light) > 1:
        return 0.0
    explained = sum(len(span.words) for span in used + beside)
    cost = min(len(odd), 3) * _BESIDE_COST + _UNKNOWN_COST * unknown / (unknown + explained + 1)
    cost += _ASIDE_COST * (not ask.needed <= meant) + _SLIP_COST * any(span.is_slip for span in used)
    return max(ask.weight - cost, 0.0)


@lru_cache
def rules_for(kind: Role) -> Mapping[str, Rule]:
    """Return how each field of a *kind* list is asked for, by topic."""
    told = _read()
    tables = {**told["every"], **told[_LISTS[kind]]}
    return {topic: _rule(topic, table, told) for topic, table in tables.items()}


@lru_cache
def _read() -> dict[str, dict[str, dict[str, Any]]]:
    file = resources.files("resources").joinpath("headings", "fields.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _rule(topic: str, table: Mapping[str, Any], told: Mapping[str, Mapping[str, Any]]) -> Rule:
    if "extends" in table:
        group, _, name = table["extends"].partition(".")
        table = {**told[group][name], **table}
    never = frozenset(table.get("never", ())) | frozenset(table.get("never_more", ()))
    return Rule(
        topic,
        tuple(map(_ask, table["asks"])),
        frozenset(table.get("beside", ())),
        never,
        frozenset(table.get("allow", ())),
        table.get("cells", ""),
    )


def _ask(told: str) -> Ask:
    words, _, weight = told.partition(":")
    needed = frozenset(re.findall(r"(?<![!\w])\w+", words))
    without = frozenset(re.findall(r"!(\w+)", words))
    return Ask(needed, without, "~" in words, "~~" in words, float(weight or 1))
