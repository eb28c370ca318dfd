"""A recall that was begun, as programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coordinator.cli.json_documents import Document
    from coordinator.domain.records.recall_work import Party, RecallWork
    from coordinator.domain.volume import Volume


def document(found: RecallWork) -> Document:
    """Return ``recall Q-0001 --json``."""
    days = found.recall.days
    return {
        "recall": found.code,
        "about": found.about,
        "from": None if days.first is None else days.first.isoformat(),
        "to": None if days.last is None else days.last.isoformat(),
        "because": found.because or None,
        "began_at": found.began_at.isoformat(),
        "closed_at": None if found.closed_at is None else found.closed_at.isoformat(),
        "open_again": found.is_open_again,
        "given_oz": _oz(found.given),
        "due_oz": _oz(found.due),
        "answered_oz": _oz(found.answered),
        "open_oz": _oz(found.open),
        "all_reached_minutes": None if found.took is None else int(found.took.total_seconds() // 60),
        "untold_lots": list(found.untold),
        "parties": [_party(one) for one in found.parties],
    }


def _party(one: Party) -> Document:
    return {
        "who": one.who,
        "is": one.kind.value,
        "name": one.name,
        "phone": one.phone or None,
        "due_oz": _oz(one.due),
        "open_oz": _oz(one.open),
        "reached_at": None if one.reached_at is None else one.reached_at.isoformat(),
        "told": [
            {
                "became": told.became.value,
                "ounces": _oz(told.volume),
                "on": told.on.isoformat(),
                "note": told.note,
            }
            for told in one.told
        ],
        "contacts": [
            {"at": made.at.isoformat(), "outcome": made.outcome.value, "note": made.note}
            for made in one.contacts
        ],
    }


def _oz(volume: Volume) -> float:
    return round(volume.oz, 2)
