"""Pins and what is forbidden in plans, kept as a setting of the network: no table names their lots."""

from __future__ import annotations

import json

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.settings import SettingRow, keep_value
from coordinator.domain.planning.network import Wishes

WISHES = "plan_wishes"
"""The setting they are kept in."""


def wishes_in(session: Session) -> Wishes:
    """Return all that was wished, by the codes it was wished with.

    What cannot be read, as by a newer program, is as if never wished.
    """
    text = session.scalar(sa.select(SettingRow.value).where(SettingRow.name == WISHES))
    try:
        kept = json.loads(text or "{}")
        pins = {(str(lot), str(baby)): float(ounces) for lot, baby, ounces in kept.get("pins", [])}
        forbidden = frozenset((str(lot), str(baby)) for lot, baby in kept.get("forbidden", []))
    except (AttributeError, TypeError, ValueError):
        return Wishes()
    return Wishes(pins={key: much for key, much in pins.items() if much > 0}, forbidden=forbidden)


def keep_wishes(session: Session, wishes: Wishes) -> None:
    """Keep *wishes* instead of all there were."""
    pins = [[lot, baby, round(ounces, 6)] for (lot, baby), ounces in sorted(wishes.pins.items())]
    keep_value(session, WISHES, json.dumps({"pins": pins, "forbidden": sorted(map(list, wishes.forbidden))}))
