"""The columns of a list by what they need: to be confirmed, not read, sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.imports.table import Table
from ui.imports.column_choices import ColumnChoices, Standing
from ui.imports.column_line import ColumnLine, share_width
from ui.imports.column_words import heading_words, samples
from ui.theme import SPACE, SPACE_SMALL, set_role
from ui.widgets.fold import Fold
from ui.widgets.label import Label
from ui.widgets.rows import left_aligned
from ui.widgets.wrapped_label import WrappedLabel

_NAMED_LETTERS, _CELLS = 90, 3
_BOTH = 2
_UNREAD = 12
"""So many unread columns are shown at once; a line takes a while to make, and nobody reads sixty."""
_FEW = 4
"""So many sentences about a file are shown at once."""


class ColumnSections(QWidget):
    """Lines of columns in sections; they stay where they are while she works. ``changed(choices)``."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "scrolled")
        self.lines: dict[int, ColumnLine] = {}
        self.folds: dict[str, Fold] = {}
        self.all_button: QPushButton | None = None
        self._choices: ColumnChoices | None = None
        self._dates: Mapping[str, str] = {}
        self._table: Table | None = None
        self._kind = Role.DONOR
        self._body: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, SPACE, 0)

    @property
    def others_words(self) -> str:
        """Which columns ask what is none of ours; "" for none."""
        others = _of(self._choices, Standing.OTHERS) if self._choices else ()
        if not others or self._table is None:
            return ""
        words = self._fold_words("others", len(others)).format(columns=_named(self._table, others))
        return self.tr("{words}.").format(words=words)

    def show_list(self, table: Table, kind: Role, choices: ColumnChoices, about: Sequence[str] = ()) -> None:
        """Show the columns of *table*, by what each of them needs now."""
        self._table, self._kind, self._choices = table, kind, choices
        inside = self._start()
        self._add_about(inside, about)
        if not choices.waiting and Standing.UNREAD not in choices.standings:
            label = WrappedLabel(self.tr("No column is to be confirmed."))
            set_role(label, "done")
            inside.addWidget(label)
        self._add_to_confirm(inside, choices.waiting)
        self._add_unread(inside, _of(choices, Standing.UNREAD))
        self._add_fold(inside, "others", _of(choices, Standing.OTHERS))
        self._add_fold(inside, "empty", _of(choices, Standing.EMPTY))
        self._add_fold(inside, "remembered", _of(choices, Standing.REMEMBERED))
        self._add_fold(inside, "sure", _of(choices, Standing.SURE, Standing.CONFIRMED, Standing.CHOSEN))
        inside.addStretch(1)

    def show_cells(self, table: Table, about: Sequence[str] = ()) -> None:
        """Show what stands in *table*: nobody has said yet whose list it is."""
        self._table, self._choices = table, None
        inside = self._start()
        self._add_about(inside, about)
        for index, header in enumerate(table.headers):
            told = " · ".join(samples(table, index, _CELLS)) or self.tr("(empty)")
            label = WrappedLabel(
                self.tr("{heading}: {cells}").format(heading=heading_words(header), cells=told)
            )
            set_role(label, "quiet")
            inside.addWidget(label)
        inside.addStretch(1)

    def show_choices(self, choices: ColumnChoices, dates: Mapping[str, str] | None = None) -> None:
        """Show how the columns are read now; *dates* tells by heading how days are."""
        self._choices = choices
        self._dates = self._dates if dates is None else dates
        for line in self.lines.values():
            self._show(line)

    def _show(self, line: ColumnLine) -> None:
        if self._choices is not None and self._table is not None:
            line.show_choices(self._choices, self._dates.get(self._table.headers[line.index], ""))

    def _start(self) -> QVBoxLayout:
        """Take away what was shown, and return where the new is to go."""
        self.lines, self.folds, self.all_button = {}, {}, None
        layout = self.layout()
        if self._body is not None:
            self._body.hide()
            self._body.deleteLater()
        self._body = QWidget()
        if layout is not None:
            layout.addWidget(self._body)
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE_SMALL)
        return inside

    def _add_about(self, inside: QVBoxLayout, about: Sequence[str]) -> None:
        if not about:
            return
        words = (
            self.tr("1 thing to know of this file")
            if len(about) == 1
            else self.tr("{count} things to know of this file").format(count=len(about))
        )
        fold = self._fold(inside, "about", words, partial(_sentences, tuple(about)))
        if len(about) <= _FEW:
            fold.open()

    def _add_to_confirm(self, inside: QVBoxLayout, indexes: Sequence[int]) -> None:
        if not indexes:
            return
        count = len(indexes)
        self._add_title(
            inside,
            self.tr("Is this column what it seems to be?")
            if count == 1
            else self.tr("Are these {count} columns what they seem to be?").format(count=count),
        )
        self._add_titles(inside)
        self._add_lines(inside, indexes, asks=True)
        if count > 1:
            words = self.tr("&All {count} are right") if count > _BOTH else self.tr("&Both are right")
            words = words.format(count=count)
            self.all_button = QPushButton(words)
            self.all_button.setAccessibleName(words.replace("&", ""))
            self.all_button.clicked.connect(self._on_all)
            line = QWidget()
            share_width(line, (QWidget(), QWidget(), left_aligned(self.all_button)))
            inside.addWidget(line)

    def _add_unread(self, inside: QVBoxLayout, indexes: Sequence[int]) -> None:
        if not indexes:
            return
        self._add_title(
            inside,
            self.tr("1 column is not read; its words are kept with the import")
            if len(indexes) == 1
            else self.tr("{count} columns are not read; their words are kept with the import").format(
                count=len(indexes)
            ),
        )
        self._add_lines(inside, indexes[:_UNREAD])
        self._add_fold(inside, "more", indexes[_UNREAD:])

    def _add_fold(self, inside: QVBoxLayout, name: str, indexes: Sequence[int]) -> None:
        if indexes:
            words = self._fold_words(name, len(indexes))
            if name == "others" and self._table is not None:
                words = words.format(columns=_named(self._table, indexes))
            self._fold(inside, name, words, partial(self._make, indexes))

    def _fold_words(self, name: str, count: int) -> str:
        one, many = {
            "more": (self.tr("1 more that is not read"), self.tr("{count} more that are not read")),
            "others": (
                self.tr("1 column has no field here: {columns}"),
                self.tr("{count} columns have no field here: {columns}"),
            ),
            "empty": (self.tr("1 column is empty"), self.tr("{count} columns are empty")),
            "remembered": (
                self.tr("1 column is read as you chose last time"),
                self.tr("{count} columns are read as you chose last time"),
            ),
            "sure": (self.tr("1 column is surely read"), self.tr("{count} columns are surely read")),
        }[name]
        return one if count == 1 else many.replace("{count}", str(count))

    def _fold(
        self, inside: QVBoxLayout, name: str, words: str, make: Callable[[], Sequence[QWidget]]
    ) -> Fold:
        fold = Fold(words, make)
        self.folds[name] = fold
        inside.addWidget(fold)
        return fold

    def _add_title(self, inside: QVBoxLayout, words: str) -> None:
        title = WrappedLabel(words)
        set_role(title, "strong")
        if inside.count():
            inside.addSpacing(SPACE)
        inside.addWidget(title)

    def _add_titles(self, inside: QVBoxLayout) -> None:
        """Say what stands in each column of the lines, once."""
        titles = (self.tr("Column"), self.tr("For example"), self.tr("Read as"))
        labels = [Label(words) for words in titles]
        for label in labels:
            set_role(label, "small")
        line = QWidget()
        share_width(line, labels)
        inside.addWidget(line)

    def _add_lines(self, inside: QVBoxLayout, indexes: Sequence[int], *, asks: bool = False) -> None:
        for line in self._make(indexes, asks=asks):
            inside.addWidget(line)

    def _make(self, indexes: Sequence[int], *, asks: bool = False) -> list[QWidget]:
        """Make the lines of some columns, with hairlines between."""
        made: list[QWidget] = []
        if self._table is None or self._choices is None:
            return made
        for index in indexes:
            line = ColumnLine(self._table, self._kind, index, self._choices, asks=asks)
            line.changed.connect(self.changed)
            self.lines[index] = line
            self._show(line)
            hairline = QFrame()
            hairline.setFixedHeight(1)
            set_role(hairline, "hairline")
            made += [hairline, line]
        return made

    def _on_all(self) -> None:
        if self._choices is not None:
            self.changed.emit(self._choices.confirming(self._choices.waiting))


def _of(choices: ColumnChoices, *standings: Standing) -> tuple[int, ...]:
    return tuple(index for index, one in enumerate(choices.standings) if one in standings)


def _named(table: Table, indexes: Sequence[int]) -> str:
    names = ", ".join(f"“{heading_words(table.headers[index])}”" for index in indexes)
    return names if len(names) <= _NAMED_LETTERS else f"{names[:_NAMED_LETTERS].rstrip()}…"


def _sentences(told: Sequence[str]) -> list[QWidget]:
    labels: list[QWidget] = []
    for words in told:
        label = WrappedLabel(words)
        set_role(label, "quiet")
        labels.append(label)
    return labels
