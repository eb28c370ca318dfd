"""What a form said in columns that nobody reads is shown with its family, folded."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.families.households import Role
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.imports.kept_words import KeptWords, unread_words
from tests.builders import TODAY
from ui.desk import Desk
from ui.recipients.page import RecipientsPage

LIST = (
    "Parent's name,Phone,Baby's first name,Zork,Shoe size\n"
    "Ada Roy,603-555-0101,Theo,night shift,\n"
    "Bea Bird,603-555-0102,Ivy,,\n"
)


def bring_in(database: Database, folder: Path, text: str = LIST) -> None:
    path = folder / "families.csv"
    path.write_text(text, encoding="utf-8")
    run_import(database, preview_import(database, path, TODAY, kind=Role.RECIPIENT), today=TODAY)


def test_every_word_below_an_unread_heading_is_kept_and_an_older_one_too(
    database: Database, tmp_path: Path
) -> None:
    bring_in(database, tmp_path)
    bring_in(database, tmp_path, LIST.replace("night shift", "day shift"))

    assert unread_words(database, "R-0001") == (
        KeptWords("Zork", "day shift"),
        KeptWords("Zork", "night shift"),
    )
    assert unread_words(database, "R-0002") == ()


def test_the_pane_shows_it_behind_one_line(
    qtbot: QtBot, database: Database, desk: Desk, tmp_path: Path
) -> None:
    bring_in(database, tmp_path)
    page = RecipientsPage(desk)
    qtbot.addWidget(page)
    page.resize(1340, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    page.show_family("R-0001")
    kept = page.detail.profile.kept
    qtbot.waitUntil(lambda: kept.fold is not None)
    assert kept.fold is not None
    assert kept.fold.button.text() == "1 answer in a column that is not read"

    kept.fold.open()

    assert [label.text() for label in kept.fold.body.findChildren(QLabel)] == ["Zork", "night shift"]
    page.show_family("R-0002")
    qtbot.waitUntil(kept.isHidden)
