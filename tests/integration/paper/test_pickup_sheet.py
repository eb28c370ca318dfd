"""The pickup sheet, read back from the PDF as a driver would read it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, time
from io import BytesIO
from typing import Any

import pdfplumber
import pypdfium2
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from coordinator.adapters.pdf import page_count, render_page_png, render_pickup_sheet, render_pickup_sheets
from coordinator.adapters.pdf.paper import MARGIN
from coordinator.adapters.pdf.qr import QUIET_MODULES, draw_qr
from coordinator.domain.paper.sheets import PickupSheet
from coordinator.domain.pickups.lunch import Lunch
from coordinator.domain.pickups.plans import PickupKind, StopKind
from coordinator.domain.settings import Paper
from coordinator.domain.volume import VolumeUnit
from tests.sheet_builders import a_long_run, a_sheet, a_sheet_lot, a_sheet_stop

LONG_NAME = "Maximiliana-Alexandrine Bartholomea Quin"
LONG_STREET = "12345 North Old Commodore Barry Memorial Highway Extension, Building 14, Apartment 1207B"


def pages_of(pdf: bytes) -> list[str]:
    """Return each page's text on one line, hard spaces as plain ones."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return texts


def chars_of(pdf: bytes) -> list[tuple[Any, dict[str, Any]]]:
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [(page, char) for page in opened.pages for char in page.chars]


def assert_inside_the_margins(pdf: bytes) -> None:
    for page, char in chars_of(pdf):
        if char["text"].isspace():
            continue
        assert char["x0"] >= MARGIN - 0.5, char["text"]
        assert char["x1"] <= float(page.width) - MARGIN + 0.5, char["text"]
        assert char["top"] >= MARGIN - 3, char["text"]
        assert char["bottom"] <= float(page.height) - MARGIN + 3, char["text"]


def a_crowded_sheet() -> PickupSheet:
    lots = tuple(
        a_sheet_lot(f"L-{n:04}", only_from=date(2026, 10, 21), for_first_name=LONG_NAME) for n in range(12)
    )
    stops = [
        a_sheet_stop(
            n,
            kind,
            first_name=LONG_NAME,
            address_lines=(LONG_STREET, "Rollinsford NH 03869"),
            driver_note="Ring the third bell from the left and wait, the lift is slow. " * 4,
            lots=lots,
        )
        for n, kind in enumerate((StopKind.PICK_UP, StopKind.DROP), start=1)
    ]
    return a_sheet(*stops, carrier_first_name=LONG_NAME, network_name=f"{LONG_NAME} Milk Circle")


def test_one_sheet_tells_everything_the_driver_needs() -> None:
    text = pages_of(render_pickup_sheet(a_sheet()))[0]

    for words in (
        "Pickup sheet P-0142-1",
        "Sat Nov 28, 2026",
        "Ana",
        "leave by 8:40 am",
        "2 coolers (2 × 28 qt, yours)",
        "Nobody home? ring Maya (603) 555-0100",
        "PICK UP Zoë",
        "DROP Inès",
        "9:05–9:20 am",
        "299 Elm Ln, Rollinsford NH 03869",
        "(207) 555-0109",
        "(call)",
        "L-0031 58 bags 243 oz",
        "counted",
        "hard frozen",
        "ice crystals: to freezer (sources differ)",
        "thawed: to fridge, 24 h, never refreeze",
        "out of freezer",
        "handed over by",
        "into freezer",
        "received by",
        "left behind / notes",
        "Total 243 oz in 58 bags",
        "odometer start",
        "coolers back",
        "Confidential. Return or shred.",
        "P-0142-1 · 1 / 1",
        "up to 24 hours (CDC, unchecked)",
        "A clinician should review",
        "Community sharing, version 1.",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("count", "paper"),
    [(1, Paper.LETTER), (1, Paper.A4), (6, Paper.LETTER), (13, Paper.A4), (40, Paper.LETTER)],
)
def test_every_stop_stands_on_one_page_with_all_its_lines(count: int, paper: Paper) -> None:
    sheet = replace(a_long_run(count), paper=paper)
    pages = pages_of(render_pickup_sheet(sheet))

    for stop in sheet.stops:
        wanted = [
            f"bell-{stop.number:02}",
            *(f"{lot.lot_code} {lot.bags} bag" for lot in stop.lots),
            stop.address_lines[0],
        ]
        homes = [{number for number, text in enumerate(pages) if words in text} for words in wanted]
        assert all(len(home) == 1 for home in homes), stop.number
        assert len(set.union(*homes)) == 1, stop.number


def test_all_phones_stand_on_the_first_page() -> None:
    sheet = a_long_run(40)
    first = pages_of(render_pickup_sheet(sheet))[0]

    for stop in sheet.stops:
        assert f"{stop.number} {stop.first_name} {stop.phone}" in first


def test_every_page_says_whose_it_is_and_how_many_there_are() -> None:
    pages = pages_of(render_pickup_sheet(a_long_run(12)))

    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert "Pickup sheet P-0142-1" in text
        assert "leave by 8:40 am" in text
        assert f"{number} / {len(pages)}" in text
        assert "Confidential" in text


