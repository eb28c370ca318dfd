"""The papers of a recall: letters, telephone scripts, the report."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.recall_steps import load_steps_source
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, PickupRow
from coordinator.db.recalls import RecallRow
from coordinator.domain.milk.lots import HeatTreated
from coordinator.domain.pickups.plans import Condition
from coordinator.domain.records import recall_script
from coordinator.domain.records.recall import MilkGiven
from coordinator.domain.records.recall_letters import LetterMilk, RecallLetter, Sender, letter_to
from coordinator.domain.records.recall_script import CallScript
from coordinator.domain.records.recall_work import Party, RecallWork
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying
from coordinator.services.paper.saving import write_file
from coordinator.services.recall.parties import work_in
from coordinator.services.settings.values import load_settings


def recall_letters(
    database: Database, recall: str, today: date, codes: Collection[str] | None = None
) -> tuple[RecallLetter, ...]:
    """Return the letters to everybody of a recall who is to answer for milk, or to those with *codes*.

    Raises:
        UserError: If none of the milk is with one of *codes*.
        NotFoundError: If there is no such recall.
    """
    with database.reading() as session:
        work = work_in(session, by_code(session, RecallRow, recall), today)
        sender, source = _sender(session), load_steps_source()
        return tuple(
            letter_to(party, work, _milk(session, party), sender, source) for party in _chosen(work, codes)
        )


def letters(database: Database, recall: str, today: date, codes: Collection[str] | None = None) -> bytes:
    """Return the letters as a PDF, a page for each; raises as :func:`recall_letters`."""
    from coordinator.adapters.pdf.recall_letters import (  # noqa: PLC0415 - reportlab costs the start 0.2 s
        render_recall_letters,
    )

    found = recall_letters(database, recall, today, codes)
    with database.reading() as session:
        using = load_settings(session)
    return render_recall_letters(found, using.paper, using.volume_unit, today)


def call_script(database: Database, recall: str, who: str, today: date) -> CallScript:
    """Return what to say to one of those to ring, with what is known of the milk.

    Raises:
        UserError: If none of the milk is with *who*.
        NotFoundError: If there is no such recall.
    """
    return _scripts(database, recall, today, [who])[0]


def scripts(database: Database, recall: str, today: date, codes: Collection[str] | None = None) -> bytes:
    """Return the telephone scripts as a PDF, a page for each; raises as :func:`call_script`."""
    from coordinator.adapters.pdf.recall_letters import (  # noqa: PLC0415 - reportlab costs the start 0.2 s
        render_call_scripts,
    )

    found = _scripts(database, recall, today, codes)
    with database.reading() as session:
        paper = load_settings(session).paper
    return render_call_scripts(found, recall.upper(), paper, today)


def report(database: Database, recall: str, today: date, *, names: bool = False) -> bytes:
    """Return the report of a recall as a PDF: in codes, or in *names* with phones and her own notes.

    Raises:
        NotFoundError: If there is no such recall.
    """
    from coordinator.adapters.pdf.recall_report import (  # noqa: PLC0415 - reportlab costs the start 0.2 s
        render_recall_report,
    )

    with database.reading() as session:
        work = work_in(session, by_code(session, RecallRow, recall), today)
        return render_recall_report(work, load_settings(session), today, names=names)


def save_paper(target: Path, content: bytes) -> None:
    """Write a paper of a recall to *target*.

    Raises:
        UserError: If it cannot be written there.
    """
    write_file(target, content)


def _scripts(
    database: Database, recall: str, today: date, codes: Collection[str] | None
) -> tuple[CallScript, ...]:
    with database.reading() as session:
        work = work_in(session, by_code(session, RecallRow, recall), today)
        sender, source = _sender(session), load_steps_source()
        unit = load_settings(session).volume_unit
        return tuple(
            recall_script.call_script(party, _milk(session, party), sender, source, unit)
            for party in _chosen(work, codes)
        )


def _chosen(work: RecallWork, codes: Collection[str] | None) -> list[Party]:
    if codes is None:
        return [one for one in work.parties if one.due or one.who in work.recall.donors]
    found = [(code, work.party(code)) for code in codes]
    for code, party in found:
        if party is None:
            raise UserError(
                saying("None of the milk of {recall} is with {who}.", recall=work.code, who=code.upper())
            )
    return [party for _, party in found if party is not None]


def _sender(session: Session) -> Sender:
    using = load_settings(session)
    return Sender(using.network_name, using.coordinator_name, using.coordinator_phone)


def _milk(session: Session, party: Party) -> list[LetterMilk]:
    """Return the milk a paper to *party* is about, in the order of lots and days."""
    if party.home is not None:
        given = sorted(party.home.given, key=lambda one: (one.lot_code, one.on, one.hold_code))
        return [
            LetterMilk(
                one.lot_code, one.volume, one.pumped, one.on, one.bags, tuple(_kept_and_carried(session, one))
            )
            for one in given
        ]
    return [
        LetterMilk(one.lot_code, one.volume, one.pumped, kept=tuple(_kept(session, one.lot_code)))
        for one in party.not_given
    ]


def _kept(session: Session, lot: str) -> Iterator[Saying]:
    """Yield how a lot was kept at its donor's, as far as she told."""
    row = by_code(session, LotRow, lot)
    if row.freezer is not None:
        yield row.freezer.words
    elif row.place is not None:
        yield row.place.words
    if row.thawed_on is not None:
        yield saying("thawed on {on}", on=row.thawed_on)
    if row.heat_treated in {HeatTreated.ALL, HeatTreated.SOME}:
        yield saying("heat treated: {which}", which=row.heat_treated.words)


def _kept_and_carried(session: Session, one: MilkGiven) -> Iterator[Saying]:
    yield from _kept(session, one.lot_code)
    query = (
        sa.select(PickupRow.kind, DeliveryRow.condition)
        .join(DeliveryRow, DeliveryRow.pickup_id == PickupRow.id)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .where(HoldRow.code == one.hold_code)
    )
    kind, condition = session.execute(query).one()
    yield kind.words
    if condition is not None:
        yield _CAME[condition]


_CAME = {
    Condition.FROZEN: saying("came hard frozen"),
    Condition.ICE_CRYSTALS: saying("came with ice crystals"),
    Condition.THAWED: saying("came thawed"),
}
