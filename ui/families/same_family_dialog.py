"""Two entries that are one family: make them one, or take them apart again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.families.households import FamilyEntry, FamilyHit, find
from coordinator.services.families import households, merging
from coordinator.services.families.merging import MergedFamily
from ui.desk import Desk
from ui.icons import icon
from ui.theme import SPACE, change_role
from ui.widgets.label import one_line
from ui.widgets.rows import Row, Rows, text_label

_CODE = int(Qt.ItemDataRole.UserRole)
_ROWS_SEEN = 8


class SameFamilyDialog(QDialog):
    """Finds the other entry of the family behind *code*, called *name*; that one becomes part of this one."""

    def __init__(self, desk: Desk, code: str, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._code = code
        self._name = name or code
        self._families: tuple[FamilyEntry, ...] = ()
        self.setWindowTitle(self.tr("Same family as {code}").format(code=code))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Name, town, code, last 4 digits…"))
        self.search.setAccessibleName(self.tr("Find the other entry of this family"))
        self.search.textChanged.connect(self._on_searched)
        self.hits = QListWidget()
        self.hits.setAccessibleName(self.tr("Families found"))
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setWordWrap(True)  # a phone is not cut behind a long name
        self.hits.itemActivated.connect(self.accept)
        self.hits.currentItemChanged.connect(self._on_chosen)
        self.merged = Rows("")
        self._family_asked_about: MergedFamily | None = None
        self.question = text_label("", "ask")
        self.apart_button = QPushButton(self.tr("Take them apart all the same"), autoDefault=False)
        self.apart_button.clicked.connect(self._take_apart_all_the_same)
        self.asked = QWidget()
        self.asked.hide()
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.merge_button = buttons.addButton(
            self.tr("Make one family"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.merge_button.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        explained = self.tr(
            "The entry you choose becomes part of {name}: its milk, answers and questions move there, and "
            "what {name} says itself stays. You can take them apart again here."
        ).format(name=self._name)
        self.hits.setMinimumHeight(self.fontMetrics().lineSpacing() * _ROWS_SEEN)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 100)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        asked = QHBoxLayout(self.asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.addWidget(self.question, stretch=1)
        asked.addWidget(self.apart_button)
        for widget in (text_label(explained), self.search, self.hits, self.merged, self.asked, buttons):
            layout.addWidget(widget, stretch=int(widget is self.hits))

    def _read(self) -> None:
        database, code = self._desk.database, self._code
        self._desk.read(
            lambda: (households.family_index(database), merging.merged_families(database, code)),
            lambda found: self._show(*found),
        )

    def _show(self, families: tuple[FamilyEntry, ...], merged: Sequence[MergedFamily]) -> None:
        self._families = tuple(entry for entry in families if entry.hit.code != self._code)
        self.merged.set_rows([self._merged_row(family) for family in merged])
        self.merged.setVisible(bool(merged))
        self._list_hits()

    def _list_hits(self) -> None:
        text = self.search.text().strip()
        hits = find(self._families, text) if text else [entry.hit for entry in self._families]
        self.hits.clear()
        for hit in hits:
            item = QListWidgetItem(icon(hit.role.value), one_line(_described(hit)))
            item.setData(_CODE, hit.code)
            self.hits.addItem(item)
        self.hits.setCurrentRow(0 if text and hits else -1)

    def _merged_row(self, family: MergedFamily) -> Row:
        row = Row(self.tr("{name} is part of this family").format(name=family.name))
        apart = row.add_button_beside(
            self.tr("Take apart"), self.tr("Take {name} apart again").format(name=family.name)
        )
        apart.setAutoDefault(False)
        apart.clicked.connect(partial(self._take_apart, family))
        return row

    def _take_apart(self, family: MergedFamily, *_: object) -> None:
        """Take them apart; where their milk is planned to travel, ask first."""
        self.asked.hide()
        self._family_asked_about = family
        self._desk.write(self._apart_unless_planned, self._on_apart, failed=self._on_not_apart)

    def _apart_unless_planned(self) -> str:
        """Return what has to be asked first; nothing when they are two families again."""
        assert self._family_asked_about is not None  # noqa: S101 - for the type checker
        try:
            merging.take_apart(self._desk.database, self._family_asked_about.merge_id)
        except merging.OnAPickupError as planned:
            return str(planned)
        return ""

    def _on_apart(self, question: str) -> None:
        if not question:
            self._say_apart(None)
            return
        self._ask(question, "ask")
        self.apart_button.setAccessibleDescription(question)
        self.apart_button.show()
        self.apart_button.setFocus()

    def _take_apart_all_the_same(self) -> None:
        family = self._family_asked_about
        if family is None:
            return
        self.asked.hide()
        self._desk.write(
            partial(merging.take_apart, self._desk.database, family.merge_id, sure=True),
            self._say_apart,
            failed=self._on_not_apart,
        )

    def _on_refused(self, reason: str) -> None:
        """Say why the two stay as they are, where the question stood; what is chosen stays chosen."""
        self.apart_button.hide()
        self._ask(reason, "problem")
        self._on_chosen()

    def _on_not_apart(self, reason: str) -> None:
        """Say why, and read again: somebody else may have taken them apart."""
        self._on_refused(reason)
        self._read()

    def _ask(self, sentence: str, role: str) -> None:
        change_role(self.question, role)
        self.question.setText(sentence)
        self.asked.show()

    def _say_apart(self, _: object) -> None:
        self._desk.said.emit(self.tr("Two families again."))
        self._read()

    def _on_searched(self) -> None:
        self.asked.hide()
        self._list_hits()

    def _on_chosen(self) -> None:
        self.merge_button.setEnabled(self.hits.currentItem() is not None)

    def _called(self, code: str) -> str:
        return next((one.hit.name for one in self._families if one.hit.code == code), code)

    def _on_merged(self, paused: tuple[str, ...]) -> None:
        if paused:
            words = self.tr("Two standing pairs are of the same two now: {pairs} is paused. See the calls.")
            self._desk.said.emit(words.format(pairs=", ".join(paused)))
        super().accept()

    # Overrides of Qt.

    def accept(self) -> None:
        """Make them one and close; a refusal is said here. Without a choice nothing happens."""
        item = self.hits.currentItem()
        if item is None or not self.merge_button.isEnabled():
            return
        other = str(item.data(_CODE))
        self.asked.hide()
        self.merge_button.setEnabled(False)
        self._desk.write(
            partial(merging.merge_households, self._desk.database, self._code, other, self._desk.today()),
            self._on_merged,
            failed=self._on_refused,
            said=self.tr("{other} is part of {name} now. Undo takes them apart.").format(
                other=self._called(other), name=self._name
            ),
        )


def _described(hit: FamilyHit) -> str:
    return "   ".join(part for part in (hit.name, hit.code, hit.town, hit.phone) if part)
