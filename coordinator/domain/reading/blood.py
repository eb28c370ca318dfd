"""Blood tests: each infection with its own result, each result with its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from parsy import eof, fail, success, test_item

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.intervals import shifted
from coordinator.domain.reading.dates import DateOrder, DateRule
from coordinator.domain.reading.days import Days
from coordinator.domain.reading.grammar import alt, ends_here, kind, read_statements
from coordinator.domain.reading.parts import peek, seq
from coordinator.domain.reading.readings import Reading, asked, plain, unread, what_does_it_mean
from coordinator.domain.reading.tokens import COMMA, DASH, DAY, PLUS, WORD, Token, Tokens, tokenise
from coordinator.domain.vocabulary import Concept, vocabulary, words_of
from coordinator.sayings import NOTHING, Saying, joined, saying

NEGATIVE, NOT_DONE = "negative", "not_done"
PRENATAL_PANEL: Final = "prenatal_panel"
"""The key of what is tested in pregnancy."""
_PRENATAL, _UNNAMED = PRENATAL_PANEL, ""
_LISTS = ("results", "infections")


@dataclass(frozen=True, slots=True)
class Result:
    """What a test said of one infection, by its key; an empty key stands for those nobody named.

    ``all_panel`` is the whole panel of the policy, ``prenatal_panel`` what is tested in pregnancy.
    """

    infection: str
    said: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """Infections with one result, or a day, which is that of the results before it; ``is_none``: no tests."""

    results: tuple[Result, ...] = ()
    days: Days | None = None
    in_pregnancy: bool = False
    is_none: bool = False


def read_blood_tests(text: str, rule: DateRule) -> Reading:
    """Return a fact for each day and result; an infection without a plain result is asked about."""
    tokens = _signed(tokenise(text, rule, _LISTS))
    said, left = read_statements(tokens, _STATEMENT)
    words = unread(text, left)
    if all(_says_nothing(one) or not one.results for one in said):
        said = [one for one in said if not _says_nothing(one)]
    results = [result for one in said for result in one.results]
    if not words and not results and any(one.is_none for one in said):
        return plain(FactKind.BLOOD_TEST, Presence.NO, text)
    dated, is_whole = _by_day(said)
    facts = tuple(dict.fromkeys(fact for days, some in dated for fact in _facts(days, some, text)))
    doubt = _doubt(dated, words, is_whole=is_whole)
    questions = tuple(_questions(dated))
    if doubt:
        reading = asked(FactKind.BLOOD_TEST, text, doubt, facts, words)
        return replace(reading, questions=(*questions, doubt))
    return Reading(facts, questions)


def _says_nothing(one: _Said) -> bool:
    """Whether it is a word of no infection and no outcome, such as "can send"."""
    return any(result.infection == _UNNAMED and result.said in _NO_OUTCOME for result in one.results)


_NO_OUTCOME = frozenset({NOT_DONE, "done", "pending", "unknown"})


@lru_cache(maxsize=4096)
def results_told(words: str) -> tuple[tuple[Result, ...], bool]:
    """Return the results that *words*, what a fact is about, name, and whether nothing else stands there."""
    said, left = read_statements(_signed(tokenise(words, _NO_DATES, _LISTS)), _STATEMENT)
    results = tuple(result for one in said for result in one.results)
    return results, not left and all(one.days is None for one in said)


@lru_cache(maxsize=4096)
def is_in_pregnancy(words: str) -> bool:
    """Whether *words* say that the test was one of pregnancy."""
    return any(token.key == _PRENATAL for token in tokenise(words, _NO_DATES, _LISTS))


_NO_DATES = DateRule(DateOrder.MONTH_FIRST, date.max)


def covered(infection: str) -> frozenset[str]:
    """Return the keys an infection or panel stands for, itself among them."""
    return vocabulary().covered(infection)


@lru_cache(maxsize=256)
def panel_keys(names: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of an infection of a policy's panel, which the policy may write in several ways."""
    known = vocabulary().phrases(("infections",))
    return frozenset(known[words].key for name in names if (words := words_of(name)) in known)


# The grammar.

_SUMMING_UP = frozenset({"every_test", "blood_test"})
"""Words that only sum up the infections named beside them: "HIV, HBV and HCV all negative"."""
_INFECTION = kind("infections")
_AND = kind("and", ",", "/", "+").many()
_ALL = test_item(lambda token: token.kind == "infections" and token.key in _SUMMING_UP, "all of them")
_JOINED = alt(_AND << kind(DASH) << peek(_ALL), _AND)
"""Between infections; a dash is one before what sums them up: "HIV, HBV - all negative"."""
_INFECTIONS = (_INFECTION << _JOINED).at_least(1)
_RESULT = kind("results").at_least(1)
_COLON = test_item(lambda token: token.word == ":" or token.kind == "for", "a colon or for")
_BE = kind("be", ",", "use", "for", "-", "aside").many()


