"""The preview shows real PDFs and the printer gets every page."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.pdfgen.canvas import Canvas

from ui.widgets.paper.pdf_pages import PdfPages
from ui.widgets.paper.pdf_preview import PdfPreview
from ui.widgets.paper.pdf_print import paint_pages

# Qt's offscreen platform says so of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def a_pdf(pages: int = 3, size: tuple[float, float] = LETTER) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for page in range(pages):
        canvas.drawString(100, 500, f"page {page + 1}")
        canvas.rect(36, 36, size[0] - 72, size[1] - 72, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def preview(qtbot: QtBot) -> Iterator[PdfPreview]:
    preview = PdfPreview()
    qtbot.addWidget(preview)
    preview.resize(700, 500)
    with qtbot.waitExposed(preview):
        preview.show()
    yield preview
    preview.clear()


@pytest.mark.usefixtures("dressed")
def test_a_pdf_opens_on_its_first_page_as_wide_as_there_is_room(preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf())

    widths = [view.width() for view in preview._views]
    assert preview.page_label.text() == "Page 1 of 3"
    assert len(set(widths)) == 1
    assert preview.area.viewport().width() * 0.85 < widths[0] <= preview.area.viewport().width()


def test_only_pages_in_sight_are_drawn(qtbot: QtBot, preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf(pages=20))
    qtbot.waitUntil(lambda: preview._views[0].is_drawn)

    assert not preview._views[10].is_drawn


def test_page_down_turns_to_the_next_page(qtbot: QtBot, preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf())

    with qtbot.waitSignal(preview.page_changed):
        preview.next_page()

    assert preview.page == 1
    assert preview.area.verticalScrollBar().value() > 0


def test_turning_stops_at_both_ends(preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf(pages=2))

    preview.previous_page()
    assert preview.page == 0
    preview.next_page()
    preview.next_page()
    assert preview.page == 1


def test_zoom_is_kept_when_the_window_changes_but_fit_follows_it(preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf())
    fitted = preview.dots_per_inch
    preview.resize(900, 500)
    wider = preview.dots_per_inch
    preview.zoom(2)
    preview.resize(600, 500)

    assert wider > fitted
    assert preview.dots_per_inch == pytest.approx(wider * 2)


def test_a_page_shows_what_the_pdf_draws(qtbot: QtBot, preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf(pages=1))
    qtbot.waitUntil(lambda: preview._views[0].is_drawn)

    picture = preview._views[0].grab().toImage()
    assert picture.pixelColor(picture.width() // 2, picture.height() // 2).lightness() < 20
    assert picture.pixelColor(3, 3).lightness() > 240


def test_an_emptied_preview_shows_nothing(preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf())
    preview.clear()

    assert (preview.page, preview.page_count, preview.page_label.text()) == (-1, 0, "")


def test_every_control_of_the_preview_has_a_name(preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf(pages=2))

    assert preview.accessibleName()
    assert preview.area.accessibleName()
    assert [view.accessibleName() for view in preview._views] == ["Page 1", "Page 2"]
    assert all(button.accessibleName() for button in preview.findChildren(QToolButton))


def test_the_button_of_the_next_page_turns_it(qtbot: QtBot, preview: PdfPreview) -> None:
    preview.show_pdf(a_pdf())
    button = next(b for b in preview.findChildren(QToolButton) if b.accessibleName() == "Next page")

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert preview.page == 1


@pytest.mark.parametrize("size", [LETTER, A4, landscape(LETTER)])
def test_every_page_is_printed_on_paper_of_its_own_size(
    qtbot: QtBot, tmp_path: Path, size: tuple[float, float]
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))

    with PdfPages(a_pdf(pages=2, size=size)) as pages:
        paint_pages(pages, printer)

    printed = pypdf.PdfReader(tmp_path / "printed.pdf").pages
    assert len(printed) == 2
    assert [float(x) for x in printed[1].mediabox[2:]] == pytest.approx(size, abs=2)


def test_only_the_chosen_pages_are_printed(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(2, 3)

    with PdfPages(a_pdf(pages=5)) as pages:
        paint_pages(pages, printer)

    assert len(pypdf.PdfReader(tmp_path / "printed.pdf").pages) == 2
