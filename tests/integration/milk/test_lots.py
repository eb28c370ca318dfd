from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.domain.milk.lots import Freezer, HeatTreated, Lot
from coordinator.domain.volume import Volume
from coordinator.errors import ChangedMeanwhileError, NotFoundError, UserError
from coordinator.services.agreements import holds
from coordinator.services.families.removing import StillNeededError
from coordinator.services.milk import lots
from tests.builders import TODAY
from tests.pickup_builders import a_region


def a_new_lot(donor_code: str = "D-0001", ounces: float = 120, expressed_to: date = date(2026, 8, 31)) -> Lot:
    return Lot(
        code="",
        donor_code=donor_code,
        volume=Volume.from_oz(ounces),
        bags=30,
        expressed_from=date(2026, 8, 1),
        expressed_to=expressed_to,
        freezer=Freezer.CHEST,
        note=" top drawer ",
    )


def lot(database: Database, code: str) -> Lot:
    return next(row.lot for row in lots.list_lots(database, TODAY) if row.lot.code == code)


def test_all_milk_is_listed_oldest_first_with_whose_it_is(database: Database) -> None:
    a_region(database)
    added = lots.add_lot(database, a_new_lot("d-0002"))

    rows = lots.list_lots(database, TODAY)

    assert added == "L-0003"
    assert [row.lot.code for row in rows] == ["L-0003", "L-0001", "L-0002"]
    first = rows[0]
    assert (first.donor_name, first.town, first.lot.donor_code) == ("Mia Quist", "Rollinsford", "D-0002")
    assert (first.lot.free, first.lot.note, first.lot.freezer) == (
        Volume.from_oz(120),
        "top drawer",
        Freezer.CHEST,
    )
    assert rows[1].lot.held == Volume.from_oz(40) * 2


def test_a_lot_holds_milk_and_its_days_run_forward(database: Database) -> None:
    a_region(database)

    with pytest.raises(UserError, match="how much milk"):
        lots.add_lot(database, a_new_lot(ounces=0))
    with pytest.raises(UserError, match="older than the oldest"):
        lots.add_lot(database, a_new_lot(expressed_to=date(2026, 7, 1)))
    with pytest.raises(NotFoundError):
        lots.add_lot(database, a_new_lot("D-0099"))
    assert len(lots.list_lots(database, TODAY)) == 2


def test_a_lot_never_becomes_less_than_what_is_promised(database: Database) -> None:
    a_region(database)

    lots.change_lot(database, "L-0001", "volume", Volume.from_oz(80), today=TODAY)
    assert lot(database, "L-0001").free == Volume.from_oz(80) - Volume.from_oz(40) * 2
    with pytest.raises(lots.LotInUseError, match="80\u00a0oz of L-0001 are held, agreed or handed over"):
        lots.change_lot(database, "L-0001", "volume", Volume.from_oz(79), today=TODAY)

    assert lot(database, "L-0001").volume == Volume.from_oz(80)


def test_bags_never_become_fewer_than_what_is_promised(database: Database) -> None:
    a_region(database)

    with pytest.raises(UserError, match="24 bags of L-0001 are held, agreed or handed over"):
        lots.change_lot(database, "L-0001", "bags", 3, today=TODAY)
    lots.change_lot(database, "L-0001", "bags", 24, today=TODAY)


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("bags", 24, 24),
        ("bags", None, None),
        ("freezer", "chest freezer", Freezer.CHEST),
        ("heat_treated", HeatTreated.SOME, HeatTreated.SOME),
        ("heat_treated", "", None),
        ("note", " left shelf ", "left shelf"),
        ("is_estimate", True, True),
        ("expressed_to", date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_every_field_of_a_lot_can_be_changed(
    database: Database, field: str, value: object, stored: object
) -> None:
    a_region(database)

    lots.change_lot(database, "L-0001", field, value, today=TODAY)

    assert getattr(lot(database, "L-0001"), field) == stored


def test_a_field_somebody_else_changed_is_not_overwritten(database: Database) -> None:
    a_region(database)
    lots.change_lot(database, "L-0001", "bags", 24, today=TODAY, seen=25)

    with pytest.raises(ChangedMeanwhileError):
        lots.change_lot(database, "L-0001", "bags", 30, today=TODAY, seen=25)


def test_the_newest_day_does_not_leave_a_hold_without_bags(database: Database) -> None:
    a_region(database, oldest=date(2026, 10, 16), only_from=date(2026, 10, 21))

    with pytest.raises(UserError, match="H-0001 takes only bags dated Oct 21, 2026 or later"):
        lots.change_lot(database, "L-0001", "expressed_to", date(2026, 10, 20), today=TODAY)


def test_a_lot_leaves_the_list_once_nobody_holds_it(database: Database) -> None:
    region = a_region(database)

    with pytest.raises(StillNeededError, match="L-0001 is needed for H-0001 and H-0002"):
        lots.remove_lot(database, "L-0001", TODAY)
    for hold in region.holds[:2]:
        holds.release_hold(database, hold)
    lots.remove_lot(database, "L-0001", TODAY)

    assert [row.lot.code for row in lots.list_lots(database, TODAY)] == ["L-0002"]


def test_who_has_her_milk_names_holds_as_such(database: Database) -> None:
    a_region(database, family_yes=False)

    lines = lots.who_has_her_milk(database, "D-0001", TODAY)

    assert {(line.recipient_name, line.lot_code, line.state) for line in lines} == {
        ("Inès Roy", "L-0001", "on hold"),
        ("Linh Tran", "L-0001", "on hold"),
    }
