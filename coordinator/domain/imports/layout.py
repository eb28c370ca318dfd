"""From the filled rows of a sheet to a table: which row holds the headers, and who stands below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coordinator.domain.imports.columns.heading import words_of
from coordinator.domain.imports.columns.meanings import languages, lexicon
from coordinator.domain.imports.nobodies import (
    empty_rows,
    has_import_ids,
    is_part,
    is_second_header,
    sort_out,
)
from coordinator.domain.imports.shapes import fits, is_contact, kind_of, telling
from coordinator.domain.imports.table import LeftOutRow, SourceRow
from coordinator.domain.reading.cells import Cell
from coordinator.sayings import Saying, saying

_TOP = 20
_MANY_ROWS = 3
_WIDER = saying("it has more cells than there are headers: a comma may have split one")
_WIDE_HEADER = saying(
    "The headers have more cells than any row: one may hold a comma. Check that each column has its own."
)
_NARROWER = saying("it has fewer cells than there are headers: a line break may have split it")
_PADDED = 0.8
"""Share of records as wide as the header, from which on a shorter one is odd."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The headers of a sheet, the rows that may be people, those that are nobody, and what to say of it."""

    headers: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    left_out: tuple[LeftOutRow, ...]
    notices: tuple[Saying, ...] = ()


def lay_out(rows: Sequence[SourceRow], widths: Mapping[int, int] | None = None) -> Layout:
    """Return the filled *rows* of a sheet as headers and people, each row as wide as the headers.

    Args:
        rows: Every filled row, in order, title rows included.
        widths: Row number -> how many cells its record has, where the sheet is a text file.
    """
    at = header_rows(rows)
    above, first = (rows[: at[0]], at[-1] + 1) if at else ([], 0)
    width = max((len(row.cells) for row in rows[len(above) :]), default=0)
    below = [_widened(row, width) for row in rows[first:]]
    headers = headers_of([_widened(rows[index], width) for index in at], width)
    empty, notices = empty_rows(rows[first - 1].number if first else 0, rows[first:])
    if widths and at:
        header = max(widths[rows[index].number] for index in at)
        below = list(_doubted(below, widths, header))
        if len(below) >= _MANY_ROWS and all(widths[row.number] < header for row in below):
            notices = (*notices, _WIDE_HEADER)
    elif widths and below:
        below = list(_doubted(below, widths, _usual_width(widths)))
    people, nobodies = sort_out(below, headers)
    left_out = (*_above(above), *_second([rows[index] for index in at]), *empty, *nobodies)
    if not at:
        notices = (*notices, saying("No row of this sheet says what the columns are."))
    return Layout(headers, people, tuple(sorted(left_out, key=lambda row: row.number)), notices)


def _usual_width(widths: Mapping[int, int]) -> int:
    """Return how many cells most records have: where no row is the headers, one that is wider is in doubt."""
    counted = Counter(widths.values())
    return max(counted, key=lambda width: (counted[width], width))


def header_rows(rows: Sequence[SourceRow]) -> list[int]:
    """Return which rows say what the columns are: one, none, or more as survey tools write them."""
    at = _header_index(rows)
    if at is None:
        return []
    if at > 0 and (_is_sub_header(rows, at) or _is_group_header(rows[at - 1], rows[at])):
        return [at - 1, at]
    below = rows[at + 1 : at + 3]
    if any(map(has_import_ids, below)):
        return list(range(at, at + 2 + [*map(has_import_ids, below)].index(True)))
    has_parts = bool(below) and (is_second_header(below[0]) or _is_sub_header(rows, at + 1))
    return [at, at + 1] if has_parts else [at]


def headers_of(rows: Sequence[SourceRow], width: int) -> tuple[str, ...]:
    """Return what the columns are called: a question over several cells goes before each of them."""
    texts = [
        [" ".join(cell.text.split()) if len(rows) > 1 else cell.text.strip() for cell in row.cells]
        for row in rows
    ]
    if not texts:
        return ("",) * width
    if len(texts) == 1 or has_import_ids(rows[-1]):
        # The last row is a survey tool's own; its questions stand right above it.
        return tuple(texts[max(len(texts) - 2, 0)])
    questions = _filled_right(texts[-2], texts[-1])
    return tuple(map(_joined, texts[-2], questions, texts[-1]))


def _filled_right(questions: Sequence[str], parts: Sequence[str]) -> list[str]:
    """Return the questions, each repeated over the blank cells beside it that have a part below."""
    filled: list[str] = []
    for question, part in zip(questions, parts, strict=True):
        filled.append(question or (filled[-1] if filled and part else ""))
    return filled


