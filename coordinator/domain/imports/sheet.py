"""A whole table read: the order of day and month per column, then every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.answer_cells import answers_of
from coordinator.domain.imports.columns.column_use import FieldMapping, columns_of
from coordinator.domain.imports.donor_rows import read_donor
from coordinator.domain.imports.driver_rows import read_driver
from coordinator.domain.imports.failed_cells import ask_about_failed_cells
from coordinator.domain.imports.household_rows import free_texts, read_contact
from coordinator.domain.imports.mention_rows import ask_about_mentions
from coordinator.domain.imports.numbers import read_numbers
from coordinator.domain.imports.other_babies import columns_of_others, with_other_babies
from coordinator.domain.imports.recipient_rows import read_recipient
from coordinator.domain.imports.row import RowReader
from coordinator.domain.imports.row_answers import Answers, Contact, RoleAnswers
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.imports.units_in_doubt import units_in_doubt
from coordinator.domain.places.placing import NOTHING_KNOWN, KnownPlaces
from coordinator.domain.reading.dates import (
    DateOrder,
    DateRule,
    decide_order,
    depends_on_order,
    find_dates,
    shared_rule,
)
from coordinator.domain.reading.moments import read_moment
from coordinator.sayings import Saying, coded

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class ColumnDates:
    """How the dates of one column were read, for the preview. ``is_mixed`` columns put both orders first."""

    header: str
    order: DateOrder
    is_proven: bool
    is_mixed: bool


@dataclass(frozen=True, slots=True)
class SheetReading:
    """Every row read, in the order of the file, and how dates were read."""

    answers: tuple[Answers, ...]
    dates: tuple[ColumnDates, ...]


def read_sheet(
    table: Table, kind: Role, mapping: FieldMapping, today: date, places: KnownPlaces = NOTHING_KNOWN
) -> SheetReading:
    """Read every row of *table*; nothing raises, what cannot be read becomes a question of its row.

    *places* tells towns from other words, and what of an address contradicts the rest.
    """
    rules = _rules(table, kind, mapping, today)
    in_doubt = units_in_doubt(table, mapping)
    others = columns_of_others(table, mapping) if kind is Role.RECIPIENT else {}
    rows = (
        (
            source,
            RowReader(answers_of(source, mapping, rules), rules, today, in_doubt, places, table.headers),
        )
        for source in table.rows
    )
    answers = tuple(_read_row(source, row, table, kind, mapping, others) for source, row in rows)
    return SheetReading(answers, tuple(_column_dates(table, mapping, rules)))


def _read_row(
    source: SourceRow,
    row: RowReader,
    table: Table,
    kind: Role,
    mapping: FieldMapping,
    others: Mapping[int, int],
) -> Answers:
    used = columns_of(mapping)
    answered_at = _answered_at(row)
    row.answered_on = answered_at.date() if answered_at else None
    unused = [cell.text for index, cell in enumerate(source.cells) if index not in used]
    free = [(True, row.text("notes")), *((False, text) for text in unused)]
    texts = [*free_texts(row, mapping), *unused]
    _ask_about_others(row, kind)
    contact = _with_notes(row, read_contact(row, texts), source.notes)
    detail = with_other_babies(row, _detail(kind, row, texts), source, table, others)
    detail = ask_about_mentions(row, detail, free)
    numbers = read_numbers(row, kind)
    ask_about_failed_cells(row, source, table, mapping)
    return Answers(
        role=kind,
        number=source.number,
        answered_at=answered_at,
        contact=contact,
        detail=detail,
        questions=tuple(row.questions),
        values=row.values,
        cells=tuple(cell.text or cell.error for cell in source.cells),
        numbers=numbers,
        waits=source.waits,
    )


def _answered_at(row: RowReader) -> datetime | None:
    """Return when the form was sent; what cannot be read, or may be one of two days, is asked."""
    text, rule = row.text("timestamp"), row.rule("timestamp")
    moment = read_moment(row.cell("timestamp"), rule) if text else None
    if text and (moment is None or any(found.is_ambiguous for found in find_dates(text, rule))):
        row.ask("timestamp", _which_moment(text), text)
    row.keep("timestamp", moment.isoformat() if moment else "")
    return moment


def _ask_about_others(row: RowReader, kind: Role) -> None:
    """Ask which answer is right where two columns of one field say different things; the first is kept."""
    for field in FIELDS[kind]:
        for other in row.others(field.topic):
            first = row.text(field.topic)
            said = coded(
                "asked.two_answers",
                "{label}: two answers, “{first}” and “{second}”: which is right?",
                label=field.form_label,
                first=first,
                second=other,
            )
            row.ask(field.topic, said, f"{first}; {other}")


def _which_moment(words: str) -> Saying:
    return coded("asked.which_moment", "Answered on “{words}”: which day was that?", words=words)


def _with_notes(row: RowReader, contact: Contact, pinned: tuple[str, ...]) -> Contact:
    """Keep the notes pinned to the row's cells with those of the form."""
    if not pinned:
        return contact
    notes = "\n".join(filter(None, (contact.notes, *pinned)))
    row.keep("notes", notes)
    return replace(contact, notes=notes)


def _detail(kind: Role, row: RowReader, texts: list[str]) -> RoleAnswers:
    if kind is Role.DONOR:
        return read_donor(row)
    return read_recipient(row, texts) if kind is Role.RECIPIENT else read_driver(row)


def _rules(table: Table, kind: Role, mapping: FieldMapping, today: date) -> dict[str, DateRule]:
    """Decide each column by its own cells; one without proof follows the proven columns of its file.

    Where those disagree, what could be either day in the others is asked.
    """
    texts = {
        key: [cell.text for use in uses for cell in table.column(use.index)] for key, uses in mapping.items()
    }
    alone = {key: decide_order(cells, today) for key, cells in texts.items()}
    fallback = shared_rule(alone.values(), today)
    return {
        field.topic: alone[field.topic] if field.topic in alone and alone[field.topic].is_proven else fallback
        for field in FIELDS[kind]
    }


def _column_dates(
    table: Table, mapping: FieldMapping, rules: Mapping[str, DateRule]
) -> Iterator[ColumnDates]:
    for index, key in sorted(columns_of(mapping).items()):
        rule, cells = rules[key], table.column(index)
        is_told = rule.is_proven or any(depends_on_order(cell.text) for cell in cells)
        if is_told and any(find_dates(cell.text, rule) for cell in cells):
            yield ColumnDates(table.headers[index], rule.order, rule.is_proven, rule.is_mixed)
