"""Labels lie where the sheet's maker cut them, whatever stands on them; measured in the PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.paper.label_sheets import label_sheet, label_sheets
from coordinator.adapters.pdf.labels import render_calibration, render_labels
from coordinator.adapters.pdf.paper import SIZES
from coordinator.domain.paper.label_sheets import (
    NO_SHIFT,
    NoSuchPositionError,
    NoSuchSheetError,
    Shift,
    read_shifts,
    written_shifts,
)
from coordinator.domain.paper.labels import BagLabel, LabelJob, LabelRun, NoLabelsError, checked_runs
from coordinator.domain.suitability.clashes import Clashes
from coordinator.sayings import as_written

IN = 25.4
PT = 72 / 25.4
CUT = {
    "5160": (3, 10, 2.625 * IN, 1 * IN, 0.1875 * IN, 0.5 * IN, 2.75 * IN, 1 * IN),
    "5163": (2, 5, 4 * IN, 2 * IN, 0.15625 * IN, 0.5 * IN, 4.1875 * IN, 2 * IN),
    "L7160": (3, 7, 63.5, 38.1, 7.21, 15.15, 66.04, 38.1),
}
"""Columns, rows, width, height, left, top, step right and down, in mm: typed again from the templates."""
HALF_MM = 0.5
NAMES = {
    "long": "Maximiliana-Alexandrine Bartholomea Quin",
    "Arabic": "محمد عبدالله",
    "Vietnamese": "Nguyễn Thị Ngọc Ánh",
    "Chinese": "王小明 張偉",
}


def a_label(**fields: Any) -> BagLabel:  # noqa: ANN401 - any field
    label = BagLabel(
        lot_code="L-0031",
        network_name="Seacoast Milk Sharing",
        expressed_from=date(2026, 9, 10),
        expressed_to=date(2026, 11, 4),
        for_first_name="Inès",
        clashes=Clashes(("dairy",), ("soy",)),
    )
    return replace(label, **fields)


def a_job(key: str, count: int = 1, label: BagLabel | None = None, **fields: Any) -> LabelJob:  # noqa: ANN401
    job = LabelJob(
        sheet=label_sheet(key),
        runs=(LabelRun(label or a_label(), count),),
        shift=NO_SHIFT,
        title=as_written("Labels"),
    )
    return replace(job, **fields)


def cut_at(key: str) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of each label, in points."""
    columns, rows, width, height, left, top, right, down = CUT[key]
    return [
        (
            (left + column * right) * PT,
            (top + row * down) * PT,
            (left + column * right + width) * PT,
            (top + row * down + height) * PT,
        )
        for row in range(rows)
        for column in range(columns)
    ]


