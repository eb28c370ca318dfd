"""Labels for bags: of lots, or of all that travels with a pickup, on the sheet that is in the printer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordinator.adapters.paper.label_sheets import label_sheet, label_sheets
from coordinator.db import milk
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.holds import HeldMilk, held_by_pickup, held_milk, households_by_id
from coordinator.db.living import living
from coordinator.db.milk import LotRow
from coordinator.db.pickups import PickupRow
from coordinator.db.recipients import RecipientRow, to_baby
from coordinator.domain.agreements.holds import still_counts
from coordinator.domain.paper.label_sheets import (
    NO_SHIFT,
    Shift,
    read_shifts,
    written_shifts,
)
from coordinator.domain.paper.labels import NO_CLASH, BagLabel, LabelJob, LabelRun, checked_runs
from coordinator.domain.paper.privacy import LABELS_MAY_SHOW, Level, Shown
from coordinator.domain.paper.sheet_making import on_paper
from coordinator.domain.suitability.clashes import clashes
from coordinator.domain.suitability.lots import bags_from
from coordinator.domain.volume import Volume
from coordinator.sayings import joined, saying
from coordinator.services.settings.values import change_setting, load_settings
from coordinator.services.suitability.verdicts import known_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from coordinator.db.database import Database
    from coordinator.domain.milk.lots import Lot
    from coordinator.domain.suitability.disclosures import Disclosures

__all__ = [
    "calibration",
    "keep_shift",
    "label_sheets",
    "labels_of_lots",
    "labels_of_pickup",
    "render_labels",
    "shift_of",
]


@dataclass(frozen=True, slots=True)
class Labels:
    """A job for the printer. ``uncounted`` are the lots whose bags nobody counted: one label each."""

    job: LabelJob
    uncounted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnSheet:
    """On which sheet labels go, from which label on, and whose they are; ``count`` of each, else its bags."""

    sheet: str
    start: int = 1
    level: Level = Level.FAMILY
    count: int | None = None


def labels_of_lots(database: Database, codes: Sequence[str], today: date, on: OnSheet) -> Labels:
    """Return the labels of lots: those held for a family with its first name, the free ones without.

    Raises:
        NotFoundError: If there is no such lot.
        NoLabelsError: If nothing of them is left.
        NoSuchSheetError: If the sheet is not known.
        NoSuchPositionError: If it has no such label.
    """
    with database.reading() as session:
        runs: list[_Bags] = []
        for code in dict.fromkeys(code.upper() for code in codes):
            row = living(by_code(session, LotRow, code))
            lot = _lot(session, row, today)
            held = [
                one
                for one in held_milk(session, LotRow.id == row.id)
                if still_counts(one.hold.state, one.hold.expires_on, today)
            ]
            runs += _of_holds(session, held, today)
            if lot.free > Volume():
                runs.append(_Bags(_label(lot), lot.free_bags))
        return _job(session, runs, on)


def labels_of_pickup(database: Database, code: str, today: date, on: OnSheet) -> Labels:
    """Return a label for each bag that travels with a pickup; raises like :func:`labels_of_lots`."""
    with database.reading() as session:
        row = by_code(session, PickupRow, code)
        return _job(session, _of_holds(session, held_by_pickup(session, [row.id]).get(row.id, []), today), on)


def render_labels(job: LabelJob) -> bytes:
    """Return the labels as a PDF."""
    from coordinator.adapters.pdf.labels import render_labels as drawn  # noqa: PLC0415 - reportlab costs 0.2 s

    return drawn(job)


def calibration(sheet: str) -> bytes:
    """Return the page that shows how far a printer shifts what it prints.

    Raises:
        NoSuchSheetError: If the sheet is not known.
    """
    from coordinator.adapters.pdf.labels import render_calibration  # noqa: PLC0415 - reportlab costs 0.2 s

    return render_calibration(label_sheet(sheet))


def shift_of(database: Database, sheet: str) -> Shift:
    """Return how far the labels of *sheet* are moved for this network's printer."""
    with database.reading() as session:
        return read_shifts(load_settings(session).label_shifts).get(label_sheet(sheet).key, NO_SHIFT)


def keep_shift(database: Database, sheet: str, shift: Shift) -> None:
    """Remember how far the printer shifts *sheet*: right and down, as read off the calibration page.

    Raises:
        UserError: If that is further than any printer that has the right paper.
    """
    found = label_sheet(sheet)
    with database.reading() as session:
        known = dict(read_shifts(load_settings(session).label_shifts))
    known[found.key] = shift
    change_setting(database, "label_shifts", written_shifts(known))


@dataclass(frozen=True, slots=True)
class _Bags:
    """A label with everything on it, and for how many bags; ``None`` was not counted."""

    label: BagLabel
    bags: int | None


def _job(session: Session, found: Iterable[_Bags], on: OnSheet) -> Labels:
    found = tuple(found)
    sheet, settings = label_sheet(on.sheet), load_settings(session)
    runs = [
        LabelRun(
            _for_level(replace(one.label, network_name=settings.network_name), on.level),
            on.count or (1 if one.bags is None else one.bags),
        )
        for one in found
    ]
    codes = tuple(dict.fromkeys(one.label.lot_code for one in found))
    uncounted = {one.label.lot_code for one in found if one.bags is None}
    job = LabelJob(
        sheet=sheet,
        runs=checked_runs(runs),
        start=sheet.first(on.start) + 1,
        shift=read_shifts(settings.label_shifts).get(sheet.key, NO_SHIFT),
        title=saying("Labels of {lots}", lots=joined(", ", codes)),
    )
    return Labels(job, () if on.count else tuple(code for code in codes if code in uncounted))


def _for_level(label: BagLabel, level: Level) -> BagLabel:
    """Return *label* without what the table of ``privacy`` does not let its reader see."""
    shows = LABELS_MAY_SHOW[level]
    if Shown.DAYS_OF_MILK not in shows:
        label = replace(label, expressed_from=None, expressed_to=None)
    if Shown.FOOD_CLASH not in shows:
        label = replace(label, clashes=NO_CLASH, foods_unasked=False)
    if Shown.FAMILY_CODE not in shows:
        label = replace(label, donor_code="")
    return label


def _lot(session: Session, row: LotRow, today: date) -> Lot:
    donor = session.get_one(DonorRow, row.donor_id)
    return milk.to_lot(row, donor.code, milk.balance_of(session, today, row.id))


def _label(lot: Lot) -> BagLabel:
    return BagLabel(
        lot_code=lot.code,
        donor_code=lot.donor_code,
        expressed_from=lot.expressed_from,
        expressed_to=lot.expressed_to,
    )


def _of_holds(session: Session, held: Sequence[HeldMilk], today: date) -> Iterator[_Bags]:
    homes = households_by_id(session, {one.recipient_household_id for one in held})
    known: dict[int, Disclosures] = {}
    for one in held:
        row, family = session.get_one(LotRow, one.lot_id), session.get_one(RecipientRow, one.recipient_id)
        if row.donor_id not in known:
            known[row.donor_id] = known_of(session, session.get_one(DonorRow, row.donor_id))
        baby, lot = to_baby(family), bags_from(_lot(session, row, today), one.hold.only_from)
        label = replace(
            _label(lot),
            for_first_name=on_paper(homes[one.recipient_household_id]),
            clashes=clashes(lot, baby, known[row.donor_id], today),
            foods_unasked=baby.must_avoid is None,
        )
        yield _Bags(label, one.hold.bags)
