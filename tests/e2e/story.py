"""What both stories share: the three spreadsheets, and what must be on paper and in the file in the end."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from pypdf import PdfReader

from tests.e2e.conftest import Program
from ui.donors.page import DonorsPage
from ui.pickups.page import PickupsPage

SAMPLE = Path(__file__).parents[2] / "resources" / "sample" / "seacoast"
SPREADSHEETS = ("donor_form_responses.csv", "recipient_requests.xlsx", "volunteer_drivers.csv")
ROWS = (42, 60, 8)
SURNAMES = ("Bouchard", "Chen", "Hassan", "Roy", "Whitcomb", "Xiong")
PRIVATE = (
    *SURNAMES,
    "dairy",
    "amoxicillin",
    "HTLV",
    "NICU",
    "Dog in yard",
    "replacement bags",
    "Núñez",
    "@example.org",
)


def text_of(pdf: Path) -> str:
    """Return what stands on all pages of *pdf*."""
    pages = [page.extract_text() for page in PdfReader(pdf).pages]
    return plain(" ".join(pages))


def plain(text: str) -> str:
    """Return *text* on one line, hard and narrow spaces as plain ones."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def check_family_sheet(pdf: Path) -> None:
    """The family that collects reads whom she goes to, and nothing about anybody else."""
    text = text_of(pdf)
    for words in (
        "Pickup sheet P-0001-1",
        "Sat Nov 21, 2026",
        "family collects",
        "1 5:30–5:45 pm PICK UP Oluchi (978) 555-0189",
        "196 Pine Ave, Somerville MA 02143",
        "L-0006 8 bags 32 oz",
    ):
        assert words in text, f"{words!r} is not on the sheet: {text}"
    check_nothing_private(text)
    assert "Danielle" not in text


def check_run_sheet(pdf: Path) -> None:
    """The volunteer reads four stops with streets, phones and ounces."""
    text = text_of(pdf)
    for words in (
        "Pickup sheet P-0002-1",
        "volunteer run",
        "PICK UP Freya water on the way: check the road (207) 555-0107",
        "203 High St, Stoneham MA 02180 L-0009 8 bags 40 oz for Zoë",
        "DROP Zoë (978) 555-0108 305 High Ave, Georgetown MA 01833 L-0009 8 bags 40 oz",
        (
            "120 Summer Ln, Portsmouth NH 03801 L-0027 about 60 oz in 12 bags"
            " only bags dated Aug 26 or later for Chloé"
        ),
        (
            "DROP Chloé (603) 555-0167 104 Main Ave, South Berwick ME 03908 L-0027 about 60 oz in 12 bags"
            " only bags dated Aug 26 or later"
        ),
        "Total about 100 oz in 20 bags",
    ):
        assert words in text, f"{words!r} is not on the sheet: {text}"
    check_nothing_private(text)


def check_week(pdf: Path) -> None:
    """The week is one page with every agreed hand-over."""
    text = text_of(pdf)
    assert len(PdfReader(pdf).pages) == 1
    for words in (
        "Week of Mon Nov 16, 2026 to Sun Nov 22, 2026",
        "Freya · Stoneham Zoë · Georgetown 8 40",
        "Danielle · Portsmouth Chloé · South Berwick 12 60",
        "Oluchi · Somerville Chloé · Medford 8 32",
        "3 handovers, 28 bags, 132 oz",
    ):
        assert words in text, f"{words!r} is not on the schedule: {text}"
    check_nothing_private(text)


def check_nothing_private(text: str) -> None:
    """No surname, nothing of health, none of what families wrote in their own words."""
    for words in PRIVATE:
        assert words.casefold() not in text.casefold(), f"{words!r} is on paper"


def said(program: Program) -> str:
    """Return what the window says happened last."""
    return plain(program.window.notice.text)


def states(program: Program) -> dict[str, str]:
    """Return where the pickups on screen stand, by code."""
    return {row[-1]: row[2] for row in program.page(PickupsPage).list.table.shown_rows()}


def check_milk_left(program: Program) -> None:
    """What was delivered has left its lot; what the run left behind is with its volunteer, and not free."""
    rows = program.page(DonorsPage).list.table.shown_rows()
    free = {row[0]: row[2] for row in rows if row[-1] in {"D-0006", "D-0009", "D-0027"}}
    assert free == {"Oluchi Xiong": "470", "Freya Bouchard": "188", "Danielle Roy": "844"}
