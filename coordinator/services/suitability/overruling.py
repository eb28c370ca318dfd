"""A "not a fit" overruled by the receiving parent or a named clinician, told of it first; and taken back.

Never by the coordinator alone: whoever keeps the records writes down what others decided. HIV, HTLV,
chemotherapy or radioactive treatment and illicit drugs are overruled by nobody, whatever the profile says.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from coordinator.db import milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.living import living
from coordinator.db.milk import LotRow
from coordinator.db.policies import OverrulingRow
from coordinator.db.recipients import RecipientRow, to_baby
from coordinator.domain.policies.verdicts import Overruling, Reason, VerdictKind
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.lots import milk_reasons
from coordinator.domain.suitability.never import FINAL_RULES
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.settings.values import load_settings
from coordinator.services.suitability.verdicts import known_of


class FinalReasonError(UserError):
    """The reason is one that nobody overrules."""


def record_overruling(database: Database, decided: Overruling, today: date) -> int:
    """Note who decided, told of a reason, that it shall not stand in the way; return the note's id.

    Args:
        database: The open network.
        decided: By whom, when, about what, and what was told; ``lot_code`` empty is all the donor's milk.
            ``disclosed`` holds the reason's own words: one that says something else is not overruled.
        today: The day of the note; nobody has decided later than that.

    Raises:
        FinalReasonError: If nobody overrules this reason.
        UserError: If nobody is named, the coordinator is, the day is yet to come, or no such reason stands.
        NotFoundError: If family, donor or lot do not exist.
    """
    if decided.rule in FINAL_RULES:
        raise FinalReasonError("This stands for every baby; nobody decides otherwise in any profile.")
    _check_name(database, decided.name)
    if decided.on > today:
        raise UserError("That day is yet to come; type the day they decided.")
    what = saying(
        "Noted that {family} is not kept from milk of {donor}",
        family=decided.recipient_code.upper(),
        donor=decided.donor_code.upper(),
    )
    with database.writing(Action("verdict.overruled", what), today) as session:
        donor = living(by_code(session, DonorRow, decided.donor_code))
        family = living(by_code(session, RecipientRow, decided.recipient_code))
        lot = living(by_code(session, LotRow, decided.lot_code)) if decided.lot_code else None
        if not any(_is_told(reason, decided) for reason in _reasons(session, donor, family, decided, today)):
            raise UserError(
                "What was told must keep the reason's own words, and that reason must still stand."
            )
        row = OverrulingRow(
            rule=decided.rule,
            recipient_id=family.id,
            decided_by=decided.by,
            name=decided.name.strip(),
            on_day=decided.on,
            disclosed=decided.disclosed.strip(),
            donor_id=donor.id,
            lot_id=lot.id if lot else None,
        )
        session.add(row)
        session.flush()
        return row.id


def take_back(database: Database, overruling_id: int) -> None:
    """Let a reason stand in the way again; undo brings the decision back."""
    with database.writing(Action("overruling.taken_back", saying("Took an overruling back"))) as session:
        row = session.get(OverrulingRow, overruling_id)
        if row is None:
            raise UserError("This was taken back already.")
        session.delete(row)


def _check_name(database: Database, name: str) -> None:
    if not name.strip():
        raise UserError("Type the name of the receiving parent or of the clinician who decided.")
    with database.reading() as session:
        coordinator = load_settings(session).coordinator_name
    if name.strip().casefold() == coordinator.strip().casefold():
        raise UserError(
            "Whoever coordinates never decides this alone; type the receiving parent or the clinician."
        )


def _reasons(
    session: Session, donor: DonorRow, family: RecipientRow, decided: Overruling, today: date
) -> list[Reason]:
    """Return what speaks against the milk the decision is about, as it stands without any decision."""
    known, baby = known_of(session, donor), to_baby(family)
    lots = milk.lots(session, today, donor.id).get(donor.id, [])
    meant = [lot for lot in lots if decided.lot_code.upper() in {"", lot.code}]
    return [reason for lot in meant for reason in milk_reasons(lot, baby, known, today)]


def _is_told(reason: Reason, decided: Overruling) -> bool:
    is_about = reason.kind is VerdictKind.NOT_A_FIT and not reason.is_final and reason.rule == decided.rule
    return is_about and reason.text in decided.disclosed
