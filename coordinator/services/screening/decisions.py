"""What somebody decided about one medicine of one donor, with name, day and reason; never made up."""

from __future__ import annotations

from datetime import date

from coordinator.db import facts
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.living import living
from coordinator.db.policies import MedicineDecisionRow, NetworkDecisionRow
from coordinator.domain.facts.decisions import MedicineDecision
from coordinator.domain.facts.medicine_names import medicine_key
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.medicines import KINDS
from coordinator.domain.suitability.never import is_final
from coordinator.errors import UserError
from coordinator.sayings import saying


def decide_medicine(database: Database, donor: str, decided: MedicineDecision, today: date) -> int:
    """Note what was decided about one of a donor's medicines, for her or for every donor. Return its id.

    The newest decision counts, one about a donor before one for everybody.

    Raises:
        UserError: If name or reason is missing, the day is yet to come, she told of no such medicine, or it
            is one nobody decides about.
        NotFoundError: If there is no such donor.
    """
    if not decided.by.strip() or not decided.reason.strip():
        raise UserError("Type who decided, and why.")
    if decided.on > today:
        raise UserError("That day is yet to come; type the day it was decided.")
    label = (
        saying("Noted a decision about a medicine of every donor")
        if decided.for_everyone
        else saying("Noted a decision about a medicine of {donor}", donor=donor.upper())
    )
    action = Action("medicine.decided", label)
    with database.writing(action, today) as session:
        row = living(by_code(session, DonorRow, donor))
        told = [
            fact
            for fact in facts.facts_by_donor(session, row.id).get(row.id, ())
            if fact.kind in KINDS and medicine_key(fact.subject) == medicine_key(decided.medicine)
        ]
        if not told:
            raise UserError("This medicine is not among her answers any more.")
        if any(is_final(fact) for fact in told):
            raise UserError("This stands for every baby; nobody decides otherwise in any profile.")
        stored = _row(None if decided.for_everyone else row.id, decided)
        session.add(stored)
        session.flush()
        return stored.id


def _row(donor_id: int | None, decided: MedicineDecision) -> MedicineDecisionRow | NetworkDecisionRow:
    """Return what is stored: of one donor, or of the network."""
    row: MedicineDecisionRow | NetworkDecisionRow
    if donor_id is None:
        row = NetworkDecisionRow(
            medicine=decided.medicine.strip(),
            decision=decided.decision,
            decided_by=decided.by.strip(),
            decided_on=decided.on,
            reason=decided.reason.strip(),
        )
    else:
        row = MedicineDecisionRow(
            donor_id=donor_id,
            medicine=decided.medicine.strip(),
            decision=decided.decision,
            decided_by=decided.by.strip(),
            decided_on=decided.on,
            reason=decided.reason.strip(),
        )
    return row
