"""The next eight weeks: the chart says what the table says, in words and shapes, and nothing is cut."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from coordinator.domain.places.positions import DistanceUnit
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.services.milk.lots import add_lot
from tests.builders import TODAY, a_donor, a_lot, a_recipient
from tests.ui.accessibility import cut_labels, focusable_controls, nameless_controls
from ui import theme
from ui.desk import Desk
from ui.needs.weeks_dialog import WeeksDialog
from ui.widgets.runway_chart import Bar, BarRow, ChartWords, RunwayChart

OZ = Volume.from_oz
WORDS = ChartWords("missing", "by an old figure", "from low to high")


@pytest.fixture
def network(database: Database) -> Database:
    """R-0001 avoids dairy and has a fresh figure, R-0002 an old one, of R-0003 nobody knows."""
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Inès Roy", stock=OZ(0), stock_on=TODAY, must_avoid="dairy")
        a_recipient(session, "Dot Orr", stock=OZ(0), stock_on=TODAY - timedelta(days=90))
        a_recipient(session, "Uma Cyr")
    return database


@pytest.fixture
def dialog(qtbot: QtBot, network: Database, desk: Desk) -> WeeksDialog:
    dialog = WeeksDialog(desk)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def picture(qtbot: QtBot, hatched: float, low: float = 0, high: float = 0) -> QImage:
    chart = RunwayChart(WORDS)
    qtbot.addWidget(chart)
    chart.show_rows(["from 1"], [BarRow("All", "2 families", (Bar(100, hatched, low, high or 100, "100"),))])
    chart.resize(chart.sizeHint())
    return chart.grab().toImage()


def test_chart_and_table_say_the_same(dialog: WeeksDialog) -> None:
    rows = dialog.table.shown_rows()

    assert [row[0] for row in rows] == ["All families", "No nicotine", "Without dairy"]
    for row, drawn in zip(rows, dialog.chart.rows, strict=True):
        assert row[0] == drawn.name
        assert row[2:10] == [bar.text for bar in drawn.bars]
        assert drawn.about.startswith(row[1])


def test_what_is_not_counted_is_named(dialog: WeeksDialog) -> None:
    said = dialog.left_out.text()

    assert "R-0003" in said
    assert "counts once under all" in said
    assert "never a prescription" in said


def test_half_of_it_rests_on_an_old_figure_and_is_hatched(dialog: WeeksDialog) -> None:
    first = dialog.chart.rows[0].bars[0]

    assert first.hatched * 2 == pytest.approx(first.value)
    assert first.low < first.value < first.high


@pytest.mark.usefixtures("dressed")
def test_a_hatched_bar_and_a_range_look_other_than_a_plain_bar(qtbot: QtBot) -> None:
    plain, hatched, ranged = picture(qtbot, 0), picture(qtbot, 100), picture(qtbot, 0, 50, 100)

    assert plain != hatched
    assert plain != ranged


def test_the_chart_follows_the_colours_of_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    light = picture(qtbot, 50)
    theme.apply(qapp, theme.Scheme.DARK)
    assert picture(qtbot, 50) != light


def test_units_change_in_chart_table_and_words(dialog: WeeksDialog, desk: Desk) -> None:
    before = dialog.chart.rows[0].bars[0].text

    desk.display.set_units(VolumeUnit.ML, DistanceUnit.MI)

    assert dialog.chart.rows[0].bars[0].text != before
    assert dialog.table.shown_headers()[-1] == "mL in all"
    assert "mL" in dialog.summary.text()


def test_the_table_is_walked_by_keyboard_and_the_chart_is_passed_over(
    dialog: WeeksDialog, qtbot: QtBot
) -> None:
    assert dialog.chart.focusPolicy() == Qt.FocusPolicy.NoFocus
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_End)

    assert dialog.table.currentIndex().row() == 2


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_nothing_is_cut_in_larger_fonts_and_every_control_has_a_name(
    dialog: WeeksDialog, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, font_scale=scale)
    dialog.resize(1040, 520)
    assert cut_labels(dialog) == []
    assert focusable_controls(dialog) >= 2
    assert nameless_controls(dialog) == []
    assert dialog.chart.width() >= dialog.chart.minimumSizeHint().width()


@pytest.mark.usefixtures("dressed")
def test_a_network_without_families_draws_an_empty_chart(qtbot: QtBot, desk: Desk) -> None:
    dialog = WeeksDialog(desk)
    qtbot.addWidget(dialog)

    assert [bar.text for bar in dialog.chart.rows[0].bars] == ["0"] * 8
    assert not dialog.chart.grab().isNull()


def test_the_first_line_takes_off_what_is_free_and_says_what_is_old(
    qtbot: QtBot, network: Database, desk: Desk
) -> None:
    short = WeeksDialog(desk)
    qtbot.addWidget(short)
    with network.writing(Action("test", "Set up")) as session:
        a_donor(session, "Liz Ray")
    add_lot(network, a_lot(volume=OZ(9_000), bags=None, free=OZ(9_000)))
    covered = WeeksDialog(desk)
    qtbot.addWidget(covered)

    assert "0\xa0oz are free now: about" in short.summary.text()
    assert "rest on old figures: ask those families" in short.summary.text()
    assert "9,000\xa0oz are free now, which covers it" in covered.summary.text()


def test_who_is_not_counted_is_called_by_name(dialog: WeeksDialog) -> None:
    assert "Uma Cyr R-0003" in dialog.left_out.text()
