"""Dairy, nicotine, alcohol, cannabis and caffeine: whether, and from when until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from parsy import Parser, fail, success, test_item

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.reading.dates import DateRule
from coordinator.domain.reading.grammar import (
    BETWEEN,
    FROM_DAY,
    ONCE,
    ONE_DAY,
    STOPPED_DAY,
    THROUGH_DAY,
    Time,
    alt,
    ends_here,
    flat,
    kind,
    read_statements,
)
from coordinator.domain.reading.parts import peek, seq
from coordinator.domain.reading.readings import WHAT_IS_MEANT, Reading, asked, unread, what_does_it_mean
from coordinator.domain.reading.tokens import Token, Tokens, tokenise, words_between
from coordinator.domain.vocabulary import vocabulary
from coordinator.sayings import NOTHING, Saying, saying


class _Claim(Enum):
    NO = "no"
    YES = "yes"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement: a plain no or yes, a yes with its days, or that she used to."""

    claim: _Claim
    things: Tokens = ()
    words: Tokens = ()
    time: Time | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it holds for all days."""
        return self.time is None


@dataclass(frozen=True, slots=True)
class Habit:
    """A question about a habit: the list of its words, and which of them answer all of it.

    "No cheese" is not no dairy. ``counts_from_birth``: "since the baby was born" means all her milk; a food
    leaves the milk only days later.
    """

    kind: FactKind
    words: str
    whole: frozenset[str]
    counts_from_birth: bool = True


NICOTINE = Habit(FactKind.NICOTINE, "nicotine", frozenset({"smoke", "nicotine", "tobacco"}))
ALCOHOL = Habit(FactKind.ALCOHOL, "alcohol", frozenset({"drink", "alcohol"}))
CANNABIS = Habit(FactKind.CANNABIS, "cannabis", frozenset({"cannabis"}))
DAIRY = Habit(FactKind.DAIRY, "dairy", frozenset({"dairy"}), counts_from_birth=False)
_THING = frozenset({"thing", "all-of-it"})


def read_habit(habit: Habit, text: str, rule: DateRule) -> Reading:
    """Return since when, until when, or whether she has the habit; what is not understood is asked."""
    tokens = _things_of(habit, tokenise(text, rule, _lists(habit)))
    said, left = read_statements(tokens, _STATEMENTS[habit.counts_from_birth])
    words = unread(text, left)
    facts = tuple(dict.fromkeys(_fact(habit, one, text) for one in _without_plain(said)))
    doubt = _doubt(said, words)
    if doubt:
        # Half understood is not understood: a thing beside words that turn round what is said is no yes.
        told = [one for one in facts if one.presence is Presence.YES and (one.is_dated or not _turns(left))]
        return asked(habit.kind, text, doubt, told, words)
    return Reading(facts)


_TURNING = frozenset({
    "no", "not", "never", "free", "stopped", "finished", "former", "except", "since_birth", "long_ago",
    "until", "last", "avoid", "person",
})  # fmt: skip


def _turns(left: Sequence[Token]) -> bool:
    return any(token.kind in _TURNING for token in left)


def _lists(habit: Habit) -> tuple[str, ...]:
    return ("foods",) if habit is DAIRY else (habit.words,)


def _things_of(habit: Habit, tokens: Tokens) -> Tokens:
    """Name the words of the habit's own list, and the foods that are dairy, "thing"."""
    return tuple(
        _thing(habit, token) if token.kind in {habit.words, "foods"} else _clean(token) for token in tokens
    )


def _clean(token: Token) -> Token:
    """Return "clean" as a no by itself: "smoke free" is one about smoke, "cigarettes, clean" is none."""
    is_by_itself = token.kind == "free" and token.word in {"clean", "abstinent"}
    return replace(token, kind="denied") if is_by_itself else token


_NOT_HERS = frozenset({"second_hand", "non_alcoholic"})
_NO_MEASURE = frozenset({"alcoholism", "binge"})
"""Words that tell more than now and then, and not how much: nothing is made of them but a question."""


def _thing(habit: Habit, token: Token) -> Token:
    if token.word == "sober":
        return replace(token, kind="denied")
    if token.concept and token.concept.group == "none" and habit is not DAIRY:
        return replace(token, kind="denied" if token.key != "non_alcoholic" else "person")
    if token.key in _NO_MEASURE:
        return replace(token, kind="no-measure")
    name = "person" if token.key in _NOT_HERS else "all-of-it" if token.key in habit.whole else "thing"
    if habit is DAIRY and _is_reaction(token):
        # What she cannot take says nothing about what she eats.
        return replace(token, kind="reaction")
    if habit is DAIRY and not is_dairy(token.key):
        name = "diet" if DAIRY.words in vocabulary().covered(token.key) else "other-food"
    return Token(name, token.start, token.end, token.word, token.concept)


def _is_reaction(token: Token) -> bool:
    return token.word.split()[-1] in {"intolerant", "intolerance", "allergy", "allergies", "sensitivity"}