@pytest.mark.parametrize("paper", list(Paper))
def test_nothing_leaves_the_margins_however_long_it_is(paper: Paper) -> None:
    assert_inside_the_margins(render_pickup_sheet(replace(a_crowded_sheet(), paper=paper)))
    assert_inside_the_margins(render_pickup_sheet(replace(a_long_run(8), paper=paper)))


def test_long_words_wrap_and_none_is_lost() -> None:
    text = "".join(pages_of(render_pickup_sheet(a_crowded_sheet()))).replace(" ", "")

    for part in LONG_STREET.split(", "):  # the phone stands beside the first line
        assert all(text.count(word) >= 2 for word in part.split())
    assert text.count("onlybagsdatedOct21orlater") == 24
    assert text.count("theliftisslow.") == 8


@settings(max_examples=15)
@given(name=st.text(max_size=60), street=st.text(max_size=150), note=st.text(max_size=300))
def test_whatever_is_typed_prints_inside_the_margins(name: str, street: str, note: str) -> None:
    stop = a_sheet_stop(1, first_name=name, address_lines=(street,), driver_note=note)

    assert_inside_the_margins(render_pickup_sheet(a_sheet(stop, carrier_first_name=name)))


def test_the_note_for_the_driver_keeps_its_lines() -> None:
    note = "Side door.\n\nRing twice.\nThe dog is kind."
    pdf = render_pickup_sheet(a_sheet(a_sheet_stop(1, driver_note=note)))

    with pdfplumber.open(BytesIO(pdf)) as opened:
        lines = [line["text"] for line in opened.pages[0].extract_text_lines()]
    at = next(nth for nth, line in enumerate(lines) if "Side door." in line)
    assert [line.removeprefix("For the driver: ") for line in lines[at : at + 3]] == [
        "Side door.",
        "Ring twice.",
        "The dog is kind.",
    ]


def test_a_stop_taller_than_a_page_is_shrunk_not_cut() -> None:
    lots = tuple(a_sheet_lot(f"L-{n:04}", for_first_name=LONG_NAME) for n in range(45))
    pdf = render_pickup_sheet(a_sheet(a_sheet_stop(1, lots=lots), a_sheet_stop(2, StopKind.DROP)))

    text = " ".join(pages_of(pdf))
    assert_inside_the_margins(pdf)
    assert all(lot.lot_code in text for lot in lots)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render_pickup_sheet(a_long_run(7)) == render_pickup_sheet(a_long_run(7))


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Ngọc Ánh", "Олександра", "Ελένη", "ณัฐธิดา", "王小明", "김민수", "さくら"]
)
def test_a_name_can_be_read_back_in_its_own_script(name: str) -> None:
    text = "".join(pages_of(render_pickup_sheet(a_sheet(a_sheet_stop(1, first_name=name)))))

    assert text.replace(" ", "").count(name.replace(" ", "")) == 2  # in the phone list and at the stop


@pytest.mark.parametrize("name", ["محمد", "שרה"])
def test_a_name_written_from_the_right_stands_whole_beside_its_phone(name: str) -> None:
    pdf = render_pickup_sheet(a_sheet(a_sheet_stop(1, first_name=name)))
    turned = unicodedata.normalize("NFKC", "".join(char["text"] for _, char in chars_of(pdf)))

    assert f"1{name[::-1]}(207)555-0109" in turned.replace(" ", "")


def test_markup_in_a_name_is_printed_as_typed() -> None:
    assert (
        "PICK UP <b>A&B</b>"
        in pages_of(render_pickup_sheet(a_sheet(a_sheet_stop(first_name="<b>A&B</b>"))))[0]
    )


def test_street_phone_and_number_are_large_enough_to_read_in_a_car() -> None:
    sizes: dict[str, float] = {}
    for _, char in chars_of(render_pickup_sheet(a_sheet(a_sheet_stop(7, address_lines=("Ω Street",))))):
        sizes[char["text"]] = max(sizes.get(char["text"], 0), char["size"])

    assert sizes["Ω"] == pytest.approx(14)
    assert sizes["7"] == pytest.approx(20)
    assert sizes["9"] >= 14


def test_a_family_that_collects_has_a_line_for_its_own_freezer() -> None:
    sheet = a_sheet(a_sheet_stop(1), kind=PickupKind.FAMILY_COLLECTS)

    text = pages_of(render_pickup_sheet(sheet))[0]
    assert "family collects" in text
    assert "into freezer" in text
    assert "thawed: to fridge, 24 h, never refreeze" in text


