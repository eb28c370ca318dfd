"""Judgements kept: what was judged before is not judged again while nothing it goes by has changed."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from coordinator.domain.families.babies import Baby
from coordinator.domain.matching.matches import LotPart, Offer, Seeker
from coordinator.domain.matching.ranking import judge
from coordinator.domain.suitability.disclosures import FamilyKey, family_key


class Judged:
    """Judges like ``judge``, and keeps what it said last of each donor and kind of family.

    Families are of a kind when the rules do not tell them apart for a donor's milk; whoever overruled
    something for her is of a kind of its own. It goes by everything ``judge`` goes by, so that an answer, a
    decision, a hold or another day is seen. Whoever keeps one asks it in one thread.
    """

    def __init__(self) -> None:
        self._known: Final[dict[tuple[Any, ...], tuple[tuple[Any, ...], tuple[LotPart, ...]]]] = {}
        self._last: tuple[Baby, FamilyKey] | None = None

    def __call__(self, offer: Offer, seeker: Seeker, today: date) -> tuple[LotPart, ...]:
        """Return a donor's lots for *seeker*, as ``judge`` does."""
        decided = tuple(one for one in seeker.overruled if one.donor_code == offer.code)
        kind = (offer.code, self._kind(seeker.baby), offer.is_own, offer.may_be_own, decided)
        by = (offer.lots, offer.disclosures, offer.rests_until, today)
        known = self._known.get(kind)
        if known is None or known[0] != by:
            known = self._known[kind] = by, judge(offer, seeker, today)
        return known[1]

    def _kind(self, baby: Baby) -> FamilyKey:
        """Return what tells its family from others; of the same baby as before it is known."""
        if self._last is None or self._last[0] is not baby:
            self._last = baby, family_key(baby)
        return self._last[1]
