"""Town and ZIP fields that offer what the gazetteer has, and say quietly what it has not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from coordinator.domain.places.names import PlaceHit
from ui.theme import set_role
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.place_book import PlaceBook
from ui.widgets.wrapped_label import WrappedLabel

_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_HIT = int(Qt.ItemDataRole.UserRole)
_MOST_CHARACTERS = 48
Index = QModelIndex | QPersistentModelIndex


class PlaceField(LineField):
    """A line that offers places while it is typed in; arrows and Enter, Tab or a click choose one.

    ``chosen(hit)`` follows once the field holds what was chosen. ``settled`` says that what stands in the
    field is no longer being typed: it was left, or shown anew. Nothing typed is ever changed by itself.
    """

    chosen = Signal(object)
    settled = Signal()

    def __init__(
        self,
        book: PlaceBook,
        *,
        parse: Callable[[str], Any] | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parse=parse, hint=hint, parent=parent)
        self._book = book
        self._pending: PlaceHit | None = None
        self.note = WrappedLabel()
        set_role(self.note, "quiet")
        self.note.hide()
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.note)
        self._offered = _Offers(self)
        self.completer = QCompleter(self._offered, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(8)
        self.offers = QListView()
        set_role(self.offers, "offers")
        self.offers.setAccessibleName(self.tr("Places that begin so"))
        self.offers.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # all of them fit
        self.completer.setPopup(self.offers)
        self.completer.highlighted[QModelIndex].connect(self._remember)  # type: ignore[index] # an overload
        self.completer.activated[QModelIndex].connect(self._choose)  # type: ignore[index] # an overload
        self.line.setCompleter(self.completer)
        self.line.textEdited.connect(self._offer)

    def say(self, note: str) -> None:
        """Say *note* quietly under the field; nothing takes it away."""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        if not self.message.text():
            self.editor.setAccessibleDescription(note)

    def fill(self, text: str) -> None:
        """Put *text* into the field as if it had been typed, and leave it."""
        self.line.setText(text)
        self.leave()

    def leave(self) -> None:
        """Do what leaving does; what was only gone to with the arrows counts as chosen."""
        super().leave()
        hit, self._pending = self._pending, None
        if hit is not None and self.typed() == self._text_of(hit):
            self.chosen.emit(hit)
        self.settled.emit()

    def set_value(self, value: Any) -> None:  # noqa: ANN401 - as in EditField
        """Show *value* as the stored one."""
        super().set_value(value)
        self._pending = None
        self.settled.emit()

    def _hits(self, text: str) -> Sequence[PlaceHit]:
        """Return what to offer for *text*."""
        raise NotImplementedError

    def _text_of(self, hit: PlaceHit) -> str:
        """Return what the field holds once *hit* was chosen."""
        raise NotImplementedError

    def _offer(self, text: str) -> None:
        self._pending = None
        self.say("")
        hits = self._hits(text)
        self._offered.show([(self._words(hit), self._text_of(hit), hit) for hit in hits])
        if not hits:
            self.offers.hide()

    def _words(self, hit: PlaceHit) -> str:
        line = hit.line if hit.is_exact else self.tr("Did you mean {place}?").format(place=hit.line)
        return line if len(line) <= _MOST_CHARACTERS else line[: _MOST_CHARACTERS - 1] + "…"

    def _remember(self, index: QModelIndex) -> None:
        self._pending = index.data(_HIT) if index.isValid() else None

    def _choose(self, index: QModelIndex) -> None:
        self._pending = index.data(_HIT)
        if self._pending is not None:
            self.fill(self._text_of(self._pending))

    # Overrides of Qt.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the book opened when somebody comes to type."""
        if watched is self.editor and event.type() == QEvent.Type.FocusIn:
            self._book.begin()
        return super().eventFilter(watched, event)


class TownField(PlaceField):
    """Offers towns: ``Kittery ME``."""

    def _hits(self, text: str) -> Sequence[PlaceHit]:
        return [hit for hit in self._book.suggest(text) if not hit.zip_code]

    def _text_of(self, hit: PlaceHit) -> str:
        return hit.town


class ZipField(PlaceField):
    """Offers ZIPs: ``03904 Kittery ME``; the area of a Canadian code, which keeps its last three."""

    _typed_code = ""

    def _hits(self, text: str) -> Sequence[PlaceHit]:
        self._typed_code = text.strip().upper()
        return [hit for hit in self._book.suggest(text) if hit.zip_code]

    def _text_of(self, hit: PlaceHit) -> str:
        if hit.country != "CA":
            return hit.zip_code
        return self._typed_code if self._typed_code.startswith(hit.zip_code) else hit.zip_code


class AddressFields(QObject):
    """Town, state and ZIP of one address: what is chosen in one fills the others; what is unknown is said."""

    def __init__(self, book: PlaceBook, town: TownField, state: LineField, zip_code: ZipField) -> None:
        super().__init__(town)
        self._book, self._town, self._state, self._zip = book, town, state, zip_code
        town.chosen.connect(self._take_town)
        zip_code.chosen.connect(self._take_zip)
        for changed in (town.settled, zip_code.settled, state.edited, book.ready):
            changed.connect(self._tell)

    def _take_town(self, hit: PlaceHit) -> None:
        self._fill_state(hit)

    def _take_zip(self, hit: PlaceHit) -> None:
        if not self._town.typed().strip() and hit.town:
            self._town.fill(hit.town)
        if not self._state.typed().strip():
            self._fill_state(hit)

    def _fill_state(self, hit: PlaceHit) -> None:
        self._state.line.setText(hit.region)
        self._state.leave()

    def _tell(self) -> None:
        if not self._town.line.hasFocus() or not self._town.offers.isVisible():
            self._town.say(self._about_town())
        code = self._zip.typed().strip()
        is_known = self._zip.message.text() or self._book.is_zip_known(code)
        self._zip.say("" if is_known else self.tr("{zip} is not in the list of ZIPs.").format(zip=code))

    def _about_town(self) -> str:
        unknown = self._book.unknown_town(self._town.typed(), self._state.typed())
        if unknown is None:
            return ""
        if unknown.nearest is None:
            return self.tr("{town} is not in the list of towns.").format(town=unknown.typed)
        return self.tr("{town} is not in the list of towns; did you mean {nearest}?").format(
            town=unknown.typed, nearest=unknown.nearest.line
        )


class _Offers(QAbstractListModel):
    """What is offered: the words to choose by, the text the field gets, and the place."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str, PlaceHit]] = []

    def show(self, rows: list[tuple[str, str, PlaceHit]]) -> None:
        """Offer *rows* instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    # Overrides of Qt.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many are offered."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:  # noqa: ANN401 - Qt's variant
        """Return the words, the text or the place of a row."""
        if not index.isValid() or role not in (_DISPLAY, _EDIT, _HIT):
            return None
        return self._rows[index.row()][{_DISPLAY: 0, _EDIT: 1, _HIT: 2}[role]]
