"""What a table shows: columns as data, and rows with everything that showing them needs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from PySide6 import QtCore

from coordinator.domain.text import folded
from ui.translation import translate
from ui.widgets.label import one_line

Row = TypeVar("Row")

QT_TRANSLATE_NOOP = cast("Callable[[str, str], str]", QtCore.QT_TRANSLATE_NOOP)
"""Qt's mark for lupdate, which finds it by this name; PySide6 types it as ``object``."""


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: a title, a text and a sort key.

    Titles are written as ``QT_TRANSLATE_NOOP("Columns", "Town")`` and translated when shown; the source
    text is also what widths and order are remembered by.

    Args:
        title: The header, in the source language.
        text: What the cell says.
        sort_key: A plain number or text to sort by (``microlitres``: comparing dataclasses is ten times
            slower); None sorts last both ways. By default the text without case and accents.
        is_number: Right-aligned.
        icon: Name of an icon beside the word, or "" for none; never instead of the word.
        tooltip: More than fits.
        width: In characters of the font; 0 takes about the title's.
        hidden_by_default: Only shown when chosen on the header.
        header: The title when it changes with the units in force: ``lambda: f"Free {unit}"``.
    """

    title: str
    text: Callable[[Row], str]
    sort_key: Callable[[Row], Any] | None = None
    is_number: bool = False
    icon: Callable[[Row], str] | None = None
    tooltip: Callable[[Row], str] | None = None
    width: int = 0
    hidden_by_default: bool = False
    header: Callable[[], str] | None = None

    @property
    def shown_title(self) -> str:
        """The header as it stands on screen."""
        return self.header() if self.header else translate("Columns", self.title)


@dataclass(frozen=True)
class PreparedRows(Generic[Row]):
    """Rows with what showing them needs, all computed; may be made on any thread."""

    rows: Sequence[Row]
    keys: Sequence[Hashable]
    texts: Sequence[tuple[str, ...]]
    blobs: Sequence[str]


def prepare_rows(
    rows: Iterable[Row],
    columns: Sequence[Column[Row]],
    key: Callable[[Row], Hashable],
    extra_search: Callable[[Row], str] | None = None,
) -> PreparedRows[Row]:
    """Return *rows* with their texts and search blobs; for many rows on the runner's thread.

    Args:
        rows: In the order they stand in before anybody sorts.
        columns: The model's columns.
        key: What identifies a row over reloads, such as its code.
        extra_search: Text that is searched but in no column.
    """
    kept = list(rows)
    texts = [tuple(one_line(column.text(row)) for column in columns) for row in kept]
    blobs = [folded("\n".join(cells)) for cells in texts]
    if extra_search is not None:
        blobs = [f"{blob}\n{folded(extra_search(row))}" for blob, row in zip(blobs, kept, strict=True)]
    return PreparedRows(kept, [key(row) for row in kept], texts, blobs)