def is_dairy(key: str) -> bool:
    """Whether a food is dairy or made of it."""
    return key in vocabulary().covered("dairy")


_TOGETHER = (frozenset({"cigarette", "vape"}), frozenset({"thc", "cbd"}))
"""Things that answer the whole question when both are named."""


def _is_all(things: Sequence[Token]) -> bool:
    """Whether the things named are all that was asked about."""
    keys = {one.key for one in things}
    return any(one.kind == "all-of-it" for one in things) or any(keys >= both for both in _TOGETHER)


# The grammar. A statement is a whole claim; what does not fit one is left over.

_USE = kind("use").many()
_OR = test_item(lambda token: token.kind == "and" and token.word in {"or", "nor"}, "or")
_AND_NO = alt(
    kind("and", "/", ",").at_least(1) >> kind("no", "not", "never"), alt(_OR, kind("/")).at_least(1)
)
"""What goes on with a denial: "no smoking and vaping" may be two things, one denied and one told."""
_ALL_OF_IT = kind("all-of-it").at_least(1).sep_by(_AND_NO, min=1)
_ANY = kind("thing", "all-of-it")
_MAYBE_THINGS = kind("thing", "all-of-it").sep_by(kind("and", "/", "+").at_least(1))
_END = ends_here("except")
_WHOLLY = alt(
    kind("wholly"),
    seq(kind("number"), kind("unit")).bind(
        lambda pair: success(pair) if [one.word for one in pair] == ["100", "%"] else fail("100 %")
    ),
).optional()
_LISTED = alt(
    seq(_ANY, (kind(",") >> _ANY).many(), kind(",").many() >> _OR >> _ANY),
    _ANY.sep_by(_AND_NO, min=2),
).map(flat)
_ALL_TOGETHER = _LISTED.bind(lambda things: success(things) if _is_all(things) else fail("all-of-it"))
_LIST = seq((kind(",") >> _ANY).many(), kind(",").many(), _OR >> _ANY)
_OTHERS = alt(
    _AND_NO >> kind("thing", "other-food"), kind(",", "and").many() >> kind("other-food"), _LIST
).many()
_NOT = alt(kind("no"), kind("not"), kind("never"))
_CORE = kind("number", "number_word", "often", "as_needed", "occasion", "unit", "roughly")
_AMOUNT = alt(_CORE, kind("just"))
_AMOUNTS = alt(_AMOUNT, kind("-", "/", "to", "and") << peek(_AMOUNT)).many()


def _no(_: object) -> _Said:
    return _Said(_Claim.NO)


def _dated(words: list[object], time: Time | None) -> _Said:
    tokens = flat(words)
    return _Said(_Claim.YES, tuple(one for one in tokens if one.kind in _THING), tokens, time)


def _yes(words: list[object]) -> _Said:
    return _dated(words, None)


_WHAT = seq(
    kind("yes").many().result([]), _USE.result([]), _AMOUNTS, _USE.result([]), _MAYBE_THINGS, _AMOUNTS
)
_BEGAN = kind("since", "started", "again").at_least(1)
_NONE_SINCE = kind(",", ";", "and", "except").many() >> _NOT >> kind("since") >> _END
_ENDED = (
    alt(
        seq(kind("stopped") >> _USE >> _MAYBE_THINGS, STOPPED_DAY),
        seq(_USE >> _ANY.at_least(1) << _USE << kind("stopped") << _USE, STOPPED_DAY),
        seq(_NOT >> _USE >> _MAYBE_THINGS << _OTHERS << _USE << peek(kind("since")), STOPPED_DAY),
        seq(_MAYBE_THINGS << kind("free"), STOPPED_DAY),
        seq(kind("diet", "denied").result([]), STOPPED_DAY),
        seq(kind("former") >> _MAYBE_THINGS << peek(kind("since")), STOPPED_DAY),
        seq(kind("last") >> _USE >> _MAYBE_THINGS << kind(",", "be").many(), THROUGH_DAY),
        seq(_WHAT << kind("until"), THROUGH_DAY),
        # "Yes, but stopped on 10/1": of a thing she names, the yes may be about another.
        seq(
            kind("yes") >> kind(",", "except", "and", "-", ";").many() >> kind("stopped").result([]),
            STOPPED_DAY,
        ),
    ).combine(_dated)
    << _NONE_SINCE.optional()
)
_BEGUN = alt(
    seq(_WHAT << _BEGAN, _USE >> _MAYBE_THINGS << kind("use", "since").many(), FROM_DAY).combine(
        lambda before, after, time: _dated([before, after], time)
    ),
)
_ON_DAYS = alt(
    seq(_WHAT, BETWEEN),
    seq(_WHAT, ONCE),
    seq(kind("just").optional() >> kind("once") >> _USE >> _MAYBE_THINGS, ONE_DAY),
).combine(_dated)
_DENIED = alt(
    seq(_NOT, _USE, _ALL_OF_IT, _OTHERS, _USE, kind("nursing").optional(), _END),
    seq(_NOT, _USE, _ALL_TOGETHER, _USE, kind("nursing").optional(), _END),
    seq(kind("nobody"), kind("here").optional(), _USE, _ALL_OF_IT, _OTHERS, kind("here").optional(), _END),
    seq(_WHOLLY, _NOT, _USE, _ALL_OF_IT, _END),
    seq(_WHOLLY, _ALL_OF_IT, kind("free"), kind("nursing").optional(), _END),
    seq(kind("diet", "denied"), _END),
    seq(_NOT, _USE, kind("nursing").optional(), _END),
    seq(kind("no"), peek(kind("not", "never"))),
).map(_no)
_LONG_PAST = alt(
    seq(_NOT, _USE, _MAYBE_THINGS, kind("long_ago"), _END),
    seq(kind("stopped"), _USE, _MAYBE_THINGS, kind("long_ago"), _END),
).map(lambda parts: _Said(_Claim.NO, words=flat(parts)))
_SINCE_BIRTH = alt(
    seq(_NOT, _USE, _MAYBE_THINGS, kind("since_birth"), _END),
    seq(_MAYBE_THINGS, kind("free"), kind("since_birth"), _END),
).map(_no)
_USED_TO = seq(kind("not").optional(), kind("former"), _USE, _MAYBE_THINGS).map(
    lambda _: _Said(_Claim.FORMER)
)
_AFFIRMED = alt(
    seq(kind("yes"), _USE.result([]), _AMOUNTS, _MAYBE_THINGS, _AMOUNTS),
    seq(
        _USE.result([]),
        _AMOUNTS,
        _USE.result([]),
        _ANY.sep_by(kind("and", "/", "+").at_least(1), min=1),
        _USE.result([]),
        _AMOUNTS,
    ),
    seq(_USE.result([]), _CORE, _AMOUNTS, _USE.result([]), _AMOUNTS),
).map(_yes)
_COMMON = alt(_ENDED, _ON_DAYS, _BEGUN, _LONG_PAST, _DENIED, _USED_TO, _AFFIRMED)
_STATEMENTS: dict[bool, Parser] = {True: alt(_SINCE_BIRTH, _COMMON), False: _COMMON}


