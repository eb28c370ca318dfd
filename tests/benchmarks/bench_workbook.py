"""A list of 5,000 rows read from XLSX, cleaned and laid out, against openpyxl that only reads its values.

    python -m tests.benchmarks.bench_workbook

Ours measures what the file claims, reads it in a process of its own, cleans every cell and says who is
nobody; all of that may take as long as openpyxl's read-only mode takes for the values alone.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from coordinator.adapters.spreadsheets.spreadsheet_files import read_tables
from coordinator.adapters.spreadsheets.written import WrittenValue, xlsx
from tests.benchmarks.ratio import exit_code, median_ratio, options

MOST = 1.0
HEADERS = (
    "Timestamp",
    "Your full name",
    "Email",
    "Phone",
    "Street",
    "Town",
    "ZIP",
    "Ounces",
    "Bags",
    "Stored in",
)
QUESTIONS = 14


def rows_of_a_form(count: int) -> list[list[WrittenValue]]:
    """Return answers as a form with two dozen questions has them."""
    first = datetime(2026, 1, 1, 8)  # noqa: DTZ001 - spreadsheets know no zones
    return [
        [
            first + timedelta(minutes=at),
            f"Zoë Able-{at}",
            f"p{at}@example.org",
            f"603-555-{at % 10_000:04}",
            f"{at} Elm St",
            "Dover",
            "03820",
            at % 400,
            at % 60,
            "chest freezer, labelled",
            *(f"answer {question} of row {at}" if question % 3 else "No" for question in range(QUESTIONS)),
        ]
        for at in range(count)
    ]


def values_of(path: Path) -> int:
    """Return how many rows openpyxl finds."""
    book = load_workbook(path, read_only=True, data_only=True)
    count = sum(1 for sheet in book for _ in sheet.values)
    book.close()
    return count


def main(words: list[str] | None = None) -> int:
    """Print the ratio; 0 if it is within what is allowed."""
    asked = options(__doc__, words, rows=(5_000, 20), rounds=(5, 1))
    headers = (*HEADERS, *(f"Question {at}" for at in range(QUESTIONS)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        path.write_bytes(xlsx(headers, rows_of_a_form(asked.rows)))
        ratio = 1 / median_ratio(lambda: values_of(path), lambda: read_tables(path), asked.rounds)
    print(f"{asked.rows} rows read and laid out: {ratio:.2f} of openpyxl's values (at most {MOST})")
    return exit_code(asked, ratio <= MOST)


if __name__ == "__main__":
    sys.exit(main())
