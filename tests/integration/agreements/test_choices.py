"""Recorded choices: what each side was told, what is another since, and milk freed by who withdraws."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from coordinator.adapters.computer.scanned_papers import MOST_MB, read_scan
from coordinator.adapters.policies.statements import load_statements
from coordinator.bootstrap import Database
from coordinator.db.checks import check_session
from coordinator.db.choices import ChoiceFileRow
from coordinator.db.holds import held_milk
from coordinator.domain.agreements.case_steps import Act
from coordinator.domain.agreements.checks import HoldClosedError
from coordinator.domain.agreements.choices import (
    Choice,
    ChoiceHow,
    ChoiceKind,
    FileKind,
    HomeHeating,
    Informed,
    Said,
    Scan,
)
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.services.agreements import choices, holds
from coordinator.services.agreements.board import promises
from coordinator.services.agreements.cases import case_of
from coordinator.services.agreements.choice_list import choice_lines, choices_of, headings, row
from coordinator.services.agreements.pair_changes import pause_pair
from coordinator.services.families.donors import donor
from coordinator.services.families.merging import merge_households
from coordinator.services.pickups.planning import pickup, plan_pickup
from coordinator.services.records.history import undo
from coordinator.services.screening.facts import record_fact
from coordinator.services.settings.values import change_setting
from coordinator.services.suitability.told_before import informed_in
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot

LATER = TODAY + timedelta(days=3)


@pytest.fixture
def network(database: Database) -> Database:
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session, "Zoë Ahlberg", facts=()), 200)
        a_recipient(session, "Inès Roy", stock=Volume(), stock_on=TODAY, must_avoid="soy")
    change_setting(database, "coordinator_name", "Dana")
    holds.hold_milk(database, "R-0001", "L-0001", Volume.from_oz(100), TODAY)
    return database


def told(database: Database, kind: FactKind, presence: Presence, on: date, **more: object) -> None:
    record_fact(database, "D-0001", Fact(kind, presence, recorded_on=on, **more), on)  # type: ignore[arg-type]


def yes(side: Side, on: date = TODAY, **more: object) -> Said:
    return Said(side, ChoiceKind.YES, on, **more)  # type: ignore[arg-type]


def stands(database: Database, side: Side) -> Informed:
    with database.reading() as session:
        ((_, both),) = informed_in(session, held_milk(session)).items()
    return next(one for one in both if one.side is side)


def all_choices(database: Database) -> list[Choice]:
    return [line.choice for line in choice_lines(database, LATER)]


def free(database: Database) -> Volume:
    return donor(database, "D-0001", TODAY).lots[0].free


def both_chose(database: Database) -> None:
    for side in Side:
        choices.record_choice(database, "H-0001", yes(side), TODAY)


def test_a_choice_is_kept_with_all_that_belongs_to_it(network: Database, tmp_path: Path) -> None:
    (tmp_path / "signed.pdf").write_bytes(b"%PDF-1.4 signed by both")
    said = yes(
        Side.FAMILY,
        how=ChoiceHow.SIGNED,
        by="Inès and Tom",
        heats=HomeHeating.HEATS,
        scan=read_scan(tmp_path / "signed.pdf"),
    )
    number = choices.record_choice(network, "h-0001", said, TODAY)

    one = stands(network, Side.FAMILY)
    assert one.is_recorded
    assert one.yes_on == TODAY
    chosen = one.choice
    assert chosen is not None
    assert (chosen.how, chosen.chosen_by, chosen.noted_by) == (ChoiceHow.SIGNED, "Inès and Tom", "Dana")
    assert (chosen.heats, chosen.file_name) == (HomeHeating.HEATS, "signed.pdf")
    assert chosen.text_version == load_statements().version
    assert choices.scanned_paper(network, number) == ("signed.pdf", b"%PDF-1.4 signed by both")


def test_the_check_of_a_network_finds_a_scan_that_is_not_what_was_attached(network: Database) -> None:
    scan = Scan("signed.pdf", FileKind.PDF, b"%PDF-1.4 signed by both")
    choices.record_choice(network, "H-0001", yes(Side.DONOR, scan=scan), TODAY)
    with network.reading() as session:
        assert check_session(session, TODAY).faults == ()
    with network.engine.begin() as connection:
        connection.execute(sa.update(ChoiceFileRow).values(content=b"%PDF-1.4 signed by none"))

    with network.reading() as session:
        (fault,) = check_session(session, TODAY).faults
    assert "choice file" in fault.where


def test_a_yes_by_the_old_way_says_who_was_not_told_what(network: Database) -> None:
    holds.record_yes(network, "H-0001", Side.FAMILY, TODAY)

    one = stands(network, Side.FAMILY)
    assert not one.is_recorded
    assert str(one.note) == "not recorded: what Inès was told about Zoë"
    assert not stands(network, Side.DONOR).note  # she has not said yes: there is nothing to miss

    choices.record_choice(network, "H-0001", yes(Side.FAMILY, LATER), LATER)
    assert stands(network, Side.FAMILY).yes_on == TODAY
    assert not stands(network, Side.FAMILY).note


def test_what_changed_since_is_named_until_the_family_is_asked_again(network: Database) -> None:
    both_chose(network)
    told(network, FactKind.MEDICINE, Presence.YES, LATER, subject="Zoloft", start=LATER)

    one = stands(network, Side.FAMILY)
    assert one.asks_again
    assert str(one.note) == f"ask Inès again (since Nov {TODAY.day}: takes Zoloft)"
    assert not stands(network, Side.DONOR).note  # it is hers: no news to her

    choices.record_choice(network, "H-0001", yes(Side.FAMILY, LATER), LATER)
    assert not stands(network, Side.FAMILY).note


def test_who_is_to_be_asked_again_stands_in_the_case_on_the_board_and_before_the_sheet(
    network: Database,
) -> None:
    both_chose(network)
    code = plan_pickup(network, PickupKind.FAMILY_COLLECTS, LATER, ["H-0001"], today=TODAY)
    again = f"Inès again (since Nov {TODAY.day}: takes Zoloft)"
    assert again not in str(case_of(network, "R-0001", TODAY).line)
    told(network, FactKind.MEDICINE, Presence.YES, TODAY, subject="Zoloft", start=TODAY)

    case = case_of(network, "R-0001", TODAY)
    assert (case.next.act, case.next.side, case.next.code) == (Act.ASK_AGAIN, Side.FAMILY, "R-0001")
    assert again in str(case.words)
    (card,) = promises(network, TODAY)
    assert again in str(card.words)
    assert any(again in str(rule) for rule in pickup(network, code, TODAY).rules)

    choices.record_choice(network, "H-0001", yes(Side.FAMILY), TODAY)
    assert not any(again in str(rule) for rule in pickup(network, code, TODAY).rules)
    assert case_of(network, "R-0001", TODAY).next.act is not Act.ASK_AGAIN


def test_a_familys_page_tells_the_age_of_its_choices_and_which_yes_lacks_one(network: Database) -> None:
    choices.record_choice(network, "H-0001", yes(Side.DONOR), TODAY)
    holds.record_yes(network, "H-0001", Side.FAMILY, TODAY)

    hers, theirs = (choices_of(network, code, LATER) for code in ("D-0001", "r-0001"))
    assert [(line.age, line.choice.noted_by, str(line.stands)) for line in hers.lines] == [
        (3, "Dana", "counts")
    ]
    assert hers.missing == ()
    assert [str(one) for one in theirs.missing] == ["H-0001: not recorded: what Inès was told about Zoë"]
    assert len(row(hers.lines[0])) == len(headings())


def test_a_choice_about_milk_that_nobody_keeps_any_more_does_not_count(network: Database) -> None:
    choices.record_choice(network, "H-0001", yes(Side.DONOR), TODAY)

    def stands_on(day: date) -> str:
        return str(choices_of(network, "D-0001", day).lines[0].stands)

    assert stands_on(LATER) == "counts"
    assert stands_on(TODAY + timedelta(days=60)) == "expired"
    pause_pair(network, "D-0001", "R-0001", "", LATER)
    assert stands_on(LATER) == "the pair is paused"


def test_an_answer_that_came_after_the_letter_is_no_part_of_what_was_told(network: Database) -> None:
    told(network, FactKind.NICOTINE, Presence.YES, LATER, subject="patch")
    choices.record_choice(network, "H-0001", yes(Side.FAMILY, LATER, told_on=TODAY), LATER)

    assert "patch" in str(stands(network, Side.FAMILY).note)


def test_an_answer_of_the_day_of_telling_was_told_only_if_it_was_there_before_the_milk_was_held(
    database: Database,
) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session, "Zoë Ahlberg", facts=()), 200)
        a_recipient(session, "Inès Roy", stock=Volume(), stock_on=TODAY)
    told(database, FactKind.NICOTINE, Presence.NO, TODAY)
    holds.hold_milk(database, "R-0001", "L-0001", Volume.from_oz(100), TODAY)
    told(database, FactKind.MEDICINE, Presence.YES, TODAY, subject="Zoloft")

    choices.record_choice(database, "H-0001", yes(Side.FAMILY, LATER, told_on=TODAY), LATER)

    note = str(stands(database, Side.FAMILY).note)
    assert "takes Zoloft" in note
    assert "nicotine" not in note


def test_what_stood_in_the_text_is_what_was_told_though_an_answer_came_the_same_day(
    network: Database,
) -> None:
    read_aloud = choices.to_tell(network, "H-0001", Side.FAMILY, TODAY)
    told(network, FactKind.MEDICINE, Presence.YES, TODAY, subject="Zoloft")

    choices.record_choice(network, "H-0001", yes(Side.FAMILY, told=read_aloud.told), TODAY)

    assert "takes Zoloft" in str(stands(network, Side.FAMILY).note)
    assert stands(network, Side.FAMILY).asks_again


def test_one_undo_takes_back_the_yes_with_its_choice(network: Database) -> None:
    choices.record_choice(network, "H-0001", yes(Side.DONOR), TODAY)
    undo(network)

    one = stands(network, Side.DONOR)
    assert (one.yes_on, one.choice) == (None, None)


@pytest.mark.parametrize("side", Side)
def test_who_withdraws_frees_the_milk_off_its_pickup_and_undo_brings_all_back(
    network: Database, side: Side
) -> None:
    both_chose(network)
    code = plan_pickup(network, PickupKind.FAMILY_COLLECTS, LATER, ["H-0001"], today=TODAY)
    choices.withdraw(network, "H-0001", side, TODAY)

    assert free(network) == Volume.from_oz(200)
    assert pickup(network, code, TODAY).holds == ()
    assert [one.state for one in holds.holds(network, TODAY, open_only=False)] == [HoldState.RELEASED]

    undo(network)
    assert [one.code for one in pickup(network, code, TODAY).holds] == ["H-0001"]
    assert stands(network, side).is_recorded


def test_a_no_frees_the_milk_and_is_kept(network: Database) -> None:
    choices.record_choice(network, "H-0001", Said(Side.FAMILY, ChoiceKind.NO, TODAY), TODAY)

    assert free(network) == Volume.from_oz(200)
    (one,) = all_choices(network)
    assert (one.kind, one.side, one.ended_on) == (ChoiceKind.NO, Side.FAMILY, TODAY)
    with pytest.raises(HoldClosedError):
        choices.record_choice(network, "H-0001", yes(Side.FAMILY), TODAY)


def test_a_yes_taken_back_and_given_by_the_old_way_is_not_recorded(network: Database) -> None:
    choices.record_choice(network, "H-0001", yes(Side.DONOR), TODAY)
    holds.take_back_yes(network, "H-0001", Side.DONOR)
    holds.record_yes(network, "H-0001", Side.DONOR, TODAY)

    assert not stands(network, Side.DONOR).is_recorded


def test_two_families_made_one_lose_no_choice(network: Database) -> None:
    both_chose(network)
    with network.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Inès Roy-Lund", baby_born=date(2026, 3, 1))
        a_donor(session, "Zoë Ahlberg", facts=())
    before = all_choices(network)
    merge_households(network, "R-0002", "R-0001", TODAY)
    merge_households(network, "D-0002", "D-0001", TODAY)

    assert all_choices(network) == before
    assert stands(network, Side.FAMILY).choice is not None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (yes(Side.DONOR, LATER), "lies ahead"),
        (yes(Side.DONOR, TODAY, told_on=LATER), "is told first"),
        (yes(Side.DONOR, TODAY, told_on=TODAY - timedelta(days=1)), "nobody was told of it before"),
        (yes(Side.DONOR, TODAY - timedelta(days=1)), "nobody was told of it before"),
        (Said(Side.DONOR, ChoiceKind.WITHDREW, TODAY), "no yes to take back"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_lost(
    network: Database, said: Said, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        choices.record_choice(network, "H-0001", said, TODAY)
    assert stands(network, Side.DONOR).yes_on is None
    assert all_choices(network) == []


def test_a_file_that_is_no_scan_or_too_large_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK")
    with (tmp_path / "large.pdf").open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(MOST_MB * 1_000_000 + 1)

    for name, sentence in (
        ("letter.docx", "no PDF, PNG or JPEG"),
        ("large.pdf", f"larger than {MOST_MB} MB"),
        ("gone.pdf", "cannot be read"),
    ):
        with pytest.raises(UserError, match=sentence):
            read_scan(tmp_path / name)
