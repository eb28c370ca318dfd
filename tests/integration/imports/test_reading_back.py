"""An answer is read back as it would be kept, and nothing of it stays."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.db.facts import QuestionRow
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.imports.typed import NotClearError
from coordinator.domain.volume import Volume
from coordinator.services.families.donors import donor
from coordinator.services.families.recipients import recipient
from coordinator.services.imports.reading_back import read_back
from coordinator.services.imports.told_answers import ToldAnswer, answer_question
from coordinator.services.records import history
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, without
from tests.pickup_builders import SETUP


@pytest.fixture
def network(database: Database) -> Database:
    with database.writing(SETUP) as session:
        kinds = (FactKind.NICOTINE, FactKind.BLOOD_TEST, FactKind.MEDICINE)
        row = a_donor(session, facts=without(*kinds))
        a_stored_lot(session, row, 100, bags=None)
        family = a_recipient(session, health=None, stock=None)
        session.add(QuestionRow(household_id=row.household_id, topic="bags", text="ask bags"))
        for topic in ("own", "reach", "must_avoid", "own_supply"):
            session.add(QuestionRow(household_id=family.household_id, topic=topic, text=f"ask {topic}"))
    return database


@pytest.mark.parametrize(
    ("code", "topic", "words", "said"),
    [
        ("D-0001", "nicotine", "no", "Nicotine: no"),
        (
            "D-0001",
            "nicotine",
            "stopped 10/9/2026",
            "Nicotine: yes, up to Oct 8, 2026, no more from Oct 9, 2026",
        ),
        ("D-0001", "blood test", "HTLV negative 5/3/2026", "Blood test: HTLV negative, on May 3, 2026"),
        ("D-0001", "medicine", "Zoloft since 10/1/2026", "Medicine: yes, Zoloft, since Oct 1, 2026"),
        ("R-0001", "health", "home and well", "Where the baby is: at home and well"),
        ("R-0001", "stock", "120 oz", "Milk in the freezer: 120 oz"),
        (
            "R-0001",
            "stock",
            "100 to 120 oz",
            "Milk in the freezer: 100 oz; the lower figure of “100 to 120 oz”",
        ),
        ("D-0001", "bags", "25", "Bags: 25"),
        ("R-0001", "reach", "20 miles", "Drives at most: 20 miles"),
        ("R-0001", "must_avoid", "dairy and soy", "Baby must avoid: dairy, soy"),
        ("R-0001", "own_supply", "6 oz", "Own milk a day, least: 6 oz; Own milk a day, most: 6 oz"),
        ("R-0001", "own", "Wants the bags back.", ""),
    ],
)
def test_an_answer_is_read_back_as_it_would_be_kept(
    network: Database, code: str, topic: str, words: str, said: str
) -> None:
    before = (donor(network, "D-0001", TODAY), recipient(network, "R-0001", TODAY), history.history(network))
    with network.reading() as session:
        asked = session.query(QuestionRow.id).filter(QuestionRow.topic == topic).scalar() or 0

    found = read_back(network, ToldAnswer(f" {words} ", asked, topic), TODAY, code)

    assert (str(found.said).replace("\u00a0", " "), found.words) == (said, words)
    assert before == (
        donor(network, "D-0001", TODAY),
        recipient(network, "R-0001", TODAY),
        history.history(network),
    )


def test_what_cannot_be_read_says_what_would_be(network: Database) -> None:
    with pytest.raises(NotClearError, match="Type"):
        read_back(network, ToldAnswer("maybe", 0, "health"), TODAY, "R-0001")


def test_after_reading_back_the_answer_is_kept_as_it_was_read(network: Database) -> None:
    told = ToldAnswer("120 oz", 0, "stock")
    read_back(network, told, TODAY, "R-0001")
    answer_question(network, 0, told.words, TODAY, code="R-0001", topic="stock", on_phone=True)

    family = recipient(network, "R-0001", TODAY)
    assert family.stock == Volume.from_oz(120)
    assert date(2026, 11, 21) == family.stock_on
