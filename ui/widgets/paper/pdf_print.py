"""A PDF to the system's printer: the dialog everybody knows, then each page as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from coordinator.errors import UserError
from ui.translation import translate
from ui.widgets.file_dialogs import print_dialog
from ui.widgets.paper.pdf_pages import PdfPages

if TYPE_CHECKING:
    from PySide6.QtCore import QSizeF

MOST_DPI = 300
"""Beyond this a page of text looks no better and takes four times the memory."""


class NoPrinterError(UserError):
    """This computer knows no printer."""

    def __init__(self) -> None:
        super().__init__(
            translate(
                "print",
                "No printer is set up on this computer. Set one up in its settings, or save this as PDF.",
            )
        )


def print_pdf(parent: QWidget | None, pdf: bytes, title: str = "Milk Run") -> bool:
    """Ask for a printer and print *pdf*; return whether it was sent.

    *title* names the job in the printer's queue, where others read it: a sheet number, no name.

    Raises:
        NoPrinterError: If there is none to choose.
        OSError: If the printer refuses the job.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise NoPrinterError
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    with PdfPages(pdf) as pages:
        _fit_paper(printer, pages.sizes[0])
        dialog = print_dialog(printer, len(pages), parent)
        answer = dialog.exec()
        dialog.deleteLater()
        if answer != QDialog.DialogCode.Accepted:
            return False
        paint_pages(pages, printer)
    return True


def paint_pages(pages: PdfPages, printer: QPrinter) -> None:
    """Send the chosen *pages* to *printer*, each at its own size, at most 300 dots per inch.

    Raises:
        OSError: If the printer refuses the job.
    """
    printer.setFullPage(True)
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    chosen = range(max(first, 1) - 1, min(last, len(pages)))
    _fit_paper(printer, pages.sizes[chosen.start])
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError("The printer did not take the job.")
    dots = min(printer.resolution(), MOST_DPI)
    for page in chosen:
        if page != chosen.start:
            _fit_paper(printer, pages.sizes[page])
            printer.newPage()
        painter.drawImage(QRectF(painter.viewport()), pages.image(page, dots))
    painter.end()


def _fit_paper(printer: QPrinter, size: QSizeF) -> None:
    """Set the paper and the way it lies to a page of *size* points."""
    upright = size if size.width() <= size.height() else size.transposed()
    lies = QPageLayout.Orientation.Portrait if upright == size else QPageLayout.Orientation.Landscape
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(paper, lies, QMarginsF()))
    printer.setFullPage(True)
