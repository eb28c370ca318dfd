"""What a changed fact flips, in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from coordinator.domain.suitability.flips import FactPreview
from ui.translation import translate


def flip_lines(found: FactPreview) -> list[tuple[str, str]]:
    """Return each line with its role; agreements first, because people have said yes to them."""
    return list(_lines(found)) or [(translate("FlipWords", "No lot and no hold changes by this."), "quiet")]


def _lines(found: FactPreview) -> Iterator[tuple[str, str]]:
    for hold in sorted(found.holds, key=lambda one: not one.is_agreed):
        what = (
            translate("FlipWords", "Agreement {code}")
            if hold.is_agreed
            else translate("FlipWords", "Hold {code}")
        )
        way = f"{hold.flip.before.words} → {hold.flip.after.words}"
        because = "; ".join(reason.text for reason in hold.flip.because[:2])
        words = f"{what.format(code=hold.hold_code)}, {hold.flip.recipient_code}: {way}"
        yield f"{words} — {because}" if because else words, "problem" if hold.flip.is_worse else ""
    worse = Counter(flip.lot_code for flip in found.flips if flip.is_worse)
    better = Counter(flip.lot_code for flip in found.flips if not flip.is_worse)
    for lot in found.lots:
        parts = []
        if worse[lot]:
            parts.append(translate("FlipWords", "worse for {count} families").format(count=worse[lot]))
        if better[lot]:
            parts.append(translate("FlipWords", "better for {count} families").format(count=better[lot]))
        yield f"{lot}: {', '.join(parts)}", "ask" if worse[lot] else ""
