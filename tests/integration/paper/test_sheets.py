import io
from datetime import time, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from coordinator.adapters.pdf.sheet import render_pickup_sheet
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.db.pickups import PickupRow, SecondDriverRow
from coordinator.db.settings import SettingRow
from coordinator.domain.agreements.holds import Side
from coordinator.domain.paper.privacy import Part
from coordinator.domain.paper.set_making import SetWanted
from coordinator.domain.paper.sheet_making import NothingToPrintError, StopNotAgreedError
from coordinator.domain.paper.sheet_numbers import SheetNumber
from coordinator.domain.paper.sheets import PhoneNote
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.domain.records.history import Action
from coordinator.sayings import saying
from coordinator.services.agreements import holds as agreements
from coordinator.services.paper import printed_set, printed_sheets, sheets, take_along
from coordinator.services.pickups import planning
from coordinator.services.pickups.settling import settle
from coordinator.services.policies.page_checks import note_same_figure
from coordinator.services.policies.profiles import change_value, confirm_value, copy_profile, use_profile
from tests.builders import NOW, TODAY
from tests.pickup_builders import SATURDAY, SETUP, Region, a_driver, a_region

MONDAY = SATURDAY - timedelta(days=5)


def a_run(database: Database, region: Region, *holds: int, yes: bool = True) -> str:
    with database.writing(SETUP) as session:
        session.add(SettingRow(name="network_name", value="Seacoast Milk"))
        session.add(SettingRow(name="coordinator_phone", value="+16035550100"))
    code = planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        [region.holds[number] for number in holds],
        driver_code=region.driver,
        starts_at=time(8, 40),
        today=TODAY,
    )
    if yes:
        planning.record_driver_yes(database, code, TODAY)
    return code


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_sheet_shows_who_where_when_and_how_much(database: Database) -> None:
    region = a_region(database, oldest=TODAY - timedelta(days=36), only_from=TODAY - timedelta(days=31))
    code = a_run(database, region, 0, 1)

    sheet = sheets.pickup_sheet(database, code, TODAY)

    first, *drops = sheet.stops
    assert (sheet.sheet_number, sheet.leave_by, sheet.carrier_first_name) == ("P-0001-1", time(8, 40), "Ana")
    assert (sheet.network_name, sheet.coordinator_phone) == ("Seacoast Milk", "(603) 555-0100")
    assert tuple(map(str, sheet.bring)) == ("1 cooler (1 × 28 qt)", "3 ice packs")
    assert (first.kind, first.first_name, first.phone) == (StopKind.PICK_UP, "Zoë", "(603) 555-0109")
    assert (first.phone_note, first.driver_note) == (PhoneNote.TEXT, "side door")
    assert first.address_lines == ("1 DonorRow Ln", "Rollinsford NH 03801")
    assert first.window_from is not None
    assert first.window_from > time(8, 40)
    assert [lot.for_first_name for lot in first.lots] == ["Inès", "Linh"]
    assert {lot.only_from for lot in first.lots} == {TODAY - timedelta(days=31)}
    assert {stop.first_name for stop in drops} == {"Inès", "Linh"}
    assert [lot.for_first_name for stop in drops for lot in stop.lots] == ["", ""]
    assert sheet.bags == 24
    words = " ".join(text_of(render_pickup_sheet(sheet)).split())
    assert "about 40 oz in 12 bags only bags dated Oct 21 or later" in words
    assert "Total about 80 oz in 24 bags" in words


@pytest.mark.parametrize(
    ("yeses", "missing"),
    [
        ({"donor_yes": False}, "the yes of D-0001 for H-0001"),
        ({"family_yes": False}, "the yes of R-0001 for H-0001"),
    ],
)
def test_a_stop_without_both_yeses_has_no_sheet(
    database: Database, yeses: dict[str, Any], missing: str
) -> None:
    region = a_region(database, **yeses)
    code = a_run(database, region, 0)

    with pytest.raises(StopNotAgreedError, match=missing) as refused:
        sheets.pickup_sheet(database, code, TODAY)

    assert refused.value.missing == (missing,)
    with pytest.raises(StopNotAgreedError):
        sheets.print_pickup_sheet(database, code, TODAY)
    assert planning.pickup(database, code, TODAY).prints == 0


