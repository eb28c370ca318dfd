"""Every choice that was recorded: on a family's page, and as one table to keep elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from coordinator.adapters.policies.statements import load_statements
from coordinator.db.agreements import HoldRow
from coordinator.db.choices import choices_by_hold
from coordinator.db.database import Database
from coordinator.db.holds import held_milk
from coordinator.domain.agreements.choices import ChoiceLine
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.sayings import Saying, saying
from coordinator.services.suitability.told_before import informed_in

_LIVING = (HoldState.OPEN, HoldState.AGREED)


@dataclass(frozen=True, slots=True)
class ChoicesOf:
    """What one donor or family chose, newest first, and its yeses that are not recorded."""

    lines: tuple[ChoiceLine, ...]
    missing: tuple[Saying, ...] = ()


def choice_lines(database: Database, today: date) -> list[ChoiceLine]:
    """Return every choice ever recorded, in the order of their holds and then as they were noted."""
    with database.reading() as session:
        return _lines(session, today)


def choices_of(database: Database, code: str, today: date) -> ChoicesOf:
    """Return what the donor or family with *code* chose, and which of its yeses are not recorded."""
    wanted = code.upper()
    with database.reading() as session:
        lines = [one for one in _lines(session, today) if one.code == wanted]
        living = [
            one
            for one in held_milk(session, HoldRow.state.in_(_LIVING))
            if wanted in {one.hold.donor_code, one.hold.recipient_code}
        ]
        informed = informed_in(session, living)
    missing = [
        saying("{hold}: {missing}", hold=one.hold.code, missing=side.missing)
        for one in living
        for side in informed[one.id]
        if side.missing
        and wanted == (one.hold.donor_code if side.side is Side.DONOR else one.hold.recipient_code)
    ]
    lines.sort(key=lambda one: (one.choice.chosen_on, one.choice.id), reverse=True)
    return ChoicesOf(tuple(lines), tuple(missing))


def headings() -> tuple[Saying, ...]:
    """Return the headings of the table of choices, which :func:`row` fills."""
    return (
        saying("Hold"),
        saying("Code"),
        saying("Side"),
        saying("Choice"),
        saying("How"),
        saying("Chosen by"),
        saying("Chosen on"),
        saying("Days ago"),
        saying("Told on"),
        saying("Text"),
        saying("Noted by"),
        saying("Noted on"),
        saying("Pasteurises at home"),
        saying("Paper"),
        saying("Stands"),
        saying("Changed since"),
    )


def row(line: ChoiceLine) -> Sequence[str]:
    """Return one choice as cells; days as ISO 8601."""
    one = line.choice
    return (
        one.hold_code,
        line.code,
        str(saying("donor") if line.of_donor else saying("family")),
        str(one.kind.words),
        str(one.how.words),
        one.chosen_by,
        one.chosen_on.isoformat(),
        str(line.age),
        one.told_on.isoformat(),
        one.text_version,
        one.noted_by,
        one.noted_on.isoformat(),
        str(one.heats.words) if one.heats else "",
        one.file_name,
        str(line.stands),
        "; ".join(map(str, line.changes)),
    )


def _lines(session: Session, today: date) -> list[ChoiceLine]:
    chosen = choices_by_hold(session)
    held = held_milk(session, HoldRow.id.in_(chosen)) if chosen else []
    informed = informed_in(session, [one for one in held if one.hold.state in _LIVING])
    changed = {
        side.choice.id: side.changes
        for both in informed.values()
        for side in both
        if side.choice is not None and side.asks_again
    }
    version = load_statements().version
    return [
        ChoiceLine(
            choice,
            one.hold,
            max(0, (today - choice.chosen_on).days),
            choice.text_version != version,
            changed.get(choice.id, ()),
            one.hold.is_expired(today),
        )
        for one in held
        for choice in chosen[one.id]
    ]
