from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import (
    ColumnUse,
    Unit,
    columns_of,
    read_stored,
    stored_uses,
)
from coordinator.domain.imports.columns.guesses import ColumnGuess, ListGuess, Sureness, parts_of
from coordinator.domain.imports.sheet import read_sheet
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell
from tests.builders import TODAY


def a_table(headers: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    numbered = (SourceRow(at, tuple(map(Cell, cells))) for at, cells in enumerate(rows, start=2))
    return Table("list.csv", "", headers, tuple(numbered))


def test_a_use_is_the_same_after_it_was_stored() -> None:
    use = ColumnUse(3, Unit.MILLILITRES, yes_means_no=True, part="Monday", shared=("alcohol",))

    assert read_stored(stored_uses([use, ColumnUse(4)])) == (use, ColumnUse(4))


def test_a_column_stored_as_a_number_is_still_read() -> None:
    assert read_stored(7) == (ColumnUse(7),)


def test_the_second_of_two_columns_fills_what_is_blank_in_the_first() -> None:
    table = a_table(("Name", "Phone", "Phone"), ("Ada", "", "603 555 0101"), ("Bea", "603 555 0102", "x"))
    mapping = {"name": (ColumnUse(0),), "phone": (ColumnUse(1), ColumnUse(2))}

    ada, bea = read_sheet(table, Role.DONOR, mapping, TODAY).answers

    assert (ada.contact.phone, bea.contact.phone) == ("+16035550101", "+16035550102")


def test_one_column_may_answer_several_fields() -> None:
    guess = ColumnGuess(2, ColumnUse(2, shared=("alcohol",)), "nicotine", Sureness.SURE)
    mapping = ListGuess(Role.DONOR, (guess,)).mapping

    assert list(mapping) == ["nicotine", "alcohol"]
    assert columns_of(mapping) == {2: "nicotine"}


def test_a_form_for_two_roles_is_taken_apart_row_by_row() -> None:
    table = a_table(("Name",), ("Ada",), ("Bea",), ("Cat",))
    guess = ListGuess(None, (), roles={2: Role.DONOR, 3: Role.RECIPIENT, 4: Role.DONOR})

    parts = parts_of(table, guess)

    assert [(role, [row.number for row in part.rows]) for role, part in parts] == [
        (Role.DONOR, [2, 4]),
        (Role.RECIPIENT, [3]),
    ]