def _together(infections: Sequence[Token], results: Sequence[Token]) -> _Said:
    """Return one result for all of the infections; of several words the one that is no negative counts."""
    said = next((one.key for one in results if one.key != NEGATIVE), NEGATIVE)
    specific = [one for one in infections if one.key not in {_PRENATAL, *_SUMMING_UP}]
    named = specific or [one for one in infections if one.key != _PRENATAL] or list(infections)
    in_pregnancy = any(one.key == _PRENATAL for one in infections)
    return _Said(tuple(_result(one, said) for one in named), in_pregnancy=in_pregnancy)


def _result(infection: Token, said: str) -> Result:
    concept = infection.concept
    return Result(concept.key, said, concept.label) if concept else Result(_UNNAMED, said)


def _on_a_day(infections: Sequence[Token], day: Token, results: Sequence[Token]) -> _Said:
    return replace(_together(infections, results), days=day.days)


def _not_done(infections: Sequence[Token]) -> _Said:
    said = _together(infections, ())
    return replace(said, results=tuple(replace(one, said=NOT_DONE) for one in said.results))


_NOT_YET = kind("results").bind(
    lambda token: success(token) if token.key in {NOT_DONE, "pending"} else fail("not done")
)
# Behind a list that a result claims no other result may follow.
_ENDED = eof | peek(test_item(lambda token: token.kind not in {"results", "signed"}, "no other result"))
_NO_DAY = eof | test_item(lambda token: token.kind != DAY, "no other day")
_STATEMENT = alt(
    seq(_INFECTIONS, kind("signed").map(lambda token: [token])).combine(_together),
    seq(_NOT_YET << kind("for"), _INFECTIONS << _ENDED).combine(
        lambda token, infections: _together(infections, [token])
    ),
    seq(_RESULT << kind("for"), _INFECTIONS << _ENDED).combine(
        lambda results, infections: _together(infections, results)
    ),
    seq(
        _ALL.many() >> _RESULT << kind("use").many(),
        kind(DAY) << _COLON,
        _INFECTIONS << _ENDED << peek(_NO_DAY),
    ).combine(lambda results, day, infections: _on_a_day(infections, day, results)),
    seq(_INFECTIONS << _BE, _RESULT).combine(_together),
    seq(_INFECTIONS, kind(DAY) << _BE, _RESULT).combine(_on_a_day),
    seq(_RESULT, _INFECTIONS << _ENDED).combine(lambda results, infections: _together(infections, results)),
    (kind("no") >> _INFECTIONS).map(_not_done),
    (alt(kind("no", "never"), _NOT_YET) << ends_here()).map(lambda _: _Said(is_none=True)),
    _RESULT.map(lambda results: _together([Token("", 0, 0)], results)),
    (kind("since", "use", "-").many() >> kind(DAY)).map(lambda token: _Said(days=token.days)),
    kind("aside").result(_Said()),
    kind("infections").bind(
        lambda one: success(_Said(in_pregnancy=True)) if one.key == _PRENATAL else fail("pregnancy")
    ),
)
"""Infections and their result, either way round; a result of nobody knows what; a day; no tests at all."""


def _signed(tokens: Tokens) -> Tokens:
    """Read "HIV-" and "HIV+" as results, and the C of "hepatitis B and C" as an infection."""
    known: list[Token] = []
    for at, token in enumerate(tokens):
        before = known[-1] if known else None
        if before and before.kind == "infections" and _is_sign(token, before, tokens[at + 1 : at + 2]):
            known.append(replace(token, kind="signed", concept=_concept("results", _SIGNS[token.kind])))
        elif (
            token.kind == WORD
            and token.word == "c"
            and any(one.key == "hbv" for one in tokens[max(at - 2, 0) : at])
        ):
            known.append(replace(token, kind="infections", concept=_concept("infections", "hcv")))
        elif token.kind == "except" and before and before.key in _SUMMING_UP:
            known.append(token)  # "All but HTLV": what follows is left out of it.
        else:
            known.append(_retold(token))
    return tuple(known)


def _retold(token: Token) -> Token:
    """Return words that only say when or where a test was made as what they are, and "but" as a break."""
    group = token.concept.group if token.concept else ""
    if token.kind == "results" and token.key == "pregnancy":
        return replace(token, kind="infections", concept=_concept("infections", _PRENATAL))
    if token.kind == "results" and group in {"when", "place"}:
        return replace(token, kind="aside")
    return replace(token, kind=COMMA) if token.word in _BUT else token


