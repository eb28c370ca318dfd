"""The letters before a yes, read back: what is told, what nobody asked, and nothing that is not theirs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from coordinator.adapters.policies.statements import load_statements
from coordinator.bootstrap import Database
from coordinator.db.base import Base
from coordinator.domain.agreements.checks import HoldClosedError
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.informed_choice import SHOWN_OF_DONOR
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements import holds
from coordinator.services.agreements.letters import letter_text, save_letter
from coordinator.services.screening.facts import record_fact
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.hostile_network import FREE_TEXTS

SHOWN = {("fact", "subject"), ("recipient", "must_avoid")}
"""The only free texts a side may read: what the donor named, and what the baby must not have."""
HIDDEN = [
    (table, column)
    for table in ("household", "donor", "recipient", "fact", "question", "lot", "deferral", "sign_off")
    for column in FREE_TEXTS[table].split()
    if (table, column) not in SHOWN
]


@pytest.fixture
def network(database: Database) -> Database:
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session, "Zoë Ahlberg-Surname", facts=()), 200)
        a_recipient(session, "Inès Roysurname", stock=Volume(), stock_on=TODAY, must_avoid="soy")
    holds.hold_milk(database, "R-0001", "L-0001", Volume.from_oz(100), TODAY)
    return database


def told(database: Database, kind: FactKind, presence: Presence = Presence.NO, **more: object) -> None:
    record_fact(database, "D-0001", Fact(kind, presence, recorded_on=TODAY, **more), TODAY)  # type: ignore[arg-type]


def text_of(path: Path) -> str:
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("to", Side)
def test_neither_side_reads_what_is_not_theirs(network: Database, tmp_path: Path, to: Side) -> None:
    told(network, FactKind.MEDICINE, Presence.YES, subject="sertraline", start=date(2026, 10, 1))
    for number, (table, column) in enumerate(HIDDEN):
        rows = Base.metadata.tables[table]
        with network.engine.begin() as connection:
            connection.execute(sa.update(rows).values({column: f"First Hidden{number:03}"}))
    save_letter(network, "H-0001", to, tmp_path / "letter.pdf", TODAY)

    for said in (letter_text(network, "H-0001", to, TODAY), text_of(tmp_path / "letter.pdf")):
        found = {int(number) for number in re.findall(r"Hidden(\d{3})", said)}
        assert {HIDDEN[number] for number in found} <= {
            ("household", "town")
        }  # where it is, without a street
        assert "sertraline" in said


def test_silence_is_not_a_no(network: Database) -> None:
    told(network, FactKind.ALCOHOL)

    said = letter_text(network, "H-0001", Side.FAMILY, TODAY)

    assert "alcohol: no (told" in said
    for question in ("eats or drinks dairy", "medicines", "nicotine", "blood tests", "illness in her home"):
        assert f"{question}: not answered yet" in said


def test_a_tattoo_told_alone_leaves_the_transfusion_open(network: Database) -> None:
    told(network, FactKind.TATTOO)
    assert "transfusion: not answered yet" in letter_text(network, "H-0001", Side.FAMILY, TODAY)
    told(network, FactKind.TRANSFUSION)

    assert "transfusion: not answered yet" not in letter_text(network, "H-0001", Side.FAMILY, TODAY)


@pytest.mark.parametrize("to", Side)
def test_what_is_still_to_be_asked_for_this_baby_is_said(network: Database, to: Side) -> None:
    told(network, FactKind.MEDICINE, start=TODAY - timedelta(days=3), end=TODAY)

    said = letter_text(network, "H-0001", to, TODAY)

    still = said.split("Still to be asked\n")[1].split("\n\n")[0]
    assert "soy" in still.casefold()  # what this baby must avoid
    assert "medicine" in still.casefold()  # told for three days of many


def test_what_notes_only_mention_is_told_to_nobody(network: Database) -> None:
    told(network, FactKind.CANNABIS, Presence.UNCLEAR, source=FactSource.NOTES, subject="gummies")

    said = letter_text(network, "H-0001", Side.FAMILY, TODAY)

    assert "gummies" not in said
    assert "cannabis: not answered yet" in said


def test_the_donor_reads_what_will_be_told_of_her(network: Database) -> None:
    told(network, FactKind.NICOTINE, Presence.YES, subject="patch")
    hers = letter_text(network, "H-0001", Side.DONOR, TODAY)
    family = letter_text(network, "H-0001", Side.FAMILY, TODAY)

    line = next(line for line in hers.splitlines() if "patch" in line)
    assert line in family
    assert "the milk must be without: soy" in hers
    assert "does not take milk of somebody who smokes" in hers


@pytest.mark.parametrize("to", Side)
def test_an_amount_that_is_not_counted_is_said_once(database: Database, to: Side) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session), 200, expressed_from=date(2026, 9, 1), expressed_to=TODAY)
        a_recipient(session)
    holds.hold_milk(database, "R-0001", "L-0001", Volume.from_oz(20), TODAY, only_from=date(2026, 10, 12))

    assert "this concerns about 20\N{NO-BREAK SPACE}oz" in letter_text(database, "H-0001", to, TODAY)


def test_every_authority_is_named_with_its_page_on_paper_too(network: Database, tmp_path: Path) -> None:
    save_letter(network, "H-0001", Side.FAMILY, tmp_path / "letter.pdf", TODAY)
    said = text_of(tmp_path / "letter.pdf").replace(" ", "")

    assert {"FDA", "HMBANA", "CDC"} <= {one.body for one in load_statements().statements}
    for one in load_statements().statements:
        assert one.body.replace(" ", "") in said
        assert one.address in said
        assert ("(acopywasread)" in said) or not one.is_copy
    assert load_statements().version in said


def test_one_sheet_holds_a_usual_letter_with_its_lines_to_sign(network: Database, tmp_path: Path) -> None:
    for kind in SHOWN_OF_DONOR[:12]:
        told(network, kind)
    save_letter(network, "H-0001", Side.FAMILY, tmp_path / "letter.pdf", TODAY)

    assert len(PdfReader(tmp_path / "letter.pdf").pages) == 1


def test_a_released_hold_has_no_letter(network: Database, tmp_path: Path) -> None:
    holds.release_hold(network, "H-0001")

    with pytest.raises(HoldClosedError):
        save_letter(network, "H-0001", Side.DONOR, tmp_path / "letter.pdf", TODAY)
    assert not (tmp_path / "letter.pdf").exists()


def test_a_folder_that_is_not_there_is_said_in_a_sentence(network: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written there"):
        save_letter(network, "H-0001", Side.DONOR, tmp_path / "no" / "letter.pdf", TODAY)


def test_a_donor_in_grief_is_written_to_gently(network: Database) -> None:
    rows = Base.metadata.tables["donor"]
    with network.engine.begin() as connection:
        connection.execute(sa.update(rows).values(bereaved=True))

    assert "no is a good answer too" in letter_text(network, "H-0001", Side.DONOR, TODAY)
