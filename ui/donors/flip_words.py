"""What a changed fact flips, in lines."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from coordinator.domain.flips import Flips


def _tr(text: str) -> str:
    return QCoreApplication.translate("FlipWords", text)


def flip_lines(found: Flips) -> list[tuple[str, str]]:
    """Return each line with its role; agreements first, because people have said yes to them."""
    return list(_lines(found)) or [(_tr("No lot and no hold changes by this."), "quiet")]


def _lines(found: Flips) -> Iterator[tuple[str, str]]:
    for hold in sorted(found.holds, key=lambda one: not one.is_agreed):
        what = _tr("Agreement {code}") if hold.is_agreed else _tr("Hold {code}")
        way = f"{hold.before.words} → {hold.after.words}"
        role = "problem" if hold.after > hold.before else ""
        yield f"{what.format(code=hold.hold_code)}, {hold.recipient_name}: {way}", role
    for lot in found.lots:
        parts = []
        if lot.worse:
            parts.append(_tr("worse for {count} families").format(count=lot.worse))
        if lot.better:
            parts.append(_tr("better for {count} families").format(count=lot.better))
        yield f"{lot.lot_code}: {', '.join(parts)}", "ask" if lot.worse else ""