@pytest.mark.parametrize(
    ("kind", "nobody"),
    [(PickupKind.FAMILY_COLLECTS, "Nobody home? ring Maya"), (PickupKind.MEET, "Nobody there? ring Maya")],
)
def test_a_family_rings_its_donor_when_late_and_counts_no_miles(kind: PickupKind, nobody: str) -> None:
    text = pages_of(render_pickup_sheet(a_sheet(a_sheet_stop(1), kind=kind)))[0]

    assert "Running late? ring Zoë (207) 555-0109" in text
    assert nobody in text
    assert "Total 243 oz in 58 bags" in text
    assert "odometer" not in text
    assert "coolers back" not in text


@pytest.mark.parametrize("paper", list(Paper))
def test_a_run_of_six_plain_stops_has_four_on_its_first_page(paper: Paper) -> None:
    stops = [
        a_sheet_stop(n, StopKind.DROP if n % 2 == 0 else StopKind.PICK_UP, first_name=f"Name{n}")
        for n in range(1, 7)
    ]

    first, second = pages_of(render_pickup_sheet(a_sheet(*stops, paper=paper)))

    assert [n for n in range(1, 7) if f"PICK UP Name{n}" in first or f"DROP Name{n}" in first] == [1, 2, 3, 4]
    assert "Census" in first
    assert "Total" in second


@pytest.mark.parametrize("paper", list(Paper))
def test_what_is_ticked_at_a_drop_stands_on_one_line(paper: Paper) -> None:
    with pdfplumber.open(BytesIO(render_pickup_sheet(a_sheet(paper=paper)))) as opened:
        lines = [line["text"] for line in opened.pages[0].extract_text_lines()]

    assert any("hard frozen" in line and "never refreeze" in line for line in lines)


def test_a_driver_writes_the_freezer_time_at_the_drop_only() -> None:
    assert "into freezer" not in pages_of(render_pickup_sheet(a_sheet(a_sheet_stop(1))))[0]


@pytest.mark.parametrize(("after", "order"), [(1, "zli"), (2, "zil"), (None, "lzi")])
def test_lunch_stands_between_its_stops(after: int | None, order: str) -> None:
    [text] = pages_of(render_pickup_sheet(a_sheet(lunch=Lunch(time(12, 10), 30, after=after))))

    way = text[text.index("Phones") + 60 :]
    at = {
        "z": way.index("PICK UP Zoë"),
        "l": way.index("12:10 pm lunch, 30 min"),
        "i": way.index("DROP Inès"),
    }
    assert "".join(sorted(at, key=lambda one: at[one])) == order


def test_millilitres_and_the_long_clock_are_printed_when_chosen() -> None:
    text = pages_of(render_pickup_sheet(a_sheet(unit=VolumeUnit.ML, clock_24h=True)))[0]

    assert "7,186 mL" in text
    assert "09:05–09:20" in text
    assert " oz" not in text


def test_each_run_starts_on_a_new_sheet_of_paper_printed_on_both_sides() -> None:
    pages = pages_of(render_pickup_sheets([a_sheet(), a_sheet(sheet_number="P-0143-1")]))

    assert len(pages) == 3
    assert pages[1] == ""
    assert "P-0143-1" in pages[2]


def test_no_sheets_make_no_pdf() -> None:
    with pytest.raises(ValueError, match="no sheet"):
        render_pickup_sheets([])


def test_the_map_shows_each_placed_stop_and_is_left_out_when_none_is() -> None:
    nowhere = a_sheet(*(replace(stop, position=None) for stop in a_sheet().stops))

    with_map = pages_of(render_pickup_sheet(a_sheet()))[0]
    without = pages_of(render_pickup_sheet(nowhere))[0]
    assert "Census" in with_map
    assert "Census" not in without


def test_everything_is_grey() -> None:
    document = pypdfium2.PdfDocument(render_pickup_sheet(a_sheet()))
    pixels = document[0].render(scale=1).to_numpy()
    document.close()

    assert (pixels[..., 0] == pixels[..., 1]).all()
    assert (pixels[..., 1] == pixels[..., 2]).all()
    assert pixels.min() < 30


def test_the_qr_code_is_the_one_of_the_sheet_number() -> None:
    matrix = segno.make_qr("P-0142-1", error="m").matrix
    modules = len(matrix) + 2 * QUIET_MODULES
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(modules, modules))
    draw_qr(canvas, "P-0142-1", 0, 0, modules)
    canvas.save()

    document = pypdfium2.PdfDocument(buffer.getvalue())
    dots = document[0].render(scale=5, grayscale=True).to_numpy().reshape(modules * 5, modules * 5)
    document.close()
    drawn = [
        [int(dots[row * 5 + 2, column * 5 + 2] < 128) for column in range(modules)] for row in range(modules)
    ]
    inner = [row[QUIET_MODULES:-QUIET_MODULES] for row in drawn[QUIET_MODULES:-QUIET_MODULES]]
    assert inner == [list(row) for row in matrix]


def test_a_page_becomes_a_picture_and_a_missing_page_an_error() -> None:
    pdf = render_pickup_sheet(a_sheet())

    assert page_count(pdf) == 1
    assert render_page_png(pdf, 0, 30).startswith(b"\x89PNG")
    with pytest.raises(IndexError):
        render_page_png(pdf, 1)
