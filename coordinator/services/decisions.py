"""What somebody decided about one medicine of one donor, with name, day and reason; never made up."""

from __future__ import annotations

from datetime import date

from coordinator.db import facts
from coordinator.db.database import Database
from coordinator.db.donors import donor_by_code
from coordinator.db.policies import MedicineDecisionRow
from coordinator.domain.audit import Action
from coordinator.domain.decisions import MedicineDecision, medicine_key
from coordinator.domain.medicines import KINDS
from coordinator.domain.never import is_final
from coordinator.errors import UserError


def decide_medicine(database: Database, donor: str, decided: MedicineDecision, today: date) -> int:
    """Note what was decided about one of a donor's medicines; the newest decision counts. Return its id.

    Raises:
        UserError: If name or reason is missing, the day is yet to come, she told of no such medicine, or it
            is one nobody decides about.
        NotFoundError: If there is no such donor.
    """
    if not decided.by.strip() or not decided.reason.strip():
        raise UserError("Type who decided, and why.")
    if decided.on > today:
        raise UserError("That day is yet to come; type the day it was decided.")
    action = Action("medicine.decided", f"Noted a decision about a medicine of {donor.upper()}")
    with database.writing(action) as session:
        row = donor_by_code(session, donor)
        told = [
            fact
            for fact in facts.facts_by_donor(session, row.id).get(row.id, ())
            if fact.kind in KINDS and medicine_key(fact.subject) == medicine_key(decided.medicine)
        ]
        if not told:
            raise UserError("This medicine is not among her answers any more.")
        if any(is_final(fact) for fact in told):
            raise UserError("This stands for every baby; nobody decides otherwise in any profile.")
        stored = MedicineDecisionRow(
            donor_id=row.id,
            medicine=decided.medicine.strip(),
            decision=decided.decision,
            decided_by=decided.by.strip(),
            decided_on=decided.on,
            reason=decided.reason.strip(),
        )
        session.add(stored)
        session.flush()
        return stored.id
