"""Foods: what a donor avoids and since when, and what a baby must avoid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.reading.dates import DateRule
from coordinator.domain.reading.grammar import (
    FROM_DAY,
    STOPPED_DAY,
    THROUGH_DAY,
    Time,
    alt,
    ends_here,
    kind,
    read_statements,
)
from coordinator.domain.reading.parts import seq
from coordinator.domain.reading.readings import Reading, asked, unread, what_does_it_mean
from coordinator.domain.reading.tokens import WORD, Token, Tokens, tokenise, words_between
from coordinator.domain.vocabulary import vocabulary
from coordinator.sayings import NOTHING, Saying, saying

_LISTS = ("foods", "supplements")
FAMILY = "family"
"""The class of words that only sum up foods: "top 8", "nuts"."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Foods that are avoided, and when; none at all for "nothing"; ``unknown`` is no food we know."""

    foods: Tokens = ()
    time: Time | None = None
    unknown: Tokens = ()
    eaten: Tokens = ()
    is_nothing: bool = False


def read_foods(text: str, rule: DateRule) -> Reading:
    """Return the foods a donor avoids, each since its day; an exception or a vague day is asked about."""
    said, left = read_statements(_tokens(text, rule), _STATEMENT)
    words = unread(text, [*left, *(token for one in said for token in one.unknown)])
    facts = tuple(dict.fromkeys(fact for one in said for fact in _facts(one, text)))
    doubt = _doubt(said, words)
    if doubt:
        return asked(FactKind.FOOD_AVOIDED, text, doubt, facts, words)
    return Reading(facts or (Fact(FactKind.FOOD_AVOIDED, Presence.NO, raw=text),))


def read_must_avoid(text: str, rule: DateRule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the foods a baby must avoid in our words, in the order told, and what was not understood.

    No food and nothing left over is "none". A word that is no food we know counts as one, and is asked about.
    """
    said, left = read_statements(_tokens(text, rule), _STATEMENT)
    unknown = [words_between(text, one.unknown) for one in said if one.unknown]
    named = [name for one in said for token in one.foods for name in _names(token)]
    foods = tuple(dict.fromkeys(name.casefold() for name in (*named, *unknown)))
    left_over = (*unread(text, left), *unknown)
    is_nothing = any(one.is_nothing and not one.foods for one in said)
    is_plain = bool(foods) != is_nothing
    return foods, left_over if is_plain else left_over or (text,)


def _tokens(text: str, rule: DateRule) -> Tokens:
    """Return the tokens, with "soy allergy" apart from "soy": who has no soy allergy may eat soy.

    Beside "DF", "SF" is soy-free; alone it may as well be sugar-free.
    """
    tokens = tokenise(text, rule, _LISTS)
    if any(token.word == "df" for token in tokens):
        tokens = tuple(_free_of(token) for token in tokens)
    return tuple(replace(token, kind="allergic-to") if _is_allergy(token) else token for token in tokens)


def _free_of(token: Token) -> Token:
    food = _SHORT.get(token.word) if token.kind == WORD else None
    concept = vocabulary().phrases(("foods",)).get((food,)) if food else None
    return replace(token, kind="foods", concept=concept) if concept else token


_SHORT = {"sf": "soy", "ef": "egg", "nf": "nuts"}
"""What is left out, as mothers shorten it beside "DF"."""


def _is_allergy(token: Token) -> bool:
    return token.kind == "foods" and token.word.split()[-1] in _ALLERGY


_ALLERGY = frozenset({"allergy", "intolerance", "sensitivity", "allergies"})


# The grammar.

_USE = kind("use").many()
_AND = kind("and", ",", "/", "+").at_least(1)
_FOOD = kind("foods") << kind("free").many()
_ONE = (_FOOD | kind("allergic-to")) << kind("allergy").many()
_FOODS = _ONE.sep_by(_AND << kind("no", "avoid").optional(), min=1)
_BARE_FOODS = _FOOD.sep_by(_AND << kind("no", "not").optional(), min=1)


def _avoided(foods: Sequence[Token], time: Time | None) -> _Said:
    return _Said(tuple(foods), time)


def _from_then(time: Time) -> Time:
    """Return the days without a food from those with it."""
    return Time(time.end, None, time.is_vague)


_FREE = kind("foods").sep_by(_AND, min=1) << kind("free").at_least(1)
_NOTHING = _Said(is_nothing=True)
_TIME = alt(
    kind("since", "started") >> FROM_DAY,
    kind("stopped") >> _USE >> STOPPED_DAY.map(_from_then),
    kind("until") >> THROUGH_DAY,
)
_WHEN = (kind(",").many() >> _TIME).optional()
_STATEMENT = alt(
    (kind("no") >> kind("allergy").many() >> kind("except") >> _FOODS).map(
        lambda foods: _Said(tuple(foods), is_nothing=True)
    ),
    seq(kind("stopped") >> _USE >> _BARE_FOODS, STOPPED_DAY.map(_from_then)).combine(_avoided),
    seq(kind("no", "not", "never") >> _USE >> _BARE_FOODS, _WHEN << ends_here()).combine(_avoided),
    seq(kind("avoid", "allergy", "to").many() >> _FOODS, _WHEN << ends_here()).combine(_avoided),
    (kind("no", "n/a") >> kind("allergy").many() << ends_here("except")).result(_NOTHING),
    (kind("use").at_least(1) >> kind("everything")).result(_NOTHING),
    (kind("not", "never") >> kind("avoid") >> kind("everything") << ends_here("except")).result(_NOTHING),
    (kind("avoid") >> kind("no") << ends_here("except")).result(_NOTHING),
    seq(_USE >> _FREE, _WHEN << ends_here()).combine(_avoided),
    (kind("use").at_least(1) >> kind("foods").sep_by(_AND, min=1) << ends_here()).map(
        lambda foods: _Said(eaten=tuple(foods))
    ),
    (_USE >> kind("supplements").at_least(1)).result(_Said()),
    (kind(WORD).at_least(1) << ends_here()).map(lambda words: _Said(unknown=tuple(words))),
)


def _facts(one: _Said, text: str) -> Iterator[Fact]:
    time = one.time or Time()
    presence = Presence.UNCLEAR if time.is_vague else Presence.YES
    for name in dict.fromkeys(name for token in one.foods for name in _names(token)):
        yield Fact(FactKind.FOOD_AVOIDED, presence, name, time.start, time.end, text)
    for name in dict.fromkeys(name for token in one.eaten for name in _names(token)):
        yield Fact(FactKind.FOOD_AVOIDED, Presence.NO, name, raw=text)


def _names(token: Token) -> Iterator[str]:
    """Yield the food in our words; "top 8" and the like are the foods they stand for, a diet stays itself."""
    concept = token.concept
    if concept is None or concept.group != FAMILY:
        yield concept.label if concept else token.word
    else:
        known = vocabulary().phrases(("foods",)).values()
        yield from sorted({one.label for one in known if one.key in concept.covers})


def _doubt(said: Sequence[_Said], words: Sequence[str]) -> Saying:
    if words or not any(one.foods or one.eaten or one.is_nothing for one in said):
        return what_does_it_mean(words)
    if any(one.time is not None and one.time.is_vague for one in said):
        return saying("since which day")
    is_nothing = any(one.is_nothing and not one.foods for one in said)
    return saying("none, or which") if is_nothing and any(one.foods or one.eaten for one in said) else NOTHING
