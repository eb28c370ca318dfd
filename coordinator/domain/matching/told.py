"""A match in one line: how it stands, what is to be asked, and of whom by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coordinator.domain.matching.matches import Match
from coordinator.domain.suitability.asks import Whom
from coordinator.domain.suitability.standing import Standing, StandingKind
from coordinator.sayings import NOTHING, Saying, joined, saying


def told_of(match: Match) -> Saying:
    """Return ``One call away: which infections, HTLV among them? — Maeve``; ``Ready`` of a ready one."""
    standing, asked = match.pair, _asked(match, {Whom.DONOR: match.name, Whom.FAMILY: match.seeker.name})
    return saying("{standing}: {asked}", standing=standing.words, asked=asked) if asked else standing.words


def asked_of(match: Match) -> Saying:
    """Return what is to be asked, for the donor's own line: of her it is said without her name."""
    return _asked(match, {Whom.FAMILY: match.seeker.name})


_ASKING = frozenset({StandingKind.ONE_CALL, StandingKind.CLINICIAN, StandingKind.WAITS})


def _asked(match: Match, names: Mapping[Whom, str]) -> Saying:
    """Return what both are held up by, the donor first; nothing of what is ready or not a fit."""
    if match.pair.kind not in _ASKING:
        return NOTHING
    both = (match.standing, match.baby_standing)
    asked = (one for standing in both for one in _questions(standing, names))
    return joined("; ", dict.fromkeys(asked))


def _questions(standing: Standing, names: Mapping[Whom, str]) -> Iterator[Saying]:
    """Yield the questions of each, with whom to ring where *names* says it."""
    for whom in Whom:
        questions = tuple(ask.question for ask in standing.deciding if ask.whom is whom)
        if questions and whom in names:
            yield saying("{questions} — {name}", questions=joined("; ", questions), name=names[whom])
        elif questions:
            yield joined("; ", questions)
