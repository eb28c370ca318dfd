"""A pickup sheet of 40 stops against the same words and fonts as a plain reportlab table of Paragraphs.

    python -m tests.benchmarks.bench_sheet

The rival is what one would write first: one table row per stop, one Paragraph per line, the fonts chosen by
the same runs; no QR code, no map, no boxes to tick. Ours may take 1.3 times as long without QR code and map,
twice as long with them. Our caches of line breaks and widths are emptied before each sheet, as a sheet
printed from the command line meets them; the fonts are loaded for both.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from io import BytesIO
from unittest.mock import patch
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from coordinator.adapters.pdf import fonts, render_pickup_sheet
from coordinator.adapters.pdf.paper import MARGIN
from coordinator.adapters.pdf.text import wrap
from coordinator.domain.paper.sheets import PickupSheet, SheetStop
from tests.benchmarks.ratio import exit_code, median_ratio, options
from tests.sheet_builders import a_long_run

MOST_BARE, MOST_WITH_ALL = 1.3, 2.0
NAMES = ("Zoë", "محمد", "Nguyễn Thị", "王小明", "Олександра", "שרה")


def a_run(stops_on_it: int) -> PickupSheet:
    """Return stops with names in six scripts."""
    sheet = a_long_run(stops_on_it)
    stops = [replace(stop, first_name=NAMES[stop.number % len(NAMES)]) for stop in sheet.stops]
    return replace(sheet, stops=tuple(stops))


def words_of(stop: SheetStop) -> list[tuple[str, float]]:
    """Return the lines our sheet prints for *stop*, with their size."""
    lots = [f"{lot.lot_code} {lot.bags} bags {lot.volume.oz:.0f} oz counted bags oz" for lot in stop.lots]
    return [
        (f"{stop.kind.value.upper()} {stop.first_name} 9:05–9:20 am", 14),
        (", ".join(stop.address_lines), 14),
        (f"{stop.phone} (call)", 14),
        (f"For the driver: {stop.driver_note}", 11),
        *((line, 10.5) for line in lots),
        (
            "hard frozen ice crystals: to freezer (sources differ) thawed: to fridge, 24 h, never refreeze",
            10.5,
        ),
        ("arrived : into freezer : received by left behind / notes", 10.5),
    ]


def plain_table(sheet: PickupSheet) -> bytes:
    """Return the rival's PDF."""
    rows = [
        [str(stop.number), [Paragraph(marked_up(text), style(size)) for text, size in words_of(stop)]]
        for stop in sheet.stops
    ]
    phones = " · ".join(f"{stop.number} {stop.first_name} {stop.phone}" for stop in sheet.stops)
    table = Table(rows, colWidths=[40, LETTER[0] - 2 * MARGIN - 40], repeatRows=0)
    table.setStyle(
        TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    buffer = BytesIO()
    template = SimpleDocTemplate(
        buffer, pagesize=LETTER, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN
    )
    template.build([Paragraph(marked_up(phones), style(10.5)), table])
    return buffer.getvalue()


def marked_up(text: str) -> str:
    """Return *text* with its fonts, as a Paragraph reads it."""
    return "".join(f'<font name="{run.font}">{escape(run.text)}</font>' for run in fonts.runs(text))


def style(size: float) -> ParagraphStyle:
    """Return the style of a line of that size."""
    return ParagraphStyle("line", fontName="NotoSans-Regular", fontSize=size, leading=size * 1.32)


def forget_lines() -> None:
    """Empty what a fresh program would not have in memory."""
    for cached in (wrap, fonts.runs, fonts.width_at_one_point):
        cached.cache_clear()


def main(words: list[str] | None = None) -> int:
    """Print both ratios; 0 if both are within what is allowed."""
    asked = options(__doc__, words, stops=(40, 3), rounds=(7, 1))
    full = a_run(asked.stops)
    bare = replace(full, stops=tuple(replace(stop, position=None) for stop in full.stops))

    def rival() -> bytes:
        forget_lines()
        return plain_table(full)

    def ours(sheet: PickupSheet) -> bytes:
        forget_lines()
        return render_pickup_sheet(sheet)

    with patch("coordinator.adapters.pdf.header.draw_qr"):
        without = 1 / median_ratio(rival, lambda: ours(bare), asked.rounds)
    with_all = 1 / median_ratio(rival, lambda: ours(full), asked.rounds)
    print(
        f"{asked.stops} stops without QR code and map: {without:.2f} of a plain table (at most {MOST_BARE})"
    )
    print(f"{asked.stops} stops with everything: {with_all:.2f} of a plain table (at most {MOST_WITH_ALL})")
    return exit_code(asked, without <= MOST_BARE, with_all <= MOST_WITH_ALL)


if __name__ == "__main__":
    sys.exit(main())
