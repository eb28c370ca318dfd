"""Which letters the bytes of a text file mean."""

from pathlib import Path

import pytest

from coordinator.adapters.spreadsheets.encodings import decoded
from coordinator.adapters.spreadsheets.spreadsheet_files import read_table

NAMES = (
    "José Peña", "García", "Zoë Müller", "Renée Côté", "Núñez, Ibáñez", "François", "São João", "Bjørn",
    "Mårten", "Chloë", "Ångström", "l’eau d’Ivry", "it’s 5’", "Ana – “hi”",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac_roman"])
def test_a_name_is_right_in_the_encodings_of_windows_and_of_old_macs(name: str, encoding: str) -> None:
    found = decoded(f"Name,Town\nAnn Able,Dover\n{name},York\n".encode(encoding))

    assert found.text.split("\n")[2] == f"{name},York"


def test_an_encoding_of_old_macs_is_shown_with_a_name() -> None:
    found = decoded("Name\nJosé Peña\n".encode("mac_roman"))

    assert found.encoding == "mac_roman"
    assert "“José Peña”" in str(found.notices[0])


def test_the_usual_encoding_of_windows_is_no_news() -> None:
    assert decoded("Name\nJosé Peña\n".encode("cp1252")).notices == ()


def test_letters_that_look_odd_however_they_are_read_are_shown() -> None:
    assert "“£ukasz" in str(decoded("Name\nŁukasz Żak\n".encode("cp1250")).notices[0])


def test_one_cell_in_another_encoding_is_right_beside_the_rest_of_its_line() -> None:
    line = "Zoë".encode() + b"," + "René".encode("cp1252") + b",Dover\n"

    assert decoded(b"Name,Partner,Town\n" + line).text.split("\n")[1] == "Zoë,René,Dover"


def test_a_whole_script_of_others_is_read(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes("Name,Town\n田中さくら,Dover\n".encode("shift_jis"))

    assert read_table(tmp_path / "list.csv").rows[0].cells[0].text == "田中さくら"