def _is_sign(token: Token, before: Token, after: Tokens) -> bool:
    """Whether a mark stands right behind an infection, or is a plus that joins it to no other."""
    if token.word not in {"-", "+", "–", "−"} or token.kind not in _SIGNS:
        return False
    return token.start == before.end or (
        token.kind == PLUS and not any(one.kind == "infections" for one in after)
    )


_BUT = frozenset({"but", "however", "though", "although"})
"""What they join are two statements; "except" is not among them, it takes back what was said."""
_SIGNS = {DASH: NEGATIVE, PLUS: "positive"}


@lru_cache(maxsize=8)
def _concept(name: str, key: str) -> Concept:
    return next(one for one in vocabulary().phrases((name,)).values() if one.key == key)


# Days, facts and questions.


def _by_day(said: Sequence[_Said]) -> tuple[list[_Dated], bool]:
    """Return the results with their day, and whether every day told has some.

    A day stands behind its results, or before the first of them.
    """
    dated: list[_Dated] = []
    waiting: list[_Said] = []
    first: Days | None = None
    for one in said:
        if one.results or one.days is None:
            waiting.append(one)
        if one.days is None:
            continue
        if waiting:
            dated.append((one.days, waiting))
            waiting = []
        elif first is None:
            first = one.days
        else:
            return [(None, list(said))], False
    if waiting or first:
        dated.append((first, waiting))
    return dated, first is None or (len(dated) == 1 and bool(waiting))


_Dated = tuple[Days | None, list[_Said]]


def _facts(days: Days | None, said: Sequence[_Said], text: str) -> Iterator[Fact]:
    start = days.first if days else None
    end = shifted(start, 1) if start else None
    results = [one for some in said for one in some.results]
    in_pregnancy = any(one.in_pregnancy for one in said)
    for outcome in dict.fromkeys(one.said for one in results):
        names = [one.name for one in results if one.said == outcome and one.infection != _UNNAMED]
        presence = Presence.NO if outcome in _NOT_TESTED else Presence.YES
        subject = _subject(list(dict.fromkeys(names)), outcome, in_pregnancy=in_pregnancy)
        yield Fact(FactKind.BLOOD_TEST, presence, subject, start, end, text)


_NOT_TESTED = frozenset({NOT_DONE, "pending", "unknown"})


def _subject(names: list[str], outcome: str, *, in_pregnancy: bool) -> str:
    """Return a result in the one way it is kept: "HIV, HBV negative", "prenatal HIV negative"."""
    when = "prenatal " if in_pregnancy and names != [_concept("infections", _PRENATAL).label] else ""
    return f"{when}{', '.join(names)} {_concept('results', outcome).label}".strip()


def _doubt(dated: Sequence[_Dated], words: Sequence[str], *, is_whole: bool) -> Saying:
    """Return what has to be asked about the answer as a whole; empty when it is plain."""
    results = [one for _, said in dated for some in said for one in some.results]
    if words or not results:
        return what_does_it_mean(words, saying("which tests, when, and with what result"))
    if not is_whole or any(days is not None and days.first is None for days, _ in dated):
        return saying("on which day, with the year")
    if any(one.is_none for _, said in dated for one in said):
        return saying("which tests, when, and with what result")
    if len(results) > 1 and any(one.infection == _UNNAMED and one.said != NEGATIVE for one in results):
        return saying("which of them")
    undated = [one for days, said in dated for some in said for one in some.results if days is None]
    return saying("on which day") if any(one.said not in _NOT_TESTED for one in undated) else NOTHING


def _questions(dated: Sequence[_Dated]) -> Iterator[Saying]:
    """Yield what a plain answer leaves to ask: infections nobody named, and results that are no negative."""
    results = [one for _, said in dated for some in said for one in some.results]
    negative = [one.infection for one in results if one.said == NEGATIVE]
    if negative and not set(negative) & _NAMING:
        # What is tested in pregnancy leaves out these two.
        lacks = saying("were HTLV and HCV tested for, too, and when")
        yield lacks if _PRENATAL in negative else saying("which infections were tested for, HTLV among them")
    for outcome in dict.fromkeys(one.said for one in results if one.said != NEGATIVE):
        names = joined(
            ", ", dict.fromkeys(one.name or saying("a test") for one in results if one.said == outcome)
        )
        result = _concept("results", outcome).label
        if outcome in _NOT_TESTED:
            yield saying("{names} {result}: test again", names=names, result=result)
        else:
            yield saying("{names} {result}: what did her clinician say", names=names, result=result)


_NAMING = frozenset({"hiv", "all_panel"})
