"""Judgements kept: what was judged before is not judged again while nothing it goes by has changed."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from coordinator.domain.matching.matches import LotPart, Offer, Seeker
from coordinator.domain.matching.ranking import judge


class Judged:
    """Judges like ``judge`` and keeps what it said of each donor and family, the last time it was asked.

    It goes by everything ``judge`` goes by, so that an answer, a decision, a hold or another day is seen.
    Whoever keeps one asks it in one thread.
    """

    def __init__(self) -> None:
        self._known: Final[dict[tuple[str, str], tuple[tuple[Any, ...], tuple[LotPart, ...]]]] = {}

    def __call__(self, offer: Offer, seeker: Seeker, today: date) -> tuple[LotPart, ...]:
        """Return a donor's lots for *seeker*, as ``judge`` does."""
        pair, by = (offer.code, seeker.code), _gone_by(offer, seeker, today)
        known = self._known.get(pair)
        if known is None or known[0] != by:
            known = self._known[pair] = by, judge(offer, seeker, today)
        return known[1]


def _gone_by(offer: Offer, seeker: Seeker, today: date) -> tuple[Any, ...]:
    """Return all that ``judge`` looks at; disclosures are the same object while her answers are."""
    about_donor = (offer.lots, offer.disclosures, offer.is_own, offer.may_be_own, offer.rests_until)
    return (*about_donor, seeker.baby, seeker.overruled, today)
