"""Tattoos, piercings, transfusions and transplants, each on its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parsy import fail, success, test_item

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.reading.dates import DateRule
from coordinator.domain.reading.grammar import (
    BETWEEN,
    ONCE,
    ONE_DAY,
    Time,
    alt,
    ends_here,
    flat,
    kind,
    read_statements,
)
from coordinator.domain.reading.parts import peek, seq
from coordinator.domain.reading.readings import Reading, asked, unread, what_does_it_mean
from coordinator.domain.reading.tokens import Token, Tokens, tokenise, words_between
from coordinator.sayings import saying

_LISTS = ("events",)


@dataclass(frozen=True, slots=True)
class _Said:
    """Something that happened, and when; no words and no time is a no, but for a bare "yes"."""

    words: Tokens = ()
    time: Time | None = None
    is_yes: bool = False


def read_events(kind_: FactKind, text: str, rule: DateRule) -> Reading:
    """Return what happened, on its day; what has no day with its year is asked about."""
    said, left = read_statements(tokenise(text, rule, _LISTS), _STATEMENT)
    words = unread(text, left)
    happened = [one for one in said if one.words]
    facts = tuple(dict.fromkeys(_fact(kind_, one, text) for one in happened))
    if words or not any(one.words or one.time or not one.is_yes for one in said):
        return asked(kind_, text, what_does_it_mean(words, saying("which, and when")), facts, words)
    if any(one.is_yes for one in said) and not all(one.is_yes or one.words for one in said):
        return asked(kind_, text, saying("yes or no, and which"), facts)
    if any(one.time is not None and not one.words for one in said):
        return asked(kind_, text, saying("what happened on that day"), facts)
    none = (Fact(kind_, Presence.NO, raw=text),)
    is_vague = any(fact.presence is Presence.UNCLEAR for fact in facts)
    return Reading(facts or none, (saying("on which day, with the year"),) if is_vague else ())


_ASKED = frozenset(
    {"tattoo", "permanent_makeup", "piercing", "body_modification", "transfusion", "transplant"}
)


def _answers(denied: Sequence[Token]) -> bool:
    """Whether a no answers what was asked: "no surgery" does not."""
    return not denied or any(token.key in _ASKED for token in denied)


_QUALIFIERS = kind("qualifier", "occasion", "just", "number", "number_word").many()
_THING = seq(_QUALIFIERS, kind("events").at_least(1), _QUALIFIERS)
_MORE = (kind(",").many() >> kind("qualifier").at_least(1)).optional().map(lambda words: words or [])
_WHEN = alt(BETWEEN, ONCE, ONE_DAY)
_NO = alt(kind("no").at_least(1), kind("never", "not"))
_PLURAL = test_item(lambda token: token.kind == "events" and token.word.endswith("s"), "things of a kind")
_LISTED = kind("events").sep_by(
    alt(kind(",").many() >> kind("and", "/").at_least(1) << _NO.optional(), kind(",").at_least(1) >> _NO)
    | kind(",").at_least(1) << peek(_PLURAL | (kind("events") >> kind(",").many() >> kind("and")))
)
"""What a no denies. A comma joins no single thing: "not a tattoo, a transfusion"."""
_STATEMENT = alt(
    seq(kind("yes", "use", "just").many() >> _THING << kind(",").many(), _WHEN, _MORE).combine(
        lambda words, time, more: _Said(flat([words, more]), time)
    ),
    seq(kind("yes").many() >> _WHEN, kind(",").many() >> _THING, _MORE).combine(
        lambda time, words, more: _Said(flat([words, more]), time)
    ),
    (kind("yes", "use", "just").many() >> _THING << ends_here()).map(lambda words: _Said(flat([words]))),
    (_NO >> kind("use").many() >> _LISTED << kind("window").many() << ends_here()).bind(
        lambda events: success(_Said()) if _answers(flat([events])) else fail("what was asked")
    ),
    _WHEN.map(lambda time: _Said(time=time)),
    (kind("yes") << ends_here()).result(_Said(is_yes=True)),
)


def _fact(kind_: FactKind, one: _Said, text: str) -> Fact:
    subject = " ".join(words_between(text, (token,)) for token in one.words)
    if one.time is None or one.time.is_vague:
        return Fact(kind_, Presence.UNCLEAR, subject, raw=text)
    return Fact(kind_, Presence.YES, subject, one.time.start, one.time.end, text)
