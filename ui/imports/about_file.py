"""What is to be known of a file beside its people: what was mended, hidden or not read, and who is nobody."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.domain.imports.preview import ImportReport
from coordinator.domain.imports.table import LeftOutRow, Table
from ui.imports.row_words import imported_words
from ui.translation import translate

_ROWS_NAMED = 8


def about_words(table: Table) -> list[str]:
    """Return what to know of the file, a sentence each; rows left out for one reason stand in one."""
    return [*map(str, table.notices), *left_out_words(table.left_out)]


def left_out_words(rows: Sequence[LeftOutRow]) -> list[str]:
    """Return which rows are nobody and why, a sentence for each reason."""
    by_why: dict[str, list[int]] = {}
    for row in rows:
        by_why.setdefault(str(row.why), []).append(row.number)
    return [_left_out(numbers, why) for why, numbers in by_why.items()]


def _left_out(numbers: Sequence[int], why: str) -> str:
    if len(numbers) == 1:
        return translate("Imports", "Row {row} is nobody and left out: {why}").format(row=numbers[0], why=why)
    said = translate("Imports", "Rows {rows} are nobody and left out: {why}")
    return said.format(rows=numbers_words(numbers), why=why)


def numbers_words(numbers: Sequence[int]) -> str:
    """Return ``3, 7, 12``, and how many more where there are many."""
    named = ", ".join(str(number) for number in numbers[:_ROWS_NAMED])
    more = len(numbers) - _ROWS_NAMED
    if more <= 0:
        return named
    return translate("Imports", "{rows} and {count} more").format(rows=named, count=more)


def after_words(reports: Sequence[ImportReport]) -> str:
    """Return what imports did, and once more what is to be known of their files."""
    said = [imported_words(reports)]
    for report in reports:
        said += [*map(str, report.notices), *left_out_words(report.nobody)]
    return " ".join(said)