# What the statements say together.


def _doubt(said: Sequence[_Said], words: Sequence[str]) -> Saying:
    """Return what has to be asked about the answer as a whole; empty when it is plain."""
    if words:
        return what_does_it_mean(words)
    if not said:
        return WHAT_IS_MEANT
    if any(one.time is not None and one.time.is_vague for one in said):
        return saying("on which day, with the year")
    claims = {one.claim for one in said if one.is_plain}
    ended = [one for one in said if one.time is not None and one.time.end is not None]
    begun = [one for one in said if one.time is not None and one.time.end is None]
    if _Claim.FORMER in claims and not ended:
        return saying("until which day")
    if _Claim.NO in claims and (begun or _Claim.YES in claims):
        return saying("yes or no, and since which day")
    return saying("is it over, and since which day") if ended and any(map(_is_bare_yes, said)) else NOTHING


def _is_bare_yes(one: _Said) -> bool:
    return one.claim is _Claim.YES and one.is_plain and not one.things


def _without_plain(said: Sequence[_Said]) -> list[_Said]:
    """Return the statements that become facts: a plain one says nothing beside the days of the same thing."""
    dated = [one for one in said if one.time is not None]
    plain_yes = [one for one in said if one.claim is _Claim.YES and one.is_plain]
    kept = [one for one in plain_yes if not any(_is_about(day, one) for day in dated)]
    named = [one for one in plain_yes if one not in kept]
    known = [_named(one, named) for one in dated if one.time is not None and not one.time.is_vague]
    denied = [one for one in said if one.claim is _Claim.NO][:1]
    return [*known, *_together(kept)] if known or kept else denied


def _named(dated: _Said, plainly: Sequence[_Said]) -> _Said:
    """Return days that name nothing with the words that do: "vape, quit 10/1/2026"."""
    if dated.words or not plainly:
        return dated
    things, words = flat([one.things for one in plainly]), flat([one.words for one in plainly])
    return replace(dated, things=things, words=words)


def _is_about(dated: _Said, plainly: _Said) -> bool:
    """Whether days were told of the very thing that was also named without them, and not in doubt."""
    if any(token.kind == "as_needed" for token in plainly.words):
        return False
    return not dated.things or {t.key for t in plainly.things} <= {t.key for t in dated.things}


def _together(said: Sequence[_Said]) -> list[_Said]:
    """Return plain statements as one: "a glass on Friday, pump and dump" is one habit."""
    if len(said) < 2:
        return list(said)
    return [_Said(_Claim.YES, flat([one.things for one in said]), flat([one.words for one in said]))]


def _fact(habit: Habit, one: _Said, text: str) -> Fact:
    presence = Presence.NO if one.claim is _Claim.NO else Presence.YES
    subject = "" if habit is DAIRY else words_between(text, one.words)
    time = one.time or Time()
    return Fact(habit.kind, presence, subject, time.start, time.end, text)
