"""What is typed or scanned as a sheet's number."""

from __future__ import annotations

import pytest

from coordinator.domain.paper.sheet_numbers import SheetNumber, read_sheet_number


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("P-0142-1", SheetNumber("P-0142", 1)),
        (" p-0142-12\r\n", SheetNumber("P-0142", 12)),
        ("P-0142", SheetNumber("P-0142")),
        ("P-0142-", None),
        ("P-142-1", None),
        ("H-0142-1", None),
        ("P-0142-1 Ana", None),
    ],
)
def test_a_sheet_number_is_read_as_it_stands_on_paper(text: str, meant: SheetNumber | None) -> None:
    assert read_sheet_number(text) == meant
    assert meant is None or str(meant) == text.strip().upper()
