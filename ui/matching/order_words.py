"""What the table says of a donor's place among those who stand alike: how much of the need, and ties."""

from __future__ import annotations

from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.scored import ScoredDonors, ScoredFamilies
from coordinator.domain.matching.scoring import Placed, Score
from coordinator.domain.matching.weights import PartKind
from ui.translation import translate


class OrderWords:
    """Knows the scores of the last that were told; columns ask it by family and donor."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Score, Placed]] = {}

    def tell(self, found: ScoredDonors | ScoredFamilies) -> None:
        """Know the scores of *found* from now on; may be called off the window's thread."""
        matches = found.ranking.matches if isinstance(found, ScoredDonors) else found.matches
        self._known = {
            (match.seeker.code, match.code): (found.scores[placed.code], placed)
            for match, placed in zip(matches, found.placed, strict=True)
        }

    def words(self, match: Match) -> str:
        """Return ``62 % · tie``; nothing of one that was not told."""
        known = self._known.get((match.seeker.code, match.code))
        if known is None:
            return ""
        level = _covered(known[0])
        covers = translate("Columns", "ask") if level is None else _percent(level)
        if not known[1].tied:
            return covers
        return translate("Columns", "{covers} · tie").format(covers=covers)

    def covers(self, match: Match) -> float | None:
        """Return the share of the need, to sort by."""
        known = self._known.get((match.seeker.code, match.code))
        return None if known is None else _covered(known[0])

    def tooltip(self, match: Match) -> str:
        """Return every part in words, one under the other."""
        known = self._known.get((match.seeker.code, match.code))
        return "" if known is None else "\n".join(str(part.said) for part in known[0].parts)


def _covered(score: Score) -> float | None:
    part = score.part(PartKind.COVERS)
    return part.level if part is not None else None


def _percent(level: float) -> str:
    if level >= 1:
        return translate("Columns", "all")
    return translate("Columns", "{share} %").format(share=int(level * 100))
