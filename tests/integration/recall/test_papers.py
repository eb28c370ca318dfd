"""The papers of a recall: a page for each home that names nobody else, scripts, the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from coordinator.adapters.pdf.recall_letters import render_recall_letters
from coordinator.adapters.policies.recall_steps import load_steps_source
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.milk.lots import Freezer
from coordinator.domain.pickups.plans import Condition, Outcome
from coordinator.domain.records.recall_work import ContactOutcome, ToldBack
from coordinator.domain.settings import Paper
from coordinator.domain.volume import VolumeUnit
from coordinator.errors import UserError
from coordinator.services.paper.recall_papers import call_script, letters, recall_letters, report, scripts
from coordinator.services.recall.work import note_contact
from coordinator.services.settings.values import change_setting
from tests.pickup_builders import SATURDAY, SETUP
from tests.settled_run import BEGAN, a_settled_run, begun, oz, told

NAMES = ("Inès Roy", "Linh Tran", "Zoë Ahlberg", "Ana Berg")


def pages(pdf: bytes) -> list[str]:
    """Return the words of each page, blanks evened."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.fixture
def recalled(sqlite_database: Database) -> Database:
    """Give a network with a recall that is half answered for."""
    a_settled_run(
        sqlite_database,
        Outcome("H-0001", oz(25), bags=7, condition=Condition.ICE_CRYSTALS),
        Outcome("H-0002", oz(40)),
    )
    with sqlite_database.writing(SETUP) as session:
        by_code(session, LotRow, "L-0001").freezer = Freezer.CHEST
        home = session.get_one(HouseholdRow, by_code(session, RecipientRow, "R-0002").household_id)
        home.languages, home.read_before_ringing = "Spanish", "lost a twin in May"
    for key, value in (
        ("network_name", "Seacoast Milk"),
        ("coordinator_name", "Maren Oduya"),
        ("coordinator_phone", "603-555-0100"),
    ):
        change_setting(sqlite_database, key, value)
    begun(sqlite_database)
    return sqlite_database


def test_each_home_has_a_page_that_names_nobody_else_and_not_why(recalled: Database) -> None:
    found = pages(letters(recalled, "Q-0001", SATURDAY))
    assert len(found) == 4
    for page in found:
        assert sum(name in page for name in NAMES) == 1
        assert "her doctor rang" not in page
        assert "(603) 555-0109" not in page
        assert "Ring Maren Oduya, (603) 555-0100" in page
    family = next(page for page in found if "Inès Roy" in page)
    for words in (
        "L-0001",
        "25 oz",
        "7",
        "Nov 28, 2026",
        "chest freezer, volunteer run, came with ice crystals",
    ):
        assert words in family
    for words in ("risk of an infection is small", "Do not feed it until we ring you", "baby's doctor"):
        assert words in family


def test_every_letter_and_script_shows_its_source_and_that_no_clinician_reviewed_it(
    recalled: Database,
) -> None:
    source = load_steps_source()
    assert source.address.startswith("https://www.cdc.gov/")
    for page in (
        *pages(letters(recalled, "Q-0001", SATURDAY)),
        *pages(scripts(recalled, "Q-0001", SATURDAY)),
    ):
        for words in (source.title, source.publisher, source.address, "Nov 28, 2026"):
            assert words in page
        assert "No clinician has reviewed these words yet" in page


def test_the_donor_is_asked_cdcs_five_questions(recalled: Database) -> None:
    (page,) = pages(letters(recalled, "Q-0001", SATURDAY, ["d-0001"]))
    for words in ("When was it pumped?", "carried", "medicines", "infection", "cracked or bleeding"):
        assert words in page


def test_who_told_no_english_is_told_that_the_page_is(recalled: Database) -> None:
    one, linh = (pages(letters(recalled, "Q-0001", SATURDAY, [who]))[0] for who in ("R-0001", "R-0002"))
    assert "English only" in linh
    assert "English only" not in one
    words = " ".join(str(line) for part in call_script(recalled, "Q-0001", "R-0002", SATURDAY).parts
                     for line in part.lines)  # fmt: skip
    assert "lost a twin in May" in words
    assert "translate" in words


def test_a_home_with_many_hand_overs_still_has_one_page_and_nothing_is_left_out_without_a_word(
    recalled: Database,
) -> None:

    (letter,) = recall_letters(recalled, "Q-0001", SATURDAY, ["R-0001"])
    much = replace(letter, milk=letter.milk * 40)
    (page,) = pages(render_recall_letters([much], Paper.A4, VolumeUnit.OZ, SATURDAY))
    assert "and 26 lines more: 650 oz" in page


def test_a_letter_to_somebody_who_has_none_is_refused(recalled: Database) -> None:
    with pytest.raises(UserError, match="None of the milk"):
        letters(recalled, "Q-0001", SATURDAY, ["D-0002"])


def test_the_report_is_in_codes_unless_names_are_wanted(recalled: Database) -> None:
    told(recalled, "R-0001", ToldBack.FED, 20, "half in coffee")
    told(recalled, "R-0001", ToldBack.SET_ASIDE, None)
    for who, minutes in (("R-0001", 12), ("R-0002", 190)):
        at = BEGAN + timedelta(minutes=minutes)
        note_contact(recalled, "Q-0001", who, ContactOutcome.REACHED, at, "calm", today=SATURDAY)
    coded = " ".join(pages(report(recalled, "Q-0001", SATURDAY)))
    assert not any(name in coded for name in (*NAMES, "her doctor rang", "half in coffee", "calm", "555"))
    for words in (
        "2 homes, 2 babies, 65 oz given. 25 oz of 100 oz answered for.",
        "in 3 h 10 min",
        "R-0002 has not told yet what became of 40 oz.",
        "fed 20 oz",
        "open 75 oz",
    ):
        assert words in coded
    named = " ".join(pages(report(recalled, "Q-0001", SATURDAY, names=True)))
    assert all(words in named for words in ("Inès Roy", "her doctor rang", "half in coffee", "calm"))
