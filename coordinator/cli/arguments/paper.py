"""Commands that write paper and files to take along."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command
from coordinator.domain.paper.privacy import USUAL
from coordinator.sayings import saying


def add_paper(commands: Table) -> None:
    """Add the commands that write files to print or take along."""
    sheet = add_command(commands, "sheet", "paper:sheet", saying("Write the sheet of a pickup as PDF"))
    sheet.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    schedule = add_command(
        commands, "schedule", "paper:schedule", saying("Write the schedule of a week as PDF")
    )
    schedule.add_argument(
        "week", metavar="WEEK", type=reading.week, help=str(saying("a day of it, or 2026-W48"))
    )
    drawn = add_command(
        commands, "map", "paper:draw_map", saying("Write a map of the region as PDF, codes only")
    )
    drawn.add_argument(
        "--recipient",
        metavar="RECIPIENT",
        help=str(saying("only this family, such as R-0007, and who could help it")),
    )
    for command in (sheet, _add_set(commands), schedule, drawn, _add_labels(commands)):
        command.add_argument(
            "-o", "--output", metavar="FILE", type=Path, required=True, help=str(saying("the PDF to write"))
        )
    _add_take_along(commands)
    _add_calendar(commands).add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help=str(saying("the file to write"))
    )


def _add_take_along(commands: Table) -> None:
    along = add_command(
        commands, "take-along", "paper:take_along_of", saying("Show what its driver takes along on a phone")
    )
    along.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    what = along.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--text",
        action="store_true",
        help=str(saying("the run as a text to paste to the driver alone: it has streets and phones")),
    )
    what.add_argument(
        "--map-link",
        action="store_true",
        help=str(
            saying("links that open a phone’s map with the stops in order; opening one sends it the places")
        ),
    )


def _add_set(commands: Table) -> ArgumentParser:
    made = add_command(
        commands, "set", "paper:printed_set", saying("Write all papers of a pickup as one PDF, labels apart")
    )
    made.add_argument("pickup", metavar="PICKUP", nargs="?", help=str(saying("such as P-0001")))
    made.add_argument(
        "--day",
        metavar="DATE",
        type=reading.day,
        help=str(saying("all pickups of this day, with a page for the coordinator on top")),
    )
    add_parts(made)
    return made


def add_parts(made: ArgumentParser) -> None:
    """Add which parts of a set are printed, and on how many sides."""
    made.add_argument(
        "--parts",
        metavar="PARTS",
        type=reading.parts,
        default=USUAL,
        help=str(saying("which, such as sheet,tags,slips,receipts (the usual ones), cards, copy; or all")),
    )
    made.add_argument(
        "--both-sides", action="store_true", help=str(saying("for paper printed on both sides"))
    )


def _add_calendar(commands: Table) -> ArgumentParser:
    calendar = add_command(
        commands, "calendar", "paper:calendar", saying("Write a driver’s runs as a calendar file (.ics)")
    )
    calendar.add_argument("driver", metavar="DRIVER", help=str(saying("such as V-0001")))
    return calendar


def _add_labels(commands: Table) -> ArgumentParser:
    labels = add_command(
        commands, "labels", "labels:labels", saying("Write labels for bags as PDF, on a sheet of labels")
    )
    labels.add_argument(
        "codes",
        metavar="LOT",
        nargs="*",
        help=str(saying("such as L-0012; or a pickup, such as P-0001, for all that travels with it")),
    )
    labels.add_argument(
        "--sheet", metavar="SHEET", default="5160", help=str(saying("5160, 5163 (Letter) or L7160 (A4)"))
    )
    labels.add_argument(
        "--start",
        type=reading.count,
        metavar="N",
        default=1,
        help=str(saying("the first label that is left on a used sheet, by rows from the upper left")),
    )
    labels.add_argument(
        "--count", type=reading.count, metavar="N", help=str(saying("so many of each; else one for each bag"))
    )
    labels.add_argument(
        "--level",
        choices=("driver", "family", "coordinator"),
        default="family",
        help=str(saying("who reads them: a driver’s show no days and no foods")),
    )
    labels.add_argument(
        "--calibrate",
        metavar="SHEET",
        default="",
        help=str(saying("write the page that shows how far the printer shifts this sheet")),
    )
    labels.add_argument(
        "--shift",
        type=reading.shift,
        metavar="RIGHT,DOWN",
        help=str(saying("remember that shift of --sheet, in millimetres: --shift=-1.5,0.5")),
    )
    return labels
