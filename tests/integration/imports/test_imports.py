"""Three lists as people filled them in, imported into a real network and compared with what they meant."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table
from coordinator.db.agreements import HoldRow
from coordinator.db.audit import AuditChangeRow
from coordinator.db.base import by_code, next_code
from coordinator.db.database import Database
from coordinator.db.imports import ImportedCellsRow, ImportRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.codes import CodeLetter
from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.drivers import Driver
from coordinator.domain.imports.choices import same_as
from coordinator.domain.imports.planning import Outcome
from coordinator.domain.imports.preview import ImportPreview, ImportReport
from coordinator.domain.milk.recipients import Recipient
from coordinator.domain.places.positions import Precision
from coordinator.domain.records.history import Action
from coordinator.domain.screening.donors import Donor
from coordinator.domain.volume import Volume
from coordinator.errors import ChangedMeanwhileError, UserError
from coordinator.services.families import donors, drivers, households, recipients
from coordinator.services.families.merging import (
    look_alikes_of,
    merge_households,
    merged_families,
    take_apart,
)
from coordinator.services.imports.importing import UnknownListError, preview_import, run_import
from coordinator.services.records import backups, history
from coordinator.services.screening import facts
from tests import seacoast
from tests.seacoast import DONORS, DRIVERS, RECIPIENTS

TODAY = date(2026, 11, 21)


def meant(name: str = "expected.json") -> dict[str, list[dict[str, Any]]]:
    truth: dict[str, list[dict[str, Any]]] = json.loads((seacoast.FOLDER / name).read_text(encoding="utf-8"))
    return truth


def bring_in(database: Database, path: Path) -> tuple[ImportPreview, ImportReport]:
    preview = preview_import(database, path, TODAY)
    return preview, run_import(database, preview, today=TODAY)


def bring_in_all(database: Database) -> None:
    for path in seacoast.LISTS:
        bring_in(database, path)


def all_donors(database: Database) -> list[Donor]:
    return [donors.donor(database, row.code, TODAY) for row in donors.list_donors(database, TODAY)]


def contact(person: Donor | Recipient | Driver) -> dict[str, object]:
    home = person.household
    return {
        "name": home.name.casefold(),
        "email": home.email,
        "phone": home.phone,
        "street": home.address.street,
        "state": home.address.state,
        "zip": home.address.zip_code,
    }


def as_meant(donor: Donor) -> dict[str, object]:
    (lot,) = donor.lots
    return contact(donor) | {
        "baby_born": str(donor.baby_born),
        "ounces": round(lot.volume.oz, 1),
        "bags": lot.bags,
        "expressed_from": str(lot.expressed_from),
        "expressed_to": str(lot.expressed_to),
        "dairy": donors.dairy_in_words(donor.facts),
    }


def without_capitals(truth: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [person | {"name": person["name"].casefold()} for person in truth]


def by_email(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(people, key=lambda person: str(person.get("email") or person["name"]))


def ounces(volume: Volume | None) -> float | None:
    return None if volume is None else round(volume.oz, 1)


@pytest.mark.parametrize(
    "name", ["donor_form_responses.csv", "odd/donors_utf16_tabs.txt", "odd/donors_with_title.csv"]
)
def test_every_donor_comes_in_as_she_meant_it(sqlite_database: Database, name: str) -> None:
    bring_in(sqlite_database, seacoast.FOLDER / name)

    found = [as_meant(donor) for donor in all_donors(sqlite_database)]

    assert by_email(found) == by_email(without_capitals(meant()["donors"]))


def test_every_family_comes_in_as_it_meant_it(database: Database) -> None:
    bring_in(database, RECIPIENTS)

    summaries = recipients.list_recipients(database, TODAY)
    found = []
    for summary in summaries:
        family = recipients.recipient(database, summary.code, TODAY)
        found.append(
            contact(family)
            | {
                "baby_born": str(family.baby.born),
                "babies": family.baby.count,
                "own_supply_oz": ounces(family.own_supply_low),
                "stock_oz": ounces(family.stock),
            }
        )

    assert by_email(found) == by_email(without_capitals(meant()["recipients"]))


def test_every_volunteer_comes_in_as_meant(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DRIVERS)

    found = []
    for driver in drivers.list_drivers(sqlite_database):
        person = contact(driver)
        found.append({key: person[key] for key in ("name", "phone", "street", "state", "zip")})

    assert by_email(found) == by_email(without_capitals(meant()["drivers"]))


def test_a_volunteer_keeps_coolers_and_absence(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DRIVERS)

    by_name = {driver.household.name: driver for driver in drivers.list_drivers(sqlite_database)}

    assert by_name["Noor Xiong"].coolers_qt == (28,) * 6
    assert by_name["Esther Ouellette"].coolers_qt == (60, 28)
    assert by_name["Maeve Chen"].is_away(date(2026, 12, 24))
    assert not by_name["Maeve Chen"].is_away(TODAY)
    assert [question.topic for question in by_name["Wren MacLeod"].questions] == ["lift"]


def test_next_weeks_export_updates_six_donors_and_doubles_nobody(database: Database) -> None:
    bring_in(database, DONORS)

    preview, report = bring_in(database, seacoast.DONORS_LATER)

    assert (preview.counts.updated, preview.counts.new, preview.counts.needs_a_look) == (6, 0, 0)
    assert len(report.codes) == 6
    found = [as_meant(donor) for donor in all_donors(database)]
    assert by_email(found) == by_email(without_capitals(meant("expected_later.json")["donors"]))


def test_an_update_shows_old_and_new_in_the_words_of_the_preview(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DONORS)

    preview = preview_import(sqlite_database, seacoast.DONORS_LATER, TODAY)

    vera = next(plan for plan in preview.plans if plan.answers.contact.name == "Vera MacLeod")
    assert [(change.label, change.old, change.new) for change in vera.changes] == [
        ("Phone", "(603) 555-0196", national_phone("+16035550149")),
        ("Ounces offered", "230 oz", "330 oz"),
    ]


def test_a_preview_writes_nothing(sqlite_database: Database) -> None:
    before = sqlite_database.change_counter()

    preview = preview_import(sqlite_database, DONORS, TODAY)

    assert preview.counts.rows == 42
    assert sqlite_database.change_counter() == before
    assert donors.list_donors(sqlite_database, TODAY) == []


def test_the_same_file_again_writes_only_its_journal(sqlite_database: Database) -> None:
    bring_in_all(sqlite_database)

    for path in seacoast.LISTS:
        preview, report = bring_in(sqlite_database, path)

        assert preview.imported_before_on == TODAY
        assert preview.is_mapping_remembered
        assert preview.counts.unchanged + preview.counts.older_answers == preview.counts.rows
        with sqlite_database.reading() as session:
            query = sa.select(AuditChangeRow.table).where(AuditChangeRow.audit_id == report.audit_id)
            assert set(session.scalars(query)) == {"import_journal", "import_row"}


def test_one_undo_takes_a_whole_import_back(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DONORS)
    before = all_donors(sqlite_database)
    bring_in(sqlite_database, seacoast.DONORS_LATER)

    history.undo(sqlite_database)
    facts_before = [(donor.household.phone, donor.lots[0].volume) for donor in before]
    assert [(d.household.phone, d.lots[0].volume) for d in all_donors(sqlite_database)] == facts_before

    history.undo(sqlite_database)
    assert donors.list_donors(sqlite_database, TODAY) == []
    assert history.chain_is_whole(sqlite_database)


def test_a_backup_is_made_before_an_import(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DRIVERS)

    assert len(backups.backups(sqlite_database)) == 1


def test_every_original_cell_is_kept(sqlite_database: Database) -> None:
    preview, _ = bring_in(sqlite_database, DONORS)

    with sqlite_database.reading() as session:
        rows = list(session.scalars(sa.select(ImportedCellsRow).order_by(ImportedCellsRow.number)))
        journal = session.scalars(sa.select(ImportRow)).one()
        assert json.loads(journal.headers) == list(preview.table.headers)
        assert [json.loads(row.cells)["cells"] for row in rows] == [
            [cell.text for cell in row.cells] for row in preview.table.rows
        ]
        assert all(row.household_id is not None for row in rows)


def test_every_home_is_placed_without_a_network_and_says_how_well(sqlite_database: Database) -> None:
    bring_in_all(sqlite_database)

    homes = [donor.household for donor in all_donors(sqlite_database)]
    homes += [driver.household for driver in drivers.list_drivers(sqlite_database)]
    assert {home.position.precision for home in homes if home.position} == {Precision.ZIP}
    assert all(home.place_label == f"ZIP {home.address.zip_code}" for home in homes)


def test_people_who_share_a_phone_or_a_name_stay_apart_and_are_marked(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DONORS)
    bring_in(sqlite_database, RECIPIENTS)

    preview, _ = bring_in(sqlite_database, DRIVERS)

    looked_at = {
        plan.answers.contact.name: [alike.reason for alike in plan.look_alikes]
        for plan in preview.plans
        if plan.outcome is Outcome.NEEDS_A_LOOK
    }
    assert looked_at == {"Noor Xiong": ["same phone"] * 5, "Heather Nguyen": ["same name"]}
    assert len(drivers.list_drivers(sqlite_database)) == 8


def test_who_resembles_a_family_is_still_shown_after_the_import(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA, BEA))
    assert [alike.sentence for alike in look_alikes_of(sqlite_database, "D-0002")] == ["same phone as D-0001"]

    merge_households(sqlite_database, "D-0001", "D-0002", TODAY)
    assert look_alikes_of(sqlite_database, "D-0001") == ()


def test_a_loss_is_read_before_ringing_and_free_words_stay_private(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DONORS)

    bereaved = [donor for donor in all_donors(sqlite_database) if donor.household.read_before_ringing]

    assert {donor.household.name for donor in bereaved} == {"Oluchi Xiong", "Quinn MacLeod", "Jess Quimby"}
    assert all(donor.household.driver_note == "" for donor in all_donors(sqlite_database))


def test_text_that_looks_like_a_formula_stays_text(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DONORS)

    joy = donors.donor(sqlite_database, "D-0001", TODAY)

    assert joy.household.notes == '=HYPERLINK("http://example.org","call me")'


def test_what_was_not_answered_is_on_the_call_list(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DONORS)

    asked = [donor for donor in all_donors(sqlite_database) if donors.dairy_in_words(donor.facts) == "ask"]

    assert len(asked) == 5
    for donor in asked:
        assert "Dairy: not answered" in [question.text for question in donor.questions]


def test_the_better_capitals_of_two_answers_are_kept(sqlite_database: Database) -> None:
    bring_in(sqlite_database, DONORS)

    assert {"Zoë Ito", "Zoë Abdi"} <= {row.name for row in donors.list_donors(sqlite_database, TODAY)}


def a_list(folder: Path, headers: list[str], *rows: list[str]) -> Path:
    path = folder / "list.csv"
    write_table(path, headers, rows)
    return path


DONOR_HEADERS = [
    "Name",
    "Email",
    "Phone",
    "ZIP",
    "Ounces",
    "Oldest milk",
    "Newest milk",
    "Do you eat dairy?",
    "Notes",
]
ADA = [
    "Ada Roy",
    "ada@example.org",
    "207 555 0100",
    "03909",
    "100",
    "2026-09-01",
    "2026-10-01",
    "",
    "side door",
]


def but(row: list[str], **changes: str) -> list[str]:
    keys = ("name", "email", "phone", "zip", "ounces", "oldest", "newest", "dairy", "notes")
    return [changes.get(key, value) for key, value in zip(keys, row, strict=True)]


def a_hold(database: Database, volume: Volume) -> str:
    """Hold milk of the first lot for a baby of its own."""
    with database.writing(Action("test", "A hold")) as session:
        session.add(
            HoldRow(
                code=next_code(session, CodeLetter.HOLD),
                lot_id=by_code(session, LotRow, "L-0001").id,
                recipient_id=by_code(session, RecipientRow, "R-0001").id,
                volume=volume,
                made_on=TODAY,
                expires_on=date(2026, 11, 28),
            )
        )
    return "L-0001"


def test_fewer_ounces_never_go_below_what_is_held(sqlite_database: Database, tmp_path: Path) -> None:
    bring_in(sqlite_database, RECIPIENTS)
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA))
    a_hold(sqlite_database, Volume.from_oz(60))

    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, but(ADA, ounces="40")))

    ada = donors.donor(sqlite_database, "D-0001", TODAY)
    assert (round(ada.lots[0].volume.oz), ada.lots[0].free) == (60, Volume(0))
    assert any("60 oz of L-0001 are held" in question.text for question in ada.questions)


def test_younger_milk_in_a_later_export_is_a_lot_of_its_own(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA))

    bring_in(
        sqlite_database,
        a_list(tmp_path, DONOR_HEADERS, but(ADA, ounces="80", oldest="2026-10-02", newest="2026-11-20")),
    )

    ada = donors.donor(sqlite_database, "D-0001", TODAY)
    assert [round(lot.volume.oz) for lot in ada.lots] == [100, 80]


def test_what_the_coordinator_corrected_stays_until_the_form_changes_it(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA))
    households.change_profile(sqlite_database, "D-0001", "phone", "603 555 0111")

    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, but(ADA, ounces="120")))
    assert donors.donor(sqlite_database, "D-0001", TODAY).household.phone == "+16035550111"

    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, but(ADA, phone="207 555 0122")))
    assert donors.donor(sqlite_database, "D-0001", TODAY).household.phone == "+12075550122"


def test_an_answer_in_a_later_export_closes_its_question_and_becomes_a_fact(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA))
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, but(ADA, dairy="No, stopped 8/10/26")))

    ada = donors.donor(sqlite_database, "D-0001", TODAY)

    assert donors.dairy_in_words(ada.facts) == "stopped 2026-08-10"
    assert FactKind.DAIRY.value not in [question.topic for question in ada.questions]


def test_a_question_set_aside_does_not_come_back(sqlite_database: Database, tmp_path: Path) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA))
    dairy = next(
        q for q in donors.donor(sqlite_database, "D-0001", TODAY).questions if q.topic == FactKind.DAIRY.value
    )
    facts.set_question_aside(sqlite_database, dairy.id)

    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, but(ADA, ounces="120")))

    assert dairy.text not in [q.text for q in donors.donor(sqlite_database, "D-0001", TODAY).questions]


def test_words_added_by_the_coordinator_survive_new_words_on_the_form(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA))
    households.change_profile(sqlite_database, "D-0001", "notes", "side door; loves dogs")

    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, but(ADA, notes="front door")))

    assert (
        donors.donor(sqlite_database, "D-0001", TODAY).household.notes == "side door; loves dogs\nfront door"
    )


def test_a_mapping_chosen_once_is_remembered_for_the_same_headers(
    sqlite_database: Database, tmp_path: Path
) -> None:
    path = a_list(
        tmp_path, ["Who", "Reach her at", "Cooler sizes", "Max hours"], ["Ada", "2075550100", "28", "3"]
    )
    guessed = preview_import(sqlite_database, path, TODAY)
    assert guessed.problem

    chosen = preview_import(sqlite_database, path, TODAY, mapping={**guessed.mapping, "name": 0, "phone": 1})
    run_import(sqlite_database, chosen, today=TODAY)
    again = preview_import(sqlite_database, path, TODAY)

    assert (again.mapping, again.is_mapping_remembered) == (chosen.mapping, True)
    assert again.counts.unchanged == 1


def test_a_list_without_names_is_not_imported(sqlite_database: Database, tmp_path: Path) -> None:
    preview = preview_import(
        sqlite_database, a_list(tmp_path, ["Cooler sizes", "Max hours"], ["28", "3"]), TODAY
    )

    with pytest.raises(UserError, match="which column holds the names"):
        run_import(sqlite_database, preview, today=TODAY)


def test_a_list_of_something_else_is_told(sqlite_database: Database, tmp_path: Path) -> None:
    with pytest.raises(UnknownListError, match="whose list"):
        preview_import(sqlite_database, a_list(tmp_path, ["Product", "Price"], ["Bread", "3"]), TODAY)


def test_a_network_that_changed_since_the_preview_is_not_written_over(
    sqlite_database: Database, tmp_path: Path
) -> None:
    preview = preview_import(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA), TODAY)
    run_import(sqlite_database, preview, today=TODAY)

    with pytest.raises(ChangedMeanwhileError):
        run_import(sqlite_database, preview, today=TODAY)


BEA = but(ADA, name="Bea Roy", email="roy@example.org", ounces="50", dairy="yes", notes="ring twice")


def test_a_row_she_says_is_somebody_known_becomes_part_of_her_and_can_be_taken_apart(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA))
    path = a_list(tmp_path, DONOR_HEADERS, ADA, BEA)
    preview = preview_import(sqlite_database, path, TODAY)
    (look,) = [plan for plan in preview.plans if plan.outcome is Outcome.NEEDS_A_LOOK]
    alike = next(alike for alike in look.look_alikes if alike.code == "D-0001")

    run_import(sqlite_database, preview, {look.number: same_as(alike)}, today=TODAY)

    (ada,) = all_donors(sqlite_database)
    assert (ada.code, len(ada.lots), ada.household.email) == ("D-0001", 2, "ada@example.org")
    assert any("told twice" in question.text for question in ada.questions)
    assert preview_import(sqlite_database, path, TODAY).counts.unchanged == 2

    (merged,) = merged_families(sqlite_database, "D-0001")
    take_apart(sqlite_database, merged.merge_id)

    first, second = all_donors(sqlite_database)
    assert (first.code, second.code, len(first.lots), len(second.lots)) == ("D-0001", "D-0002", 1, 1)
    assert (first.household.notes, second.household.notes) == ("side door", "ring twice")
    assert donors.dairy_in_words(second.facts) == "yes"


def code_of(database: Database, name: str) -> str:
    return next(row.code for row in donors.list_donors(database, TODAY) if row.name == name)


def test_two_families_are_merged_and_undone(database: Database) -> None:
    bring_in_all(database)
    tess = code_of(database, "Tess Eze")
    before = recipients.recipient(database, "R-0005", TODAY)

    merge_households(database, tess, "R-0005", TODAY)

    family = recipients.recipient(database, "R-0005", TODAY)
    assert family.household.id == donors.donor(database, tess, TODAY).household.id != before.household.id
    with pytest.raises(UserError, match="one family already"):
        merge_households(database, "R-0005", tess, TODAY)

    history.undo(database)
    assert recipients.recipient(database, "R-0005", TODAY).household.id == before.household.id


def test_an_import_finds_a_merged_family_under_both_its_names(sqlite_database: Database) -> None:
    bring_in_all(sqlite_database)
    merge_households(sqlite_database, code_of(sqlite_database, "Tess Eze"), "R-0005", TODAY)

    for path in (DONORS, RECIPIENTS):
        counts = preview_import(sqlite_database, path, TODAY).counts
        assert (counts.new, counts.needs_a_look, counts.updated) == (0, 0, 0)


def test_milk_facts_and_holds_follow_a_merged_donor_and_come_back(
    sqlite_database: Database, tmp_path: Path
) -> None:
    bring_in(sqlite_database, RECIPIENTS)
    bring_in(sqlite_database, a_list(tmp_path, DONOR_HEADERS, ADA, BEA))
    a_hold(sqlite_database, Volume.from_oz(60))

    merge_households(sqlite_database, "D-0002", "D-0001", TODAY)
    (kept,) = all_donors(sqlite_database)
    assert sorted(round(lot.held.oz) for lot in kept.lots) == [0, 60]

    take_apart(sqlite_database, merged_families(sqlite_database, "D-0002")[0].merge_id)
    assert [len(donor.lots) for donor in all_donors(sqlite_database)] == [1, 1]
    assert merged_families(sqlite_database, "D-0002") == ()
