"""The printed set of 60 stops against the same words as plain reportlab Paragraphs.

    python -m tests.benchmarks.bench_set

The rival prints what one would write first: the run sheet as a table (``bench_sheet``), a page of Paragraphs
for each slip and each receipt and one for the tags, in the same fonts; no QR codes, no map, no boxes to tick.
Ours may take twice as long. Caches are emptied before each, as in ``bench_sheet``.
"""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import LETTER
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

from coordinator.adapters.pdf.dates_and_amounts import amount, bags, day_span, long_date
from coordinator.adapters.pdf.paper import MARGIN
from coordinator.adapters.pdf.printed_set import render_set
from tests.benchmarks.bench_sheet import a_run, forget_lines, marked_up, plain_table, style
from tests.benchmarks.ratio import exit_code, median_ratio, options
from tests.set_builders import a_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coordinator.domain.paper.parts import HandOverSlip, PrintedSet, Receipt

MOST = 2.0
_SIGNED = "handed over by collected by out of freezer : notes"


def pages_of(made: PrintedSet) -> Iterator[list[tuple[str, float]]]:
    """Yield the lines of each page after the run sheet, with their size."""
    head = [
        (made.head.sheet_number, 11.0),
        (long_date(made.head.on, made.head.paper), 13.0),
        (f"Milk Run · {made.head.network_name} Questions? ring {made.head.coordinator_name}", 9.0),
        (made.head.coordinator_phone, 9.0),
    ]
    yield [
        (f"stop {load.stop_number} {load.first_name} {load.lot_code} {bags(load.bags)}", 12.0)
        for tag in made.sheet.coolers
        for load in tag.loads
    ]
    for slip in made.slips:
        yield [("Hand-over slip", 17.0), *head, *_slip(made, slip)]
    for receipt in made.receipts:
        yield [("Receipt", 17.0), *head, *_receipt(made, receipt)]


def _slip(made: PrintedSet, slip: HandOverSlip) -> Iterator[tuple[str, float]]:
    yield slip.donor_first_name, 15
    yield f"9:05–9:20 am collected by {slip.carrier_first_name}", 13
    for lot in slip.lots:
        yield f"{lot.lot_code} {bags(lot.bags)} {amount(lot.volume, made.head.unit)}", 12
        yield "counted bags oz hard frozen ice crystals thawed", 10.5
    yield _SIGNED, 10.5
    yield "Keep this slip: the code of a lot tells which of your milk went, and when.", 9


def _receipt(made: PrintedSet, receipt: Receipt) -> Iterator[tuple[str, float]]:
    yield receipt.family_first_name, 15
    yield f"brought by {receipt.carrier_first_name}", 11
    for lot in receipt.lots:
        days = day_span(lot.expressed_from, lot.expressed_to)
        yield f"{lot.lot_code} {bags(lot.bags)} {amount(lot.volume, made.head.unit)} expressed {days}", 12
        assert lot.use_by is not None
        yield f"Use the oldest bag by {long_date(lot.use_by, made.head.paper)}", 12
        yield "counted bags into freezer : hard frozen ice crystals thawed", 10.5
    yield "received by Date", 10.5
    yield "Keeping and thawing", 13
    for line in receipt.handling:
        yield str(line.said), 11
        yield str(line.source), 7.5
    yield f"By the policy “{receipt.policy_title}”. {receipt.review}", 8
    yield "Keep this receipt: with the code of a lot you can be told if anything is found out later.", 9


def plain_set(made: PrintedSet) -> bytes:
    """Return the rival's pages, without its run sheet."""
    flow: list[Flowable] = []
    for page in pages_of(made):
        flow += [Paragraph(marked_up(text), style(size)) for text, size in page]
        flow.append(PageBreak())
    buffer = BytesIO()
    template = SimpleDocTemplate(
        buffer, pagesize=LETTER, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN
    )
    template.build(flow)
    return buffer.getvalue()


def main(words: list[str] | None = None) -> int:
    """Print the ratio; 0 if it is within what is allowed."""
    asked = options(__doc__, words, stops=(60, 3), rounds=(7, 1))
    made = a_set(a_run(asked.stops))

    def rival() -> tuple[bytes, bytes]:
        forget_lines()
        return plain_table(made.sheet), plain_set(made)

    def ours() -> bytes:
        forget_lines()
        return render_set(made)

    ratio = 1 / median_ratio(rival, ours, asked.rounds)
    print(f"the set of {asked.stops} stops: {ratio:.2f} of plain Paragraphs (at most {MOST})")
    return exit_code(asked, ratio <= MOST)


if __name__ == "__main__":
    sys.exit(main())
