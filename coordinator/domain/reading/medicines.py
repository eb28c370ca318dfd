"""Medicines, supplements and herbs, each with its days; illnesses and stays are told the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from parsy import Parser

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.reading.dates import DateRule
from coordinator.domain.reading.grammar import (
    BETWEEN,
    FROM_DAY,
    ONCE,
    ONE_DAY,
    STOPPED_DAY,
    THROUGH_DAY,
    VAGUE,
    Time,
    alt,
    ends_here,
    flat,
    kind,
    maybe,
    read_statements,
)
from coordinator.domain.reading.parts import peek, seq
from coordinator.domain.reading.readings import Reading, asked, unread, what_does_it_mean
from coordinator.domain.reading.tokens import WORD, Token, Tokens, tokenise, words_between
from coordinator.domain.vocabulary import vocabulary
from coordinator.sayings import NOTHING, Saying, saying

LISTS = ("medicines", "supplements", "herbs", "vaccines", "drugs")
_LASTING = frozenset({FactKind.TRAVEL})
"""Kinds of which the first day is all that counts."""
_MOST_WORDS = 3
"""More unknown words in a row are no name, but something that was not understood."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Something she takes, with its words and days; ``is_nothing``: that she takes nothing.

    ``is_aside``: a bare "yes", or a dose that stands apart. ``is_single_day``: one day was told, and not
    whether it is the first, the last or the only one.
    """

    words: Tokens = ()
    time: Time | None = None
    is_nothing: bool = False
    is_single_day: bool = False
    is_aside: bool = False


def read_medicines(text: str, rule: DateRule) -> Reading:
    """Return one fact for each medicine or supplement, over the days told."""
    return read_list(FactKind.MEDICINE, text, rule, LISTS)


def read_list(kind_: FactKind, text: str, rule: DateRule, lists: tuple[str, ...]) -> Reading:
    """Return one fact for each thing of a list, over the days told; what is not understood is asked."""
    said, left = read_statements(_tokens(text, rule, lists), _grammar(lists))
    said = list(_with_their_days(said))
    words = (*unread(text, left), *(words_between(text, one.words) for one in said if _is_no_name(one)))
    things = [one for one in said if one.words and not _is_no_name(one)]
    facts = tuple(dict.fromkeys(_fact(kind_, one, text) for one in things))
    doubt = _doubt([replace(one, is_single_day=False) for one in said] if kind_ in _LASTING else said, words)
    if doubt:
        return asked(kind_, text, doubt, facts, words)
    vague = any(fact.presence is Presence.UNCLEAR for fact in facts)
    none = (Fact(kind_, Presence.NO, raw=text),)
    return Reading(facts or none, (saying("on which day, with the year"),) if vague else ())


def _tokens(text: str, rule: DateRule, lists: tuple[str, ...]) -> Tokens:
    """Return the tokens, with "meds" apart, which a no may deny; everyday words are no names."""
    return tuple(_retold(token) for token in tokenise(text, rule, lists))


def _retold(token: Token) -> Token:
    if token.key in _ANY_MEDICINE:
        return replace(token, kind="meds")
    return (
        replace(token, kind="ordinary")
        if token.kind == WORD and token.word in vocabulary().ordinary
        else token
    )


_ANY_MEDICINE = frozenset(
    {
        "medicine",
        "antibiotic",
        "prescription",
        "over_the_counter",
        "vitamin",
        "supplement",
        "herb",
        "vaccine",
        "drugs",
    }
)


# The grammar.

_AMOUNT = kind("number", "unit", "often", "as_needed", "occasion", "number_word", "roughly", "nursing")
_DOSE = alt(_AMOUNT, kind("just")).many()
_MORE_DOSE = alt(
    _AMOUNT,
    kind("just"),
    kind("/", "-", "for") << peek(kind("number", "unit", "often", "number_word")),
    kind("once") << ends_here(),
).many()


_ASIDE = _Said(is_aside=True)


@lru_cache(maxsize=32)
def _grammar(lists: tuple[str, ...]) -> Parser:
    name = kind(*lists, "meds", WORD, "allergy", "qualifier").at_least(1)
    thing = seq(_DOSE >> name, _MORE_DOSE, kind(*lists).many(), _MORE_DOSE)
    lead, use = kind("use", "just", "yes").many(), kind("use").many()
    said = lead >> thing
    any_of_it = kind("meds", "everything").sep_by(kind("and", "/", ",").at_least(1) << kind("no").optional())
    nothing = use >> kind("no", "never", "not") >> use >> any_of_it
    half_told = kind("since", "started", "stopped", "until", "finished", "again") >> ends_here()
    return alt(
        seq(lead >> kind("started") >> use >> thing, kind("since").many() >> FROM_DAY).combine(_dated),
        seq(lead >> kind("stopped", "finished") >> use >> thing, STOPPED_DAY).combine(_dated),
        seq(said << maybe(kind(",")), _TIME).combine(_dated),
        seq(said, ONE_DAY << _MORE_DOSE).combine(_on_a_day),
        (said << half_told).map(lambda words: _dated(words, VAGUE)),
        (nothing >> kind("except") >> said).map(_undated),
        (said << ends_here("except")).map(_undated),
        _TIME.map(lambda time: _Said(time=time)),
        (alt(kind("yes"), _AMOUNT).at_least(1) << ends_here()).result(_ASIDE),
        (nothing << kind("nursing").many() << ends_here("except")).map(lambda _: _Said(is_nothing=True)),
    )


_TIME = alt(
    BETWEEN,
    ONCE,
    kind("since", "started").at_least(1) >> FROM_DAY,
    kind("until") >> THROUGH_DAY,
    kind("finished", "last") >> THROUGH_DAY,
    kind("stopped") >> STOPPED_DAY,
)


def _dated(words: object, time: Time) -> _Said:
    return _Said(flat([words]), time)


def _undated(words: object) -> _Said:
    return _Said(flat([words]))


def _on_a_day(words: object, time: Time) -> _Said:
    """Return a thing with one day. A vaccine is given on it; a medicine may have begun or ended on it."""
    if all(token.kind in {"vaccines", "unit"} for token in flat([words])):
        return _Said(flat([words]), time)
    return _Said(flat([words]), Time(time.start, None, time.is_vague), is_single_day=True)


# What the statements say together.


def _with_their_days(said: Sequence[_Said]) -> Iterator[_Said]:
    """Yield the statements, with days that stand alone given to the thing before them."""
    waiting: _Said | None = None
    for one in said:
        is_time = one.time is not None and not one.words
        if is_time and waiting is not None and waiting.words and waiting.time is None:
            waiting = _Said(waiting.words, one.time)
            continue
        if waiting is not None:
            yield waiting
        waiting = one
    if waiting is not None:
        yield waiting


def _is_no_name(one: _Said) -> bool:
    unknown = [token for token in one.words if token.kind == WORD]
    return len(unknown) > _MOST_WORDS


def _doubt(said: Sequence[_Said], words: Sequence[str]) -> Saying:
    if words or not any(one.words or one.is_nothing or one.time for one in said):
        return what_does_it_mean(words, saying("which, and when"))
    if any(not one.words and not one.is_nothing and not one.is_aside for one in said):
        return saying("which is it about")
    if any(one.is_aside for one in said) and any(one.is_nothing for one in said):
        return saying("yes or no, and which")
    return saying("only on that day, or since then") if any(one.is_single_day for one in said) else NOTHING


def _fact(kind_: FactKind, one: _Said, text: str) -> Fact:
    time = one.time or Time()
    subject = re.sub(r"^an?\s+", "", words_between(text, one.words), flags=re.IGNORECASE)
    if time.is_vague:
        return Fact(kind_, Presence.UNCLEAR, subject, raw=text)
    return Fact(kind_, Presence.YES, subject, time.start, time.end, text)
