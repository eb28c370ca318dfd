"""The printed set of a run, read back: each part says what it must, and nothing its reader may not see."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from coordinator.bootstrap import open_database
from coordinator.db.database import Database
from coordinator.db.engine import connect_sqlite
from coordinator.domain.intervals import months_later
from coordinator.domain.milk.lots import Freezer, Lot
from coordinator.domain.paper.label_sheets import NO_SHIFT, Shift
from coordinator.domain.paper.privacy import IN_A_SET, MAY_SHOW, Level, Part, Shown
from coordinator.domain.paper.set_making import SetWanted
from coordinator.domain.paper.sheet_numbers import SheetNumber
from coordinator.domain.suitability.lots import bags_from
from coordinator.errors import UserError
from coordinator.services.families.households import change_profile
from coordinator.services.milk.expiring import last_day_by
from coordinator.services.milk.lots import change_lot, list_lots
from coordinator.services.paper import day, labels, printed_set
from coordinator.services.paper.printed_sheets import printed_sheet
from coordinator.services.pickups import planning
from coordinator.services.policies.profiles import change_value, copy_profile, policy_now, use_profile
from coordinator.services.records.history import undo
from tests.builders import TODAY
from tests.hostile_network import FREE_TEXTS

RUN = "P-0003"
NAMED = {"name", "name_on_paper", "phone", "other_phone"}
"""Columns that differ from household to household here, or are no words."""
SHOWN_BY = {
    "street": Shown.ADDRESS,
    "zip_code": Shown.ADDRESS,
    "town": Shown.ADDRESS,
    "state": Shown.ADDRESS,
    "driver_note": Shown.DRIVER_NOTE,
    "must_avoid": Shown.FOOD_CLASH,
}
"""What of the free texts any part may show; of the others there is nothing on paper."""


def canary(table: str, column: str) -> str:
    return f"zq{table}{column}qz".replace("_", "")


@pytest.fixture
def database(worked_file: Path, tmp_path: Path) -> Iterator[Database]:
    database = open_database(Path(shutil.copy(worked_file, tmp_path / "network.db")))
    yield database
    database.dispose()


@pytest.fixture
def told(database: Database) -> Database:
    """Give the network with a word of its own in every free text, and a name and phone for each household."""
    assert database.path is not None
    with closing(connect_sqlite(database.path)) as connection:
        for table, names in FREE_TEXTS.items():
            for column in set(names.split()) - (NAMED if table == "household" else set()):
                connection.execute(f"UPDATE {table} SET {column} = ?", (canary(table, column),))  # noqa: S608
        connection.execute(
            "UPDATE household SET name = 'First' || id || 'x Last' || id || 'x', name_on_paper = '', "
            "phone = '+1603555' || printf('%04d', 1000 + id)"
        )
    return database


def parts_of(database: Database, *parts: Part, both_sides: bool = False) -> bytes:
    return printed_set.preview_set(database, RUN, TODAY, SetWanted(frozenset(parts), both_sides))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def printed(database: Database, part: Part) -> str:
    if part is Part.LABELS:
        made = labels.labels_of_pickup(database, RUN, TODAY, labels.OnSheet("5163", count=1))
        return text_of(labels.render_labels(made.job))
    return text_of(parts_of(database, part))


def households(database: Database) -> dict[str, int]:
    pickup = planning.pickup(database, RUN, TODAY)
    return {stop.code: stop.household_id for stop in pickup.stops}


WITHOUT_CARDS = [part for part in Part if part is not Part.CARDS]


@pytest.mark.parametrize("part", WITHOUT_CARDS)
def test_a_part_shows_what_the_table_lets_it_and_nothing_else(told: Database, part: Part) -> None:
    text, shows = printed(told, part).replace(" ", ""), MAY_SHOW[part].shows

    for table, names in FREE_TEXTS.items():
        for column in set(names.split()) - NAMED:
            may = SHOWN_BY.get(column) in shows and table in {"household", "recipient"}
            assert may or canary(table, column) not in text, (table, column)
    for code, home in households(told).items():
        assert Shown.FULL_NAME in shows or f"Last{home}x" not in text
        assert Shown.PHONE in shows or f"555-{1000 + home}" not in text
        assert Shown.FAMILY_CODE in shows or code not in text


def test_the_parts_do_show_what_they_are_for(told: Database) -> None:
    sheet, copy = printed(told, Part.RUN_SHEET), printed(told, Part.COPY)

    assert canary("household", "driver_note") in sheet.replace(" ", "")
    for code, home in households(told).items():
        assert f"First{home}x" in sheet
        assert f"555-{1000 + home}" in sheet
        assert f"Last{home}x" in copy
        assert code in copy


@pytest.mark.parametrize("part", [Part.SLIPS, Part.RECEIPTS])
def test_a_family_s_own_paper_names_no_other_family(told: Database, part: Part) -> None:
    made = printed_set.printed_set(told, RUN, TODAY, SetWanted(frozenset({part})))
    homes = households(told).values()
    carrier = made.sheet.carrier_first_name

    for page in PdfReader(io.BytesIO(printed_set.render_set(made))).pages:
        named = {home for home in homes if f"First{home}x" in page.extract_text()}
        assert len(named) == 1
        assert carrier in page.extract_text()


def test_a_receipt_s_use_by_is_the_verdicts_own(database: Database) -> None:
    made = printed_set.printed_set(database, RUN, TODAY, SetWanted(frozenset({Part.RECEIPTS})))
    last_day = last_day_by(policy_now(database))

    assert len(made.receipts) == 3
    for receipt in made.receipts:
        for lot in receipt.lots:
            known = replace(lot_of(database, lot.lot_code), expressed_from=lot.expressed_from)
            found = last_day(known)
            assert found is not None
            assert lot.use_by == found.on
    text = text_of(printed_set.render_set(made))
    assert text.count("Use the oldest bag by") == 3
    assert "use it within 24 hours of thawing" in text
    assert "State of Washington" in text


def test_a_receipt_goes_by_the_family_s_freezer_where_that_is_stricter(database: Database) -> None:
    own = copy_profile(database, "community_sharing", "Ours", TODAY)
    change_value(database, own, "frozen_fridge_freezer", 3, "stricter", "Ana", TODAY)
    use_profile(database, own)
    wanted = SetWanted(frozenset({Part.RECEIPTS}))
    pickup = planning.pickup(database, RUN, TODAY)
    hold = next(one for one in pickup.holds if one.recipient_code == pickup.stops[-1].code)
    change_lot(database, hold.lot_code, "freezer", Freezer.CHEST, today=TODAY)
    oldest = bags_from(lot_of(database, hold.lot_code), hold.only_from).expressed_from
    assert oldest is not None

    def receipt(words: str) -> tuple[date | None, str]:
        change_profile(database, hold.recipient_code, "freezer", words)
        made = printed_set.printed_set(database, RUN, TODAY, wanted)
        text = text_of(printed_set.render_set(replace(made, receipts=made.receipts[-1:])))
        return made.receipts[-1].lots[0].use_by, text

    last, told = receipt("7 cu ft chest freezer")
    assert last == months_later(oldest, 12)
    assert "not told" not in told
    unknown, asked = receipt("7 cu ft")
    assert unknown == months_later(oldest, 3)
    assert "the kind of your freezer was not told, so this is the shortest that is possible" in asked
    above, said = receipt("freezer above fridge")
    assert above == months_later(oldest, 3)
    assert "not told" not in said
    change_value(database, own, "frozen_fridge_freezer", "not accepted", "stricter", "Ana", TODAY)
    nobody_knows, ask = receipt("freezer above fridge")
    assert nobody_knows is None
    assert "In a freezer above fridge: no time is given; ask before you use it." in ask
    assert "How long it may be used is not known here" in ask
    assert "the kind of yours was not told: ask first" in receipt("")[1]


def lot_of(database: Database, code: str) -> Lot:
    return next(row.lot for row in list_lots(database, TODAY) if row.lot.code == code)


def test_each_part_begins_on_a_new_sheet_of_paper_printed_on_both_sides(database: Database) -> None:
    once = PdfReader(io.BytesIO(parts_of(database, Part.SLIPS, Part.RECEIPTS)))
    twice = PdfReader(io.BytesIO(parts_of(database, Part.SLIPS, Part.RECEIPTS, both_sides=True)))

    assert len(once.pages) == 6
    assert len(twice.pages) == 11
    assert [bool(page.extract_text().strip()) for page in twice.pages] == [at % 2 == 0 for at in range(11)]


def test_the_whole_set_is_one_pdf_and_counts_as_one_printing(database: Database) -> None:
    made, pdf = printed_set.print_set(database, RUN, TODAY, SetWanted(frozenset(IN_A_SET)))

    assert made.head.sheet_number == f"{RUN}-1"
    assert planning.pickup(database, RUN, TODAY).prints == 1
    text = text_of(pdf)
    for words in (
        "Pickup sheet P-0003-1",
        "Cooler 1 of 2",
        "Hand-over slip",
        "Receipt",
        "Coordinator’s copy",
    ):
        assert words in text
    assert not planning.pickup(database, RUN, TODAY).changed_since_printed


def test_slips_alone_are_no_printing_of_the_sheet(database: Database) -> None:
    printed_set.print_set(database, RUN, TODAY, SetWanted(frozenset({Part.SLIPS})))

    assert planning.pickup(database, RUN, TODAY).prints == 0


def test_what_is_ticked_and_not_there_is_said(database: Database) -> None:
    with pytest.raises(printed_set.NoPartError):
        parts_of(database, Part.CARDS)


def test_labels_of_a_lot_are_for_whom_it_is_held_and_free_ones_for_nobody(database: Database) -> None:
    made = labels.labels_of_lots(database, ["l-0004"], TODAY, labels.OnSheet("5160", 7))

    assert [(run.label.for_first_name, run.count) for run in made.job.runs] == [("Quinn", 47), ("", 77)]
    assert made.job.runs[0].label.clashes.not_clear == ("soy",)
    assert (made.job.start, made.job.sheets, made.job.next_start) == (7, 5, 11)


def test_labels_for_a_driver_show_no_days_and_no_foods(database: Database) -> None:
    made = labels.labels_of_pickup(database, RUN, TODAY, labels.OnSheet("5163", level=Level.DRIVER, count=1))

    text = text_of(labels.render_labels(made.job))
    assert "for Quinn" in text
    assert not any(words in text for words in ("2026", "soy", "ask", "D-0004"))


def test_a_shift_is_remembered_for_its_sheet_alone(database: Database) -> None:
    labels.keep_shift(database, "5160", Shift(1.5, -0.5))
    labels.keep_shift(database, "L7160", Shift(0.0, 1.0))

    assert labels.shift_of(database, "5160") == Shift(1.5, -0.5)
    assert labels.shift_of(database, "5163") == NO_SHIFT
    made = labels.labels_of_lots(database, ["L-0004"], TODAY, labels.OnSheet("5160"))
    assert made.job.shift == Shift(1.5, -0.5)
    with pytest.raises(UserError, match="100 %"):
        labels.keep_shift(database, "5160", Shift(40.0, 0.0))


def a_day(database: Database) -> date:
    return planning.pickup(database, RUN, TODAY).on


def test_a_day_is_one_pdf_with_a_page_on_top_and_one_step_of_undo(database: Database) -> None:
    on = a_day(database)
    for code in ("P-0001", "P-0002"):
        planning.change_pickup(database, code, "on", on)
    wanted = SetWanted(frozenset({Part.RUN_SHEET, Part.SLIPS}), both_sides=True)

    made, pdf = day.print_day(database, on, TODAY, wanted)

    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    assert made.numbers == ("P-0003-1", "P-0001-1", "P-0002-1")
    assert all(number in pages[0] for number in made.numbers)
    assert "Noor" in pages[0]
    for number in made.numbers:
        begins = next(at for at, text in enumerate(pages) if f"Pickup sheet {number}" in text)
        assert begins % 2 == 0
        assert begins == 2 or not pages[begins - 1] or "Hand-over slip" in pages[begins - 1]
    assert len(pages) % 2 == 1
    assert all(planning.pickup(database, code, TODAY).prints == 1 for code in ("P-0001", "P-0002", RUN))
    found = printed_sheet(database, SheetNumber("P-0002", 1), TODAY)
    assert (found.since, found.is_old) == ((), False)
    undo(database)
    assert all(planning.pickup(database, code, TODAY).prints == 0 for code in ("P-0001", "P-0002", RUN))


def test_what_of_a_day_cannot_be_printed_is_named_and_nothing_at_all_is_said(database: Database) -> None:
    on = a_day(database)
    planning.change_pickup(database, "P-0001", "on", on)
    planning.record_driver_yes(database, RUN, None)
    wanted = SetWanted(frozenset({Part.RUN_SHEET}))

    made = day.printed_day(database, on, TODAY, wanted)

    assert made.numbers == ("P-0001-1",)
    [why] = made.page.not_printed
    assert "P-0003 cannot be printed" in str(why)
    assert "P-0003 cannot be printed" in text_of(day.render_day(made))
    with pytest.raises(day.NothingOnDayError, match="Nothing is planned for"):
        day.printed_day(database, on + timedelta(days=1), TODAY, wanted)
    planning.cancel_pickup(database, "P-0001")
    with pytest.raises(day.NothingOnDayError, match="P-0003 cannot be printed"):
        day.print_day(database, on, TODAY, wanted)


def test_the_page_on_top_has_first_names_and_towns_and_no_other_word(told: Database) -> None:
    made = day.printed_day(told, a_day(told), TODAY, SetWanted(frozenset({Part.RUN_SHEET})))
    document = pypdfium2.PdfDocument(day.render_day(made))
    text = document[0].get_textpage().get_text_range().replace("\r\n", "").replace(" ", "")
    document.close()

    for table, names in FREE_TEXTS.items():
        for column in set(names.split()) - NAMED - {"town"}:
            assert canary(table, column) not in text, (table, column)
    for home in households(told).values():
        assert f"First{home}x" in text
        assert f"Last{home}x" not in text


def test_a_day_says_how_far_it_is(database: Database) -> None:
    told = list[tuple[int, int]]()
    on = a_day(database)
    planning.change_pickup(database, "P-0001", "on", on)

    day.print_day(
        database, on, TODAY, SetWanted(frozenset({Part.SLIPS})), watch=lambda *far: told.append(far)
    )

    assert told == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_a_day_stops_when_it_is_no_longer_wanted(database: Database) -> None:
    def stop(done: int, total: int) -> None:
        del done, total
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        day.print_day(database, a_day(database), TODAY, SetWanted(frozenset({Part.SLIPS})), watch=stop)
    assert planning.pickup(database, RUN, TODAY).prints == 0
