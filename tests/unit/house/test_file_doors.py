"""Nothing but SQLite opens the network's files: who shows files, and who opens any, is a closed list."""

from __future__ import annotations

import ast

import pytest

from tests.program_code import HOUSE, found_by

DIALOGS = "ui/widgets/file_dialogs.py"
READS_FILES = {
    "QAbstractFileIconProvider",
    "QFileDialog",
    "QFileIconProvider",
    "QFileSystemModel",
    "QPageSetupDialog",
    "QPrintDialog",
    "QPrintPreviewDialog",
}
"""What of Qt lists files, or has a part that does, and reads them for their icons."""

OPENS = {"open", "read_bytes", "read_text", "touch", "write_bytes", "write_text"}
COPIES = {"os", "shutil", "sqlcipher3", "sqlite3"}
CHOSEN_BY_HER = {
    "coordinator/adapters/computer/private_files.py",
    "coordinator/adapters/computer/scanned_papers.py",
    "coordinator/adapters/spreadsheets/spreadsheet_files.py",
    "coordinator/adapters/spreadsheets/text_files.py",
    "coordinator/adapters/map_files/tile_files.py",
    "coordinator/db/copies.py",
    "ui/pickups/saving.py",
}
"""They open what the coordinator named, and ask ``open_networks.refuse`` first."""

ALWAYS_THE_SAME = {
    "coordinator/db/schema.py",
    "coordinator/adapters/policies/authorities.py",
    "coordinator/adapters/policies/banks.py",
    "coordinator/adapters/policies/statements.py",
    "coordinator/adapters/map_files/basemap.py",
    "coordinator/adapters/computer/instance.py",
    "coordinator/adapters/computer/key_slots.py",
    "coordinator/adapters/computer/logs.py",
    "coordinator/adapters/pdf/fonts.py",
    "coordinator/adapters/paper/label_sheets.py",
    "coordinator/adapters/policies/policy_file.py",
    "coordinator/adapters/policies/recall_steps.py",
    "coordinator/adapters/gazetteer/near_places.py",
    "coordinator/adapters/gazetteer/post_office.py",
    "coordinator/adapters/gazetteer/town_file.py",
    "coordinator/adapters/web/turns.py",
    "coordinator/cli/start.py",
    "coordinator/domain/suitability/drinks.py",
    "coordinator/domain/imports/columns/meanings.py",
    "coordinator/domain/imports/columns/rules.py",
    "coordinator/domain/vocabulary.py",
    "coordinator/services/records/backups.py",
    "coordinator/services/records/rekeying.py",
    "ui/icons.py",
    "ui/looks.py",
    "ui/window/licences.py",
    "ui/theme.py",
}
"""They open files whose names the program made up, or that ship with it."""

BEHIND_A_DOOR = {
    "coordinator/adapters/map_files/mbtiles_file.py",
    "coordinator/adapters/map_files/pmtiles_file.py",
}
"""Only ``tile_files`` calls them, after it has asked."""


AROUND_SQLITE = {
    "coordinator/db/engine.py",
    "coordinator/db/network_file.py",
    "coordinator/db/opening.py",
    "coordinator/db/practice_copy.py",
    "coordinator/db/migrations/new.py",
}
"""They connect, make a new file, look at a header without ever closing it, or copy what nobody has open."""


def names_in(tree: ast.AST) -> set[str]:
    """Return every name *tree* imports, uses or spells out."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found.add(node.name)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def opens_a_file(tree: ast.AST) -> bool:
    """Say whether *tree* opens, copies or makes a file by its name."""
    return any(isinstance(node, ast.Call) and _opens(node) for node in ast.walk(tree))


def _opens(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "open"
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in {*OPENS, "connect", "copyfile"}:
        return False
    owner = call.func.value
    if call.func.attr in {"connect", "copyfile"} or (isinstance(owner, ast.Name) and owner.id == "os"):
        return isinstance(owner, ast.Name) and owner.id in COPIES
    # A dialog's ``open()`` says no mode.
    is_mode = [isinstance(word, ast.Constant) and isinstance(word.value, str) for word in call.args]
    return call.func.attr != "open" or is_mode[:1] == [True]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from PySide6.QtWidgets import QFileDialog as Chooser", True),
        ("QtWidgets.QFileDialog.getOpenFileName()", True),
        ("getattr(QtWidgets, 'QFileSystemModel')", True),
        ("from PySide6.QtWidgets import QDialog", False),
    ],
)
def test_the_finder_of_dialogs_sees_them_under_any_name(code: str, *, found: bool) -> None:
    assert bool(names_in(ast.parse(code)) & READS_FILES) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("open(path)", True),
        ("path.open('rb')", True),
        ("os.open(path, os.O_RDONLY)", True),
        ("path.read_bytes()", True),
        ("shutil.copyfile(path, other)", True),
        ("sqlite3.connect(path)", True),
        ("dialog.open()", False),
        ("button.clicked.connect(self.open)", False),
        ("Database.open(path)", False),
    ],
)
def test_the_finder_of_openers_sees_files_and_no_dialogs(code: str, *, found: bool) -> None:
    assert opens_a_file(ast.parse(code)) is found


def test_one_module_makes_every_dialog_that_shows_files() -> None:
    found = found_by(lambda tree: names_in(tree) & READS_FILES, "ui")

    assert set(found) == {DIALOGS}, f"ask {DIALOGS} instead of using {found}"


def test_whoever_opens_a_file_is_known_and_those_she_names_ask_first() -> None:
    assert set(found_by(opens_a_file)) == CHOSEN_BY_HER | ALWAYS_THE_SAME | BEHIND_A_DOOR | AROUND_SQLITE
    for name in CHOSEN_BY_HER:
        assert "open_networks.refuse(path)" in (HOUSE / name).read_text("utf-8")


def test_only_the_one_who_asks_makes_a_reader_of_map_files() -> None:
    def makes_one(tree: ast.Module) -> bool:
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        return any(
            isinstance(call.func, ast.Name) and call.func.id in {"MBTiles", "PMTiles"} for call in calls
        )

    assert set(found_by(makes_one)) == {"coordinator/adapters/map_files/tile_files.py"}
