"""A match in one line: how it stands, what is to be asked, and of whom by name."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.domain.matching.ranking import Match
from coordinator.domain.suitability.asks import Whom
from coordinator.domain.suitability.standing import Standing, StandingKind
from coordinator.sayings import NOTHING, Saying, joined, saying


def told_of(match: Match) -> Saying:
    """Return ``One call away: which infections, HTLV among them? — Maeve``; ``Ready`` of a ready one."""
    standing, asked = match.standing, asked_of(match)
    return saying("{standing}: {asked}", standing=standing.words, asked=asked) if asked else standing.words


def asked_of(match: Match) -> Saying:
    """Return what makes it stand as it does: ``which infections, HTLV among them? — Maeve``; else nothing."""
    standing = match.standing
    return joined("; ", _asked(standing, match)) if standing.kind in _ASKING else NOTHING


_ASKING = frozenset({StandingKind.ONE_CALL, StandingKind.CLINICIAN, StandingKind.WAITS})


def _asked(standing: Standing, match: Match) -> Iterator[Saying]:
    """Yield the questions that make it stand as it does, those of a call with whom to ring."""
    names = {Whom.DONOR: match.name, Whom.FAMILY: match.seeker.name}
    for whom in Whom:
        questions = tuple(ask.question for ask in standing.deciding if ask.whom is whom)
        if questions and whom in names:
            yield saying("{questions} — {name}", questions=joined("; ", questions), name=names[whom])
        elif questions:
            yield joined("; ", questions)
