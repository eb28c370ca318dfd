"""Cells in which a formula failed: blank to every reader, and asked about with what the file shows there."""

from __future__ import annotations

from coordinator.domain.imports.columns.column_use import FieldMapping
from coordinator.domain.imports.donor_rows import FACT_KINDS
from coordinator.domain.imports.row import RowReader
from coordinator.domain.imports.row_answers import QuestionAnswer
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.sayings import coded

_PLAIN = "asked.not_answered"


def ask_about_failed_cells(row: RowReader, source: SourceRow, table: Table, mapping: FieldMapping) -> None:
    """Ask what should stand where *source* has an error such as ``#N/A``, by the column's own name."""
    for key, uses in mapping.items():
        failed = next((use.index for use in uses if source.cells[use.index].error), None)
        if failed is not None and row.cell(key).is_blank:
            error = source.cells[failed].error
            topic = FACT_KINDS[key].value if key in FACT_KINDS else key
            _forget_plain(row, topic)
            said = coded(
                "asked.cell_failed",
                "{column}: the file shows only {error} there",
                column=table.headers[failed],
                error=error,
            )
            row.questions.append(QuestionAnswer(topic, said, error))


def _forget_plain(row: RowReader, topic: str) -> None:
    """Take the question off that only says that the cell was blank."""
    row.questions[:] = [asked for asked in row.questions if (asked.topic, asked.said.code) != (topic, _PLAIN)]
