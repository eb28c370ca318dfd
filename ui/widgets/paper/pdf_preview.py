"""A look at the paper before it is printed, and the way to the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPalette, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from ui.theme import SPACE_LARGE
from ui.widgets.label import Label
from ui.widgets.paper.pdf_pages import POINTS_PER_INCH, PdfPages

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QResizeEvent

_ZOOM_STEP = 1.25
_SMALLEST, _LARGEST = 24.0, 300.0
_SCREEN_DPI = 96.0


class PdfPreview(QWidget):
    """The pages of a PDF under each other; a page is drawn when it comes into sight.

    Page Up and Page Down turn pages, Ctrl+Plus and Ctrl+Minus change the size, Ctrl+0 fits the width.
    ``page_changed`` tells the page in view, counted from 0.
    """

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._views: list[_PageView] = []
        self._dpi = _SCREEN_DPI
        self._fits_width = True
        self._page = -1
        self._column = QWidget()
        self._stack = QVBoxLayout(self._column)
        self._stack.setSpacing(SPACE_LARGE)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setWidget(self._column)
        self.area.setAccessibleName(self.tr("Pages"))
        self.area.viewport().setBackgroundRole(QPalette.ColorRole.Mid)
        self._column.setBackgroundRole(QPalette.ColorRole.Mid)
        self.area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.page_label = Label()
        self._build_buttons()
        self.setAccessibleName(self.tr("Preview"))
        self.setFocusProxy(self.area)
        self._show_place()

    def show_pdf(self, pdf: bytes) -> None:
        """Show *pdf* from its first page, as wide as there is room."""
        self.clear()
        self._pages = PdfPages(pdf)
        for page in range(len(self._pages)):
            view = _PageView(self._pages, page)
            view.setAccessibleName(self.tr("Page {number}").format(number=page + 1))
            self._stack.addWidget(view, alignment=Qt.AlignmentFlag.AlignHCenter)
            view.show()  # now, not with the next event: a hidden page has no place to go to
            self._views.append(view)
        self.fit_width()
        self.go_to(0)

    def clear(self) -> None:
        """Show nothing and let go of the PDF."""
        for view in self._views:
            self._stack.removeWidget(view)
            view.deleteLater()
            view.forget()
        self._views = []
        if self._pages is not None:
            self._pages.close()
        self._pages = None
        self._page = -1
        self._show_place()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._views)

    @property
    def page(self) -> int:
        """The page in view, counted from 0; -1 when there is none."""
        return self._page

    @property
    def dots_per_inch(self) -> float:
        """How large the pages are shown."""
        return self._dpi

    def go_to(self, page: int) -> None:
        """Bring *page* to the top; beyond either end, the end."""
        if not self._views:
            return
        page = min(max(page, 0), self.page_count - 1)
        self._stack.activate()
        self._column.adjustSize()  # else the scroll bar learns its range only with the next event
        self.area.verticalScrollBar().setValue(self._views[page].y() - SPACE_LARGE // 2)
        self._set_page(page)

    def next_page(self) -> None:
        """Turn to the next page."""
        self.go_to(self._page + 1)

    def previous_page(self) -> None:
        """Turn to the page before."""
        self.go_to(self._page - 1)

    def zoom(self, factor: float) -> None:
        """Show the pages *factor* times larger, within reason."""
        self._fits_width = False
        self._set_dpi(self._dpi * factor)

    def fit_width(self) -> None:
        """Show the widest page as wide as there is room, and keep it so when the window changes."""
        self._fits_width = True
        if self._pages is None or not len(self._pages):
            return
        widest = max(size.width() for size in self._pages.sizes)
        margins = self._stack.contentsMargins()
        bar = self.area.verticalScrollBar().sizeHint().width()
        room = self.area.width() - margins.left() - margins.right() - bar - 4
        self._set_dpi(room / widest * POINTS_PER_INCH)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        keys = QKeySequence.StandardKey
        for text, words, shortcut, action in (
            ("▲", self.tr("Previous page"), QKeySequence(keys.MoveToPreviousPage), self.previous_page),
            ("▼", self.tr("Next page"), QKeySequence(keys.MoveToNextPage), self.next_page),
        ):
            row.addWidget(self._button(text, words, shortcut, action))
        row.addWidget(self.page_label)
        row.addStretch()
        for text, words, shortcut, action in (
            ("−", self.tr("Smaller"), QKeySequence("Ctrl+-"), lambda: self.zoom(1 / _ZOOM_STEP)),
            ("+", self.tr("Larger"), QKeySequence("Ctrl++"), lambda: self.zoom(_ZOOM_STEP)),
            (self.tr("Fit width"), self.tr("Fit width"), QKeySequence("Ctrl+0"), self.fit_width),
        ):
            row.addWidget(self._button(text, words, shortcut, action))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.area, 1)

    def _button(
        self, text: str, words: str, shortcut: QKeySequence, action: Callable[[], None]
    ) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({shortcut.toString(QKeySequence.SequenceFormat.NativeText)})")
        button.clicked.connect(lambda _checked=False: action())
        # Only here: Page Down belongs to whatever table stands beside the preview, too.
        keys = QShortcut(shortcut, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(action)
        return button

    def _set_dpi(self, dpi: float) -> None:
        self._dpi = min(max(dpi, _SMALLEST), _LARGEST)
        for view in self._views:
            view.set_dpi(self._dpi)

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._show_place()
            self.page_changed.emit(page)

    def _show_place(self) -> None:
        text = self.tr("Page {number} of {count}").format(number=self._page + 1, count=self.page_count)
        self.page_label.setText(text if self._views else "")

    def _on_scrolled(self, top: int) -> None:
        middle = top + self.area.viewport().height() // 3
        passed = [number for number, view in enumerate(self._views) if view.y() <= middle]
        if passed:
            self._set_page(passed[-1])

    # Overrides of Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102 - Qt's
        super().resizeEvent(event)
        if self._fits_width:
            self.fit_width()


class _PageView(QWidget):
    """One page; its picture is made when it is first painted at a size."""

    def __init__(self, pages: PdfPages, page: int) -> None:
        super().__init__()
        self._pages: PdfPages | None = pages
        self._page = page
        self._size = pages.sizes[page]
        self._dpi = _SCREEN_DPI
        self._image: QImage | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether the page has been in sight at this size."""
        return self._image is not None

    def set_dpi(self, dpi: float) -> None:
        """Show the page at *dpi* logical dots per inch."""
        self._dpi = dpi
        self._image = None
        scaled = self._size * (dpi / POINTS_PER_INCH)
        self.setFixedSize(QSize(round(scaled.width()), round(scaled.height())))
        self.update()

    def forget(self) -> None:
        """Let go of the PDF before it is closed."""
        self._pages = None

    # Overrides of Qt.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._pages is None:
            return
        if self._image is None:
            self._image = self._pages.image(self._page, self._dpi * self.devicePixelRatioF())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
