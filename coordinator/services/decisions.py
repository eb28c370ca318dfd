"""What people decide: about a donor's medicine, and that a "not a fit" shall not stand in the way."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from coordinator.db import milk
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow, donor_by_code
from coordinator.db.facts import facts_by_donor
from coordinator.db.policies import MedicineDecisionRow, OverrulingRow, decisions_by_donor, overrulings
from coordinator.db.recipients import RecipientRow, recipient_by_code
from coordinator.domain.audit import Action
from coordinator.domain.decisions import Decided, MedicineDecision, medicine_key
from coordinator.domain.milk import Lot
from coordinator.domain.verdicts import OverruledBy, Overruling, Reason, VerdictKind
from coordinator.errors import UserError
from coordinator.services.suitability import verdict_on_lot


class CannotOverruleError(UserError):
    """There is nothing of that rule to overrule, or nobody may."""


def decide_medicine(
    database: Database,
    donor: str,
    medicine: str,
    decision: Decided,
    by: str,
    on: date,
    reason: str = "",
) -> int:
    """Note what somebody decided about a donor's medicine, and return its id; the newest counts.

    Raises:
        NotFoundError: If there is no such donor.
        UserError: If it is not one she told of, or nobody is named.
    """
    if not by.strip():
        raise UserError("Type who decided.")
    with database.writing(
        Action("medicine.decided", f"Noted a decision on a medicine of {donor}")
    ) as session:
        row = donor_by_code(session, donor)
        told = facts_by_donor(session, row.id).get(row.id, ())
        if medicine_key(medicine) not in {medicine_key(fact.subject) for fact in told if fact.subject}:
            raise UserError("She has not told of this medicine; add it to her answers first.")
        stored = MedicineDecisionRow(
            donor_id=row.id,
            medicine=medicine.strip(),
            decision=decision,
            decided_by=by.strip(),
            decided_on=on,
            reason=reason.strip(),
        )
        session.add(stored)
        session.flush()
        return stored.id


def withdraw_decision(database: Database, decision_id: int) -> None:
    """Take a decision on a medicine back; undo brings it back."""
    with database.writing(Action("medicine.undecided", "Took a decision on a medicine back")) as session:
        row = session.get(MedicineDecisionRow, decision_id)
        if row is None:
            raise UserError("This decision is not there any more.")
        session.delete(row)


def medicine_decisions(database: Database, donor: str) -> tuple[MedicineDecision, ...]:
    """Return what was decided about a donor's medicines, oldest first."""
    with database.reading() as session:
        row = donor_by_code(session, donor)
        return decisions_by_donor(session, row.id).get(row.id, ())


def overrule(  # noqa: PLR0913 - a decision says who decided what, for whom and when
    database: Database,
    recipient: str,
    lot: str,
    rule: str,
    by: OverruledBy,
    name: str,
    on: date,
    *,
    whole_donor: bool = False,
) -> int:
    """Note that the receiving parent or a named clinician overruled a "not a fit", told of it; return its id.

    What was disclosed is the reasons as they stand on the day *on*: if one says something else later, it
    stands again. The reason stays visible with who decided.

    Args:
        database: The open network.
        recipient: Code of the family.
        lot: Code of the lot.
        rule: The rule of the reason, as ``Reason.rule``.
        by: The parent or a clinician; never the coordinator alone.
        name: Of whoever decided.
        on: The day they did.
        whole_donor: For all milk of the lot's donor.

    Raises:
        NotFoundError: If there is no such family or lot.
        CannotOverruleError: If the lot has no such reason, or nobody overrules it.
    """
    if not name.strip():
        raise CannotOverruleError("Type the name of the parent or the clinician who decided.")
    action = Action("verdict.overruled", f"Noted that {lot.upper()} is wanted for {recipient.upper()}")
    with database.writing(action) as session:
        family, found, donor = _pair(session, recipient, lot, on)
        reasons = _standing(session, family, found, donor, rule, on)
        row = OverrulingRow(
            rule=rule,
            recipient_id=family.id,
            donor_id=donor.id,
            lot_id=None if whole_donor else found.id,
            decided_by=by,
            name=name.strip(),
            on_day=on,
            disclosed="\n".join(reason.text for reason in reasons),
        )
        session.add(row)
        session.flush()
        return row.id


def _pair(session: Session, recipient: str, lot: str, on: date) -> tuple[RecipientRow, Lot, DonorRow]:
    family, row = recipient_by_code(session, recipient), milk.lot_by_code(session, lot)
    donor = session.get_one(DonorRow, row.donor_id)
    balance = milk.balances(session, on).get(row.id, milk.UNTOUCHED)
    return family, milk.to_lot(row, donor.code, balance), donor


def _standing(
    session: Session, family: RecipientRow, lot: Lot, donor: DonorRow, rule: str, on: date
) -> list[Reason]:
    verdict = verdict_on_lot(session, lot, donor, family, on)
    if verdict.kind is VerdictKind.REFER:
        raise CannotOverruleError(f"{family.code} is referred, not matched; nobody overrules that here.")
    reasons = [one for one in verdict.reasons if one.rule == rule and one.kind is VerdictKind.NOT_A_FIT]
    if not reasons:
        raise CannotOverruleError(f"Nothing of that kind stands against {lot.code} for {family.code}.")
    if any(reason.is_final for reason in reasons):
        raise CannotOverruleError("Nobody overrules this, in any policy profile.")
    return reasons


def withdraw_overruling(database: Database, overruling_id: int) -> None:
    """Take back that something was overruled; it is not a fit again. Undo brings it back."""
    with database.writing(Action("verdict.stands", "Took an overruling back")) as session:
        row = session.get(OverrulingRow, overruling_id)
        if row is None:
            raise UserError("This is not there any more.")
        session.delete(row)


def overruled_for(database: Database, recipient: str) -> tuple[Overruling, ...]:
    """Return what was overruled for a family, oldest first; raises ``NotFoundError``."""
    with database.reading() as session:
        return tuple(overrulings(session, recipient_by_code(session, recipient).id))
