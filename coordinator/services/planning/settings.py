"""The coordinator's own weights of the plan, kept as a setting of the network beside ours."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.db.database import Database
from coordinator.db.settings import SettingRow, keep_value
from coordinator.domain.planning.hopes import read_own, write_own
from coordinator.domain.planning.weights import EDITABLE, PlanPolicy, Weight, with_own_weights
from coordinator.domain.records.history import Action
from coordinator.domain.typed_numbers import typed_number
from coordinator.errors import UserError
from coordinator.sayings import saying

WEIGHTS = "plan_weights"
"""The setting they are kept in."""
HOPES = "plan_hopes"
"""The setting in which her own hopes of each kind of answer are kept."""


def policy_kept(database: Database) -> PlanPolicy:
    """Return what plans go by, with the coordinator's own weights in the place of ours."""
    with database.reading() as session:
        return with_own_weights(load_plan_policy(), _read(session))


def our_weights() -> tuple[Weight, ...]:
    """Return the weights as they ship."""
    return load_plan_policy().printed


def change_weight(database: Database, key: str, text: str) -> None:
    """Set one weight; ours again where *text* is empty.

    Raises:
        UserError: If it is no number that weighs.
    """
    title = next((weight.title for weight in our_weights() if weight.key == key and key in EDITABLE), None)
    if title is None:
        raise ValueError(key)
    number = _number(key, text) if text.strip() else None
    with database.writing(
        Action("plan.weighed", saying("Changed a weight of the plan: {title}", title=title))
    ) as session:
        own = {**_read(session)}
        own.pop(key, None)
        if number is not None:
            own[key] = number
        keep_value(session, WEIGHTS, json.dumps(own))


def take_our_weights(database: Database) -> None:
    """Go back to the weights as they ship, all of them."""
    with database.writing(Action("plan.weighed", saying("Took the plan’s own weights again"))) as session:
        keep_value(session, WEIGHTS, "{}")


def own_hopes(session: Session) -> dict[str, float]:
    """Return what the coordinator hopes of answers by their topic, where that is not our figure."""
    return read_own(session.scalar(sa.select(SettingRow.value).where(SettingRow.name == HOPES)) or "")


def keep_hopes(database: Database, prior: float | None, own: Mapping[str, float]) -> None:
    """Keep the coordinator's *own* hopes by topic instead of all she had, and what is hoped of any answer.

    ``None`` is our *prior*, no hopes of her own are ours.

    Raises:
        UserError: If one is no share that can be hoped for.
    """
    hopes = {topic: _number("hope", f"{share:g}") for topic, share in own.items()}
    action = Action("plan.hoped", saying("Changed what we hope for"))
    with database.writing(action) as session:
        weights = {key: value for key, value in _read(session).items() if key != "hope"}
        if prior is not None:
            weights["hope"] = _number("hope", f"{prior:g}")
        keep_value(session, WEIGHTS, json.dumps(weights))
        keep_value(session, HOPES, write_own(hopes))


def _number(key: str, text: str) -> float:
    low, high = EDITABLE[key]
    try:
        number = typed_number(text)
    except ValueError:
        number = math.nan
    if not low <= number <= high:
        raise UserError(
            saying("Type a number from {low:g} to {high:g}; leave it empty for ours.", low=low, high=high)
        )
    return number


def _read(session: Session) -> dict[str, float]:
    kept = session.scalar(sa.select(SettingRow.value).where(SettingRow.name == WEIGHTS))
    try:
        own = {str(key): float(value) for key, value in json.loads(kept or "{}").items()}
    except (AttributeError, TypeError, ValueError):
        return {}
    return {
        key: value
        for key, value in own.items()
        if key in EDITABLE and EDITABLE[key][0] <= value <= EDITABLE[key][1]
    }