def test_a_run_waits_for_the_volunteers_yes_too(database: Database) -> None:
    code = a_run(database, a_region(database), 0, yes=False)

    with pytest.raises(StopNotAgreedError, match="P-0001 cannot be printed: the yes of V-0001 is missing"):
        sheets.pickup_sheet(database, code, TODAY)


def test_nothing_and_what_was_cancelled_have_no_sheet(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)

    planning.remove_hold(database, code, "H-0001")
    with pytest.raises(NothingToPrintError, match="Nothing travels"):
        sheets.pickup_sheet(database, code, TODAY)
    planning.cancel_pickup(database, code)
    with pytest.raises(NothingToPrintError, match="cancelled"):
        sheets.pickup_sheet(database, code, TODAY)


def test_the_paper_names_nobody_in_full_and_no_private_word(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0, 1, 2, 3)

    _, pdf = sheets.print_pickup_sheet(database, code, TODAY)

    text = text_of(pdf)
    assert pdf.startswith(b"%PDF")
    assert all(word in text for word in ("Zoë", "Linh", "L-0002", "side door", "P-0001-1"))
    assert not any(word in text for word in ("Ahlberg", "Quist", "Roy", "Tran", "Berg", "private word"))


def test_a_meeting_prints_its_place_and_no_home(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.MEET, SATURDAY, region.holds[:1], meeting_place="Library, Dover", today=TODAY
    )

    sheet, pdf = sheets.print_pickup_sheet(database, code, TODAY)

    assert sheet.stops[0].address_lines == ("Library, Dover",)
    assert sheet.carrier_first_name == "Inès"
    text = text_of(pdf)
    assert "Library" in text
    assert not any(word in text for word in ("DonorRow Ln", "RecipientRow Ln", "side door"))


def test_a_family_that_collects_sees_its_donor_only(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.FAMILY_COLLECTS, SATURDAY, region.holds[:1], starts_at=time(10), today=TODAY
    )

    sheet = sheets.pickup_sheet(database, code, TODAY)

    assert [(stop.kind, stop.first_name) for stop in sheet.stops] == [(StopKind.PICK_UP, "Zoë")]
    assert sheet.leave_by is not None
    assert sheet.leave_by < time(10)
    assert tuple(map(str, sheet.bring)) == ("coolers of 4 quarts in all", "3 ice packs in each")


def test_printing_is_noted_and_looking_is_not(database: Database) -> None:
    code = a_run(database, a_region(database), 0)

    sheets.preview_pickup_sheet(database, code, TODAY)
    assert planning.pickup(database, code, TODAY).prints == 0
    sheets.print_pickup_sheet(database, code, TODAY)

    pickup = planning.pickup(database, code, TODAY)
    assert (pickup.prints, pickup.printed_at, pickup.changed_since_printed) == (1, NOW, False)
    sheet, _ = sheets.print_pickup_sheet(database, code, TODAY)
    assert sheet.sheet_number == "P-0001-2"


def test_what_changes_the_paper_is_shown_as_changed_since_printed(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)

    def changed() -> bool:
        [line] = planning.pickups_between(database, SATURDAY, SATURDAY, TODAY)
        assert line.changed_since_printed == planning.pickup(database, code, TODAY).changed_since_printed
        return line.changed_since_printed

    assert not changed()
    sheets.print_pickup_sheet(database, code, TODAY)
    planning.change_pickup(database, code, "note", "for ourselves")
    assert not changed()

    with database.writing(SETUP) as session:
        driver = by_code(session, DriverRow, region.driver)
        session.get_one(HouseholdRow, driver.household_id).notes = "private"
    assert not changed()

    planning.change_pickup(database, code, "starts_at", time(9))
    assert changed()
    sheets.print_pickup_sheet(database, code, TODAY)
    assert not changed()

    agreements.take_back_yes(database, region.holds[0], Side.DONOR)
    assert changed()


def test_a_settled_pickup_no_longer_changes(database: Database) -> None:
    code = a_run(database, a_region(database), 0)
    sheets.print_pickup_sheet(database, code, TODAY)
    settle(database, code, None, SATURDAY)

    assert not planning.pickup(database, code, SATURDAY).changed_since_printed


