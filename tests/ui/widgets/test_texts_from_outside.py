"""A name is text wherever it stands: it is never rendered, opens no file and underlines nothing."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QTableView,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database, open_database
from tests.builders import TODAY
from tests.hostile_network import name_everything
from tests.program_code import HOUSE, found_by
from tests.ui.network import idle, opened
from ui import theme
from ui.widgets.label import Label, literal, one_line
from ui.window.network_window import NetworkWindow
from ui.window.pictures import pages_to_show

MARKUP = "<img src={picture}>&amp;<b>x</b>\nR&D [*]"


@pytest.fixture(scope="module")
def hostile_file(worked_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a network worked for a week in which every free text is markup that names a real picture."""
    folder = tmp_path_factory.mktemp("hostile")
    database = open_database(Path(shutil.copy(worked_file, folder / "network.db")))
    picture = HOUSE / "resources" / "screenshots" / "today.png"
    name_everything(database, MARKUP.format(picture=picture))
    database.dispose()
    return folder / "network.db"


@pytest.fixture
def hostile(hostile_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Give that network in a file of its own."""
    database = open_database(Path(shutil.copy(hostile_file, tmp_path / "network.db")))
    yield database
    database.dispose()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, hostile: Database) -> Iterator[NetworkWindow]:
    """Give the window on it, in our looks."""
    theme.apply(qapp, theme.Scheme.LIGHT)
    window = opened(qtbot, hostile)
    yield window
    QToolTip.hideText()
    window.close()


def rendered(root: QWidget) -> list[str]:
    """Return what stands on labels under *root* that would read markup."""
    labels = root.findChildren(QLabel)
    for label in labels:
        label.ensurePolished()
    return [label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText]


def underlined(root: QWidget) -> list[str]:
    """Return the words under *root* in which a name's ``&`` was taken for a mnemonic."""
    words = [button.text() for button in root.findChildren(QAbstractButton)]
    words += [action.text() for action in root.findChildren(QAction)]
    return [text for text in words if re.search("(?<!&)&amp;|R&D", text)]


def tip_over(widget: QWidget, at: QPoint) -> QLabel | None:
    """Ask for the tooltip of *widget* as resting the mouse on it does; return what then stands there."""
    QToolTip.hideText()
    where = widget.mapToGlobal(at)
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, where))
    tips = (top for top in QApplication.topLevelWidgets() if top.metaObject().className() == "QTipLabel")
    return next((tip for tip in tips if isinstance(tip, QLabel) and tip.isVisible()), None)


def test_no_page_renders_a_name(qtbot: QtBot, window: NetworkWindow, hostile: Database) -> None:
    seen = 0
    for shown in pages_to_show(hostile, TODAY):
        window.show_on_page(shown.page, shown.code)
        idle(qtbot, window)
        assert rendered(window) == [], shown.page
        assert underlined(window) == [], shown.page
        seen += sum("<img" in label.text() for label in window.pages.findChildren(QLabel))

    assert seen > 5


def test_no_dialog_renders_a_name(qtbot: QtBot, window: NetworkWindow) -> None:
    dialogs = window.dialogs
    for name in ("history", "settings", "weeks", "policies", "restore", "licences", "import"):
        getattr(dialogs, f"open_{name}")()
        idle(qtbot, window)
        assert isinstance(dialogs.current, QDialog)
        assert rendered(dialogs.current) == [], name
        assert underlined(dialogs.current) == [], name
        dialogs.current.reject()


def test_the_tooltip_of_a_name_is_its_text_in_every_table(
    qtbot: QtBot, window: NetworkWindow, hostile: Database
) -> None:
    tips = []
    for shown in pages_to_show(hostile, TODAY):
        window.show_on_page(shown.page, shown.code)
        idle(qtbot, window)
        for table in (table for table in window.findChildren(QTableView) if table.isVisible()):
            cell = table.visualRect(table.model().index(0, 0)).center()
            tip = tip_over(table.viewport(), cell)
            if tip is not None:
                tips.append((tip.textFormat(), tip.text()))

    assert any("<img" in text for _, text in tips)
    assert {how for how, _ in tips} == {Qt.TextFormat.PlainText}


def test_a_tooltip_that_looks_like_markup_is_shown_as_it_stands(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    widget = QWidget(toolTip="<b>Ada</b> &amp; <img src=network.db>")
    qtbot.addWidget(widget)
    widget.show()

    tip = tip_over(widget, QPoint(1, 1))

    assert tip is not None
    assert (tip.textFormat(), tip.text()) == (Qt.TextFormat.PlainText, widget.toolTip())
    QToolTip.hideText()


def test_a_message_box_shows_a_name_as_it_stands(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    box = QMessageBox(QMessageBox.Icon.Warning, "Milk Run", "<b>Ada</b>")
    qtbot.addWidget(box)
    box.show()

    assert rendered(box) == []


def test_a_row_stays_one_row_and_a_title_keeps_its_brackets(window: NetworkWindow, qtbot: QtBot) -> None:
    window.show_on_page("donors", "")
    idle(qtbot, window)
    table = next(table for table in window.findChildren(QTableView) if table.isVisible())
    cells = [str(table.model().index(0, at).data()) for at in range(table.model().columnCount())]

    assert any("R&D" in cell for cell in cells)
    assert all(cell.isprintable() or "\n" not in cell for cell in cells)
    assert "[*][*]" in window.windowTitle()


def test_words_are_made_literal_and_one_line() -> None:
    assert literal("R&D") == "R&&D"
    assert one_line("Ada\r\nLind\x1b\u2028x") == "Ada Lind x"
    assert one_line("Zoë\u202f1 & Söhne") == "Zoë\u202f1 & Söhne"


def bare_labels(tree: ast.Module) -> list[int]:
    """Return the lines that make a label which may read markup, or let one do so."""
    rich = {"QTextBrowser", "QTextEdit", "QTextDocument", "QErrorMessage", "QInputDialog", "QProgressDialog"}
    rich |= {"QStaticText", "QGraphicsTextItem", "QWhatsThis", "setWhatsThis"}  # no sheet reaches these
    named = {"setHtml", "insertHtml", "appendHtml", "warning", "information", "question", "critical", "about"}
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        owner, _, verb = ast.unparse(call.func).rpartition(".")
        is_box = owner.endswith("QMessageBox") and verb in named
        if verb in rich | {"QLabel"} or verb.endswith("Html") or is_box:
            found.append(call.lineno)
    found += [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_rich(node)]
    return found


def is_rich(node: ast.Attribute) -> bool:
    return node.attr in {"RichText", "AutoText", "MarkdownText", "WhatsThisRole"}


@pytest.mark.parametrize(
    "text",
    [
        "QLabel(name)",
        "QMessageBox.warning(None, name)",
        "label.setHtml(name)",
        "Qt.TextFormat.RichText",
        "field.setWhatsThis(name)",
        "QStaticText(name)",
    ],
)
def test_the_walk_sees_a_label_that_may_read_markup(text: str) -> None:
    assert bare_labels(ast.parse(text))


def test_every_label_of_the_program_is_plain() -> None:
    assert found_by(bare_labels, "ui") == {}


@pytest.mark.usefixtures("dressed")
def test_a_label_is_plain_before_it_is_ever_laid_out(qtbot: QtBot) -> None:
    label = Label("<b>Ada</b>", wordWrap=True)
    qtbot.addWidget(label)

    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.heightForWidth(400) < 2 * label.fontMetrics().height()