def _joined(own: str, question: str, part: str) -> str:
    if not part or is_part(part):
        return own or (question if part else "")
    return part if not question or question.casefold() == part.casefold() else f"{question}: {part}"


def _header_index(rows: Sequence[SourceRow]) -> int | None:
    """Return where the header is: the first row of the top twenty that fills most columns and is nobody."""
    top = rows[:_TOP]
    filled = [len(row.words) for row in top]
    fullest = max(filled, default=0)
    at = next(index for index, count in enumerate(filled) if count * 10 >= fullest * 6)
    if not any(map(is_contact, top[at].words)):
        return at
    above = (index for index in range(at) if filled[index] > 1 and not any(map(is_contact, top[index].words)))
    return max(above, default=None)


def _is_sub_header(rows: Sequence[SourceRow], at: int) -> bool:
    """Whether row *at* names the parts of questions that stand in the row above it.

    Then cells beside a question are blank above it, some questions have no parts, and it has words or
    nothing where people have a number. A title above the headers stands over headers alone.
    """
    if not 0 < at < len(rows) - 1 or any(map(is_contact, rows[at].words)):
        return False
    width = max(len(row.cells) for row in rows[at - 1 :])
    above, row = (_texts(rows[index], width) for index in (at - 1, at))
    beside = sum(
        not question.strip() and bool(part.strip()) for question, part in zip(above, row, strict=True)
    )
    is_whole = all(part.strip() for question, part in zip(above, row, strict=True) if question.strip())
    told = list(telling([_texts(below, width) for below in rows[at + 1 : at + 1 + _TOP]], width))
    is_named = len(told) > 1 and all(kind_of(row[index]) in {"", "words"} for index, _ in told)
    return beside >= 2 and is_named and not is_whole and bool(above[0].strip())


def _is_group_header(above: SourceRow, row: SourceRow) -> bool:
    """Whether the row above tells whose columns are: ``Mother`` and ``Baby`` over two dates, or two names."""
    names = Counter(word.casefold() for word in row.words)
    groups = above.words
    if len(groups) < 2 or above.number != row.number - 1 or any(map(is_contact, groups)):
        return False
    width = len(row.cells)
    joined = headers_of([_widened(above, width), row], width)
    told_apart = Counter(header.casefold() for header in joined if header)
    if max(told_apart.values()) > 1:
        return False
    return max(names.values()) > 1 or any(map(_is_baby, groups))


def _is_baby(text: str) -> bool:
    """Whether a cell says ``Baby`` and nothing else, in any language."""
    spans = lexicon(languages()).spans(words_of(text))
    return bool(spans) and all("baby" in span.meanings for span in spans)


def _doubted(rows: Sequence[SourceRow], widths: Mapping[int, int], header: int) -> Iterator[SourceRow]:
    """Yield the rows of a text file; one wider than the headers may have its cells in the wrong columns."""
    whole = [_texts(row, len(row.cells)) for row in rows if widths[row.number] == header and not row.unsure]
    told = tuple(telling(whole, min(map(len, whole)))) if whole else ()
    is_padded = len(whole) >= _PADDED * len(rows)
    usual, count = Counter(widths[row.number] for row in rows).most_common(1)[0] if rows else (header, 0)
    # Blank cells at the end of nearly every row are a program's, and shift nothing.
    plain = {header, usual} if count >= _MANY_ROWS and count >= _PADDED * len(rows) else {header}
    for row in rows:
        width, fit = widths[row.number], fits(_texts(row, len(row.cells)), told)
        is_over = any(not cell.is_blank for cell in row.cells[header:])
        if row.unsure or (width in plain and not is_over):
            yield row
        elif is_over or (width > header and not fit):
            yield replace(row, unsure=_WIDER)
        elif width < header and is_padded and fit is False:
            yield replace(row, unsure=_NARROWER)
        else:
            yield row


def _above(rows: Sequence[SourceRow]) -> Iterator[LeftOutRow]:
    for row in rows:
        yield LeftOutRow(row.number, row.cells, saying("it stands above the headers"))


def _second(rows: Sequence[SourceRow]) -> Iterator[LeftOutRow]:
    """Yield the rows of headers beside the one that has the questions."""
    questions = rows[-2] if len(rows) > 1 else None
    for row in rows:
        if questions is not None and row is not questions:
            yield LeftOutRow(row.number, row.cells, saying("a second row of headers"))


def _texts(row: SourceRow, width: int) -> list[str]:
    return [cell.text for cell in row.cells[:width]] + [""] * (width - len(row.cells))


def _widened(row: SourceRow, width: int) -> SourceRow:
    missing = width - len(row.cells)
    return replace(row, cells=(*row.cells[:width], *(Cell() for _ in range(missing))))
