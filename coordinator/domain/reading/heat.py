"""Whether milk was heated: none of it, all of it, or some bags."""

from __future__ import annotations

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.reading.dates import DateRule
from coordinator.domain.reading.grammar import alt, ends_here, kind, read_statements
from coordinator.domain.reading.parts import seq
from coordinator.domain.reading.readings import Reading, asked, unread, what_does_it_mean
from coordinator.domain.reading.tokens import Token, tokenise
from coordinator.sayings import saying

SOME_BAGS = saying("some bags").in_english
_NONE, _ALL, _SOME = "none", "all", "some"
_KIND = FactKind.HEAT_TREATED


def read_heat_treated(text: str, rule: DateRule) -> Reading:
    """Return whether bags were scalded; "some" leaves the question how many ounces."""
    tokens = tuple(_by_key(token) for token in tokenise(text, rule, ("heat",)))
    said, left = read_statements(tokens, _STATEMENT)
    words = unread(text, left)
    if _SOME in said:
        some = Fact(_KIND, Presence.YES, SOME_BAGS, raw=text)
        question = (
            saying("how many ounces are scalded") if words else saying("which bags, and how many ounces")
        )
        return asked(_KIND, text, question, (some,), words) if words else Reading((some,), (question,))
    if words or len(set(said)) != 1:
        told = (Fact(_KIND, Presence.YES, raw=text),) if _ALL in said and _NONE not in said else ()
        return asked(_KIND, text, what_does_it_mean(words, saying("none, some or all of it")), told, words)
    return Reading((Fact(_KIND, Presence.NO if said[0] == _NONE else Presence.YES, raw=text),))


def _by_key(token: Token) -> Token:
    return (
        Token(token.key, token.start, token.end, token.word, token.concept) if token.kind == "heat" else token
    )


_MILK = kind("milk").many()
_BREAK = ends_here()
_WHY = kind("-", ",", "lipase").many()
"""That there is much lipase is why milk is heated, and says nothing of which."""
_NOT_HEATED = (
    alt(kind("no").at_least(1), kind("never", "not"))
    >> kind("use").many()
    >> kind("boiled").many()
    >> kind("heated")
    >> (kind("and", "/").many() >> kind("boiled")).many()
    << _MILK
).result(_NONE)
_SOME_OF_IT = alt(
    seq(
        kind("just", "use").many(),
        kind("number", "number_word", "some").at_least(1),
        _MILK,
        kind("heated", "boiled").many(),
    ),
    seq(kind("heated", "boiled"), kind("some"), _MILK),
).result(_SOME)
_ALL_OF_IT = seq(
    kind("yes", "use").many(),
    kind("all", "heated", "boiled").at_least(1),
    _MILK,
    kind("heated", "boiled").many(),
    _WHY,
).result(_ALL)
_BUT = kind("-", ",", "and", "except", ";").many()
_LIPASE = kind("yes").many() >> _BUT >> kind("lipase").at_least(1) >> _BUT
"""That there is much lipase is one fact, whether it was heated the other: "high lipase, not scalded"."""
_STATEMENT = alt(
    _LIPASE >> alt(_NOT_HEATED, _SOME_OF_IT, _ALL_OF_IT) << _BREAK,
    _NOT_HEATED << _BUT << kind("lipase").at_least(1) << _BREAK,
    _NOT_HEATED << _BREAK,
    (alt(kind("no").at_least(1), kind("never", "not")) >> kind("use").many() >> _MILK << _BREAK).result(
        _NONE
    ),
    seq(kind("all").many(), _MILK, kind("raw"), _MILK, _BREAK).result(_NONE),
    _SOME_OF_IT << _BREAK,
    _ALL_OF_IT << _BREAK,
    seq(kind("yes"), _WHY, _BREAK).result(_ALL),
)
