"""Whose milk, or which lot: typed as a code or as a name, offered while it is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from coordinator.domain.families.households import FamilyEntry, FamilyHit, Role
from coordinator.domain.text import folded
from ui.theme import set_role
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError

_CODE = re.compile(r"\b([DLR])-?(\d+)\b", re.IGNORECASE)
_ROLES = (Role.DONOR, Role.RECIPIENT)


class WhoField(LineField):
    """A donor, a family or a lot; the value is its code, "" while the field is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parse=self._read, show=self._shown, hint="D-0007", parent=parent)
        self._hits: Sequence[FamilyHit] = ()

    def offer(self, families: Sequence[FamilyEntry]) -> None:
        """Offer these donors and families by name while something is typed."""
        is_typed = self.is_dirty
        self._hits = [one.hit for one in families if one.hit.role in _ROLES]
        completer = QCompleter([self._line_of(hit) for hit in self._hits], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(8)
        offers = QListView()
        set_role(offers, "offers")
        offers.setAccessibleName(self.tr("Donors and families with this in their name"))
        offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        offers.setTextElideMode(Qt.TextElideMode.ElideRight)
        completer.setPopup(offers)
        self.line.setCompleter(completer)
        if not is_typed:
            self.take_back()  # the name beside the code is known now

    def _write(self, text: str) -> None:
        super()._write(text)
        self.line.setCursorPosition(0)  # the name is read first, however long it is

    def read_silently(self) -> str:
        """Return the code of what stands in the field, "" while it is none."""
        try:
            return self._read(self.typed().strip())
        except NotUnderstoodError:
            return ""

    def _line_of(self, hit: FamilyHit) -> str:
        return " · ".join(part for part in (hit.name, hit.code, hit.town) if part)

    def _shown(self, code: str) -> str:
        return next((self._line_of(hit) for hit in self._hits if hit.code == code), code)

    def _read(self, text: str) -> str:
        if not text:
            return ""
        if found := _CODE.search(text):
            return f"{found[1].upper()}-{int(found[2]):04}"
        wanted = folded(text)
        named = [hit for hit in self._hits if folded(hit.name) == wanted]
        named = named or [hit for hit in self._hits if wanted in folded(hit.name)]
        if len(named) == 1:
            return named[0].code
        if not named:
            raise NotUnderstoodError(self.tr("Nobody has this name. Try a code, such as D-0007 or L-0031."))
        raise NotUnderstoodError(
            self.tr("{count} have this in their name. Choose one, or type the code.").format(count=len(named))
        )