def inked(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """Return the box of each letter, line and filled shape, page by page, in points from the upper left."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [
            [
                (one["x0"], one["top"], one["x1"], one["bottom"])
                for one in (*page.chars, *page.rects, *page.lines, *page.curves)
                if one.get("text", "x").strip()
            ]
            for page in opened.pages
        ]


def label_of(box: tuple[float, float, float, float], key: str) -> int | None:
    """Return in which label *box* lies whole, to half a millimetre."""
    slack = HALF_MM * PT
    for at, (left, top, right, bottom) in enumerate(cut_at(key)):
        inside = left - slack <= box[0] and box[2] <= right + slack
        if inside and top - slack <= box[1] and box[3] <= bottom + slack:
            return at
    return None


def words_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return texts


@pytest.mark.parametrize("key", CUT)
def test_a_sheet_is_the_same_from_every_side(key: str) -> None:
    sheet = label_sheet(key)
    page_mm = [points / PT for points in SIZES[sheet.paper]]

    right = sheet.left_mm + (sheet.columns - 1) * sheet.step_right_mm + sheet.width_mm
    bottom = sheet.top_mm + (sheet.rows - 1) * sheet.step_down_mm + sheet.height_mm

    assert page_mm[0] - right == pytest.approx(sheet.left_mm, abs=0.2)
    assert page_mm[1] - bottom == pytest.approx(sheet.top_mm, abs=0.2)
    assert sheet.step_right_mm >= sheet.width_mm
    assert sheet.step_down_mm >= sheet.height_mm


@pytest.mark.parametrize("key", CUT)
def test_the_frames_lie_on_the_labels_to_half_a_millimetre(key: str) -> None:
    with pdfplumber.open(BytesIO(render_calibration(label_sheet(key)))) as opened:
        (page,) = opened.pages
        frames = {(one["x0"], one["top"], one["x1"], one["bottom"]) for one in page.rects}

    for wanted in cut_at(key):
        assert any(
            all(abs(a - b) < HALF_MM * PT for a, b in zip(frame, wanted, strict=True)) for frame in frames
        ), wanted


def test_the_calibration_page_says_100_percent_and_has_a_line_of_100_mm() -> None:
    pdf = render_calibration(label_sheet("5160"))

    assert "at 100 %" in words_of(pdf)[0]
    with pdfplumber.open(BytesIO(pdf)) as opened:
        longest = max(one["x1"] - one["x0"] for one in opened.pages[0].lines)
    assert longest / PT == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("key", CUT)
def test_every_label_stays_inside_its_cut(key: str) -> None:
    count = label_sheet(key).labels

    (boxes,) = inked(render_labels(a_job(key, count)))

    found = [label_of(box, key) for box in boxes]
    assert None not in found
    assert {at for at in found if at is not None} == set(range(count))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_what_is_long_is_set_smaller_and_never_cut(name: str) -> None:
    foods = ("dairy", "soy", "eggs", "tree nuts", "peanuts", "wheat", "shellfish", "sesame")
    label = a_label(for_first_name=name, network_name=f"{name} {name}", clashes=Clashes(foods, foods))

    pdf = render_labels(a_job("5160", label=label))

    (boxes,) = inked(pdf)
    assert {label_of(box, "5160") for box in boxes} == {0}
    assert all(food in words_of(pdf)[0] for food in foods)


def test_a_used_sheet_begins_where_labels_are_left_and_goes_on_with_a_new_one() -> None:
    job = a_job("5160", 6, start=28)

    first, second = inked(render_labels(job))

    assert {label_of(box, "5160") for box in first} == {27, 28, 29}
    assert {label_of(box, "5160") for box in second} == {0, 1, 2}
    assert (job.sheets, job.next_start) == (2, 4)


def test_a_shift_moves_every_label() -> None:
    plain, moved = (
        inked(render_labels(a_job("L7160", shift=one)))[0] for one in (NO_SHIFT, Shift(1.5, -0.5))
    )

    for before, after in zip(plain, moved, strict=True):
        assert (after[0] - before[0]) / PT == pytest.approx(1.5, abs=0.01)
        assert (after[1] - before[1]) / PT == pytest.approx(-0.5, abs=0.01)


def test_a_label_says_what_clashes_and_nothing_else_of_the_baby() -> None:
    (text,) = words_of(render_labels(a_job("5163")))

    for words in ("L-0031", "for Inès", "Sep 10 – Nov 4, 2026", "CLASH: dairy · ask: soy"):
        assert words in text
    (nothing,) = words_of(render_labels(a_job("5163", label=a_label(clashes=Clashes()))))
    assert "CLASH" not in nothing
    assert "ask" not in nothing
    (unasked,) = words_of(render_labels(a_job("5163", label=a_label(clashes=Clashes(), foods_unasked=True))))
    assert "Foods to avoid: ask the family" in unasked


@pytest.mark.parametrize("start", [0, 31, -1])
def test_a_sheet_has_no_other_labels(start: int) -> None:
    with pytest.raises(NoSuchPositionError, match="labels 1 to 30"):
        label_sheet("5160").first(start)


def test_a_sheet_nobody_knows_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(NoSuchSheetError, match="5160, 5163, L7160"):
        label_sheet("9999")
    assert label_sheet("avery l7160") is label_sheets()["L7160"]


def test_no_bag_has_no_label() -> None:
    with pytest.raises(NoLabelsError):
        checked_runs([LabelRun(a_label(), 0)])
    with pytest.raises(NoLabelsError, match="too many"):
        checked_runs([LabelRun(a_label(), 5_000)])


@given(
    st.dictionaries(
        st.sampled_from(list(CUT)),
        st.tuples(st.integers(-60, 60), st.integers(-60, 60)),
    )
)
def test_shifts_are_read_as_they_were_written(shifts: dict[str, tuple[int, int]]) -> None:
    kept = {key: Shift(right / 10, down / 10) for key, (right, down) in shifts.items()}

    assert read_shifts(written_shifts(kept)) == {key: one for key, one in kept.items() if one != NO_SHIFT}


@pytest.mark.parametrize("text", ["5160", "5160=1", "5160=1/x", "5160=9/0", "5160=nan/0"])
def test_what_is_no_shift_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text.split("=", maxsplit=1)[0]):
        read_shifts(text)