def test_the_week_shows_each_way_of_milk_once_and_only_what_is_agreed(database: Database) -> None:
    region = a_region(database)
    a_run(database, region, 0, 1)
    waiting = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, [region.holds[2]], driver_code=region.driver, today=TODAY
    )

    week = sheets.week_schedule(database, MONDAY, TODAY)

    assert [(row.carrier, row.from_first_name, row.to_first_name, row.bags) for row in week.rows] == [
        ("Ana", "Zoë", "Inès", 12),
        ("Ana", "Zoë", "Linh", 12),
    ]
    assert {row.phone for row in week.rows} == {"(207) 555-0133"}
    assert planning.pickup(database, waiting, TODAY).waiting_for
    text = text_of(sheets.render_schedule(week))
    assert "Zoë" in text
    assert "Ahlberg" not in text
    assert sheets.week_schedule(database, SATURDAY + timedelta(days=2), TODAY).rows == ()


def test_what_the_network_checked_is_not_called_unchecked_and_marks_no_sheet_as_changed(
    database: Database,
) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    _, before = sheets.print_pickup_sheet(database, code, TODAY)
    assert "(CDC, unchecked)" in " ".join(text_of(before).split())

    note_same_figure(database, "community_sharing", "cooler", "Ana Reyes", TODAY)

    words = " ".join(text_of(sheets.preview_pickup_sheet(database, code, TODAY)).split())
    assert "In a cooler with frozen ice packs: up to 24 hours (CDC)." in words
    assert not planning.pickup(database, code, TODAY).changed_since_printed


@pytest.mark.parametrize("figure", [12, None])
def test_another_figure_of_the_network_checks_nothing_on_paper(
    database: Database, figure: int | None
) -> None:
    own = copy_profile(database, "community_sharing", "Seacoast", TODAY)
    change_value(database, own, "cooler", figure, "stricter", "Ana", TODAY)
    if figure is not None:
        confirm_value(database, own, "cooler", "Dr. Fox", TODAY)
    use_profile(database, own)
    code = a_run(database, a_region(database), 0)

    pdf = sheets.preview_pickup_sheet(database, code, TODAY)

    assert "(CDC, unchecked)" in " ".join(text_of(pdf).split())


def test_two_who_drive_stand_on_sheet_tags_text_and_in_both_calendars(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0, 1)
    sheets.print_pickup_sheet(database, code, TODAY)
    with database.writing(
        Action("pickup.second_driver", saying("Bo comes along on {pickup}", pickup=code))
    ) as session:
        second = a_driver(session, "Bo Lund")
        session.add(SecondDriverRow(pickup_id=by_code(session, PickupRow, code).id, driver_id=second.id))
        other = second.code

    printed = sheets.pickup_sheet(database, code, TODAY)
    wanted = SetWanted(frozenset({Part.RUN_SHEET, Part.TAGS, Part.SLIPS, Part.RECEIPTS}))
    text = " ".join(text_of(printed_set.preview_set(database, code, TODAY, wanted)).split())
    calendars = [take_along.driver_calendar(database, one, TODAY) for one in (region.driver, other)]

    assert "Ana and Bo drive" in text
    assert {tag.carrier_first_name for tag in printed.coolers} == {"Ana and Bo"}
    assert text.count("collected by Ana and Bo") == 1
    assert text.count("brought by Ana and Bo") == 2
    assert "Hello Ana and Bo," in take_along.text_for_driver(database, code, TODAY)
    assert calendars[0] == calendars[1]
    assert b"Ana and Bo drive" in calendars[0]
    found = printed_sheets.printed_sheet(database, SheetNumber(code, 1), TODAY)
    assert found.is_old
    assert [str(one) for one in found.since] == [f"Bo comes along on {code}"]


def test_lunch_is_in_the_calendar_and_the_text_and_on_the_sheet_that_was_printed_before(
    database: Database,
) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    sheets.print_pickup_sheet(database, code, TODAY)

    planning.change_pickup(database, code, "lunch_at", time(12))

    assert "12:00 pm lunch, 30 min" in take_along.text_for_driver(database, code, TODAY)
    calendar = take_along.driver_calendar(database, region.driver, TODAY).replace(b"\r\n ", b"")
    assert b"12:00 pm lunch\\, 30 min" in calendar
    found = printed_sheets.out_of_date(database, planning.pickup(database, code, TODAY), TODAY)
    assert found is not None
    assert [str(one) for one in found.since] == [f"Changed the lunch of {code}"]
