"""The next step of a case as one button: what stands on it, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.agreements.case_steps import Act, NextStep
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.services.agreements import holds
from coordinator.services.pickups import planning
from ui.cases.asked_after_dialog import ask_after
from ui.cases.choice_dialog import tell_and_choose
from ui.cases.standing_steps import both_say_yes
from ui.desk import Desk
from ui.families.left_behind import ask_to_let_go, plan_again

ON_THE_PHONE = frozenset(
    {
        Act.ASK_NEED,
        Act.ASK_DONOR,
        Act.ASK_FAMILY,
        Act.NUDGE_DONOR,
        Act.NUDGE_FAMILY,
        Act.ASK_AFTER,
        Act.ASK_CLINICIAN,
        Act.GO_ON,
        Act.READ_FIRST,
        Act.REFER,
        Act.OPEN,
        Act.NONE,
    }
)
"""Steps for which somebody is rung or read about first: they lead to the family."""
_MATCH = frozenset({Act.FIND_MILK, Act.FIND_MORE})
_PICKUP = frozenset({Act.CHOOSE_DRIVER, Act.PRINT, Act.SHOW_PICKUP, Act.SETTLE})


def take_step(
    desk: Desk,
    step: NextStep,
    ring: Callable[[str], object],
    left_behind: Mapping[str, LeftBehind],
    parent: QWidget,
) -> None:
    """Do the next step, or go where it is done; *ring* opens the call card of a family.

    *left_behind* is what waits to be planned again, by the code of its hold.
    """
    left = left_behind.get(step.hold_code)
    if step.act in _MATCH:
        desk.page_wanted.emit("matching", step.code)
    elif step.act in _PICKUP:
        desk.page_wanted.emit("pickups", step.pickup_code)
    elif step.act is Act.RENEW and step.on is not None:
        both_say_yes(desk, step.standing_code, step.on)
    elif step.act is Act.PLAN:
        desk.page_wanted.emit("pickups", step.hold_code)
    elif step.act in (Act.NOTE_YES, Act.ASK_AGAIN) and step.side is not None:
        tell_and_choose(desk, step.hold_code, step.side, parent)
    elif step.act is Act.ASK_AFTER:
        ring(step.code)
        ask_after(desk, step.code, parent)
    elif step.act is Act.PLAN_AGAIN and left is not None:
        plan_again(desk, left)
    elif step.act is Act.LET_GO and left is not None:
        ask_to_let_go(desk, left, parent)
    elif (work := _writing(desk, step)) is not None:
        desk.write(work)
    else:
        ring(step.code)


def _writing(desk: Desk, step: NextStep) -> Callable[[], object] | None:
    """Return what is written down at once; nothing for a step that leads somewhere."""
    database, today = desk.database, desk.today()
    if step.act is Act.NOTE_DRIVER_YES:
        return partial(planning.record_driver_yes, database, step.pickup_code, today)
    if step.act is Act.EXTEND:
        return partial(holds.extend_hold, database, step.hold_code, today)
    if step.act is Act.RELEASE:
        return partial(holds.release_hold, database, step.hold_code)
    return None
