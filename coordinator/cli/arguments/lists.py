"""Commands about the lists: reading them in, showing them, placing families."""

from __future__ import annotations

from pathlib import Path

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command
from coordinator.cli.arguments.policies import add_deciding, add_policy
from coordinator.cli.arguments.recall import add_recall
from coordinator.sayings import saying


def add_lists(commands: Table) -> None:
    """Add the commands about the lists of families and lots."""
    imported = add_command(
        commands,
        "import",
        "imports:import_files",
        saying("Import spreadsheets as people filled them in"),
        json=True,
    )
    imported.add_argument("files", metavar="FILE", nargs="+", type=Path, help=str(saying("CSV or XLSX")))
    imported.add_argument(
        "--kind", choices=("donor", "recipient", "driver"), help=str(saying("whose list; else guessed"))
    )
    imported.add_argument(
        "--dry-run", action="store_true", help=str(saying("say what would happen; write nothing"))
    )
    imported.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADING=FIELD",
        help=str(saying("read that column as this field, or as none with “-”; may be given again")),
    )
    imported.add_argument("--sheet", metavar="NAME", help=str(saying("read this sheet alone")))
    _add_form(commands)
    _add_read(commands)
    again = add_command(
        commands,
        "reread",
        "rereading:reread",
        saying("List answers of forms that are read otherwise now"),
        json=True,
    )
    again.add_argument(
        "--apply", action="store_true", help=str(saying("let the new readings take the place of the old"))
    )
    add_command(commands, "today", "today:today", saying("Show what presses today"), json=True)
    add_command(
        commands,
        "promises",
        "promises:promises",
        saying("Show where each promise of milk stands"),
        json=True,
    )
    accounted = add_command(
        commands, "ledger", "ledger:ledger", saying("Show where every ounce went"), json=True
    )
    accounted.add_argument(
        "--by",
        choices=("lot", "donor", "family", "month"),
        default="lot",
        help=str(saying("add it up by this; else each lot")),
    )
    add_recall(commands)
    add_command(
        commands,
        "needs",
        "needs:needs",
        saying("Show what families need, and what is missing in the next eight weeks"),
        json=True,
    )
    for name, about in (
        ("donors", saying("List donors")),
        ("recipients", saying("List families who need milk")),
        ("lots", saying("List all milk, oldest first")),
        ("drivers", saying("List volunteers who drive")),
    ):
        listed = add_command(commands, name, f"lists:{name}", about, json=True)
        if name == "drivers":
            listed.add_argument(
                "--week",
                type=reading.week,
                metavar="WEEK",
                help=str(
                    saying("who is free on which day of it, and the milk that waits; any day, or 2026-W48")
                ),
            )
    placed = add_command(
        commands, "place", "places:place", saying("Show or set where a family is on the map")
    )
    placed.add_argument("family", metavar="FAMILY", help=str(saying("such as D-0007")))
    how = placed.add_mutually_exclusive_group()
    how.add_argument(
        "--at",
        type=reading.coordinates,
        metavar="LAT,LON",
        help=str(saying("put it there by hand: --at=43.07,-70.76")),
    )
    how.add_argument(
        "--look-up", action="store_true", help=str(saying("ask the server in the settings for its address"))
    )
    how.add_argument(
        "--choose",
        metavar="PLACE",
        default="",
        help=str(saying("which is right where town and ZIP contradict each other: town, zip, or its name")),
    )
    placed.add_argument(
        "--even-if-far", action="store_true", help=str(saying("take an answer far from its ZIP or town"))
    )
    policies = add_command(
        commands, "policies", "policies:policies", saying("List policy profiles"), json=True
    )
    policies.add_argument(
        "--compare",
        metavar="KEY",
        nargs=2,
        help=str(saying("two profiles side by side, such as community_sharing")),
    )
    add_policy(commands)
    add_deciding(commands)


def _add_form(commands: Table) -> None:
    form = add_command(
        commands,
        "form",
        "forms:form",
        saying("Make a form whose answers are read without a question: to paste, to fill in, to print"),
        network=False,
    )
    form.add_argument(
        "--to",
        metavar="FOLDER",
        type=Path,
        help=str(saying("where the files go; else the questions as text")),
    )
    form.add_argument(
        "--kind", choices=("donor", "recipient", "driver"), help=str(saying("whose form; else all three"))
    )
    form.add_argument(
        "--paper", choices=("letter", "a4"), default="letter", help=str(saying("what it is printed on"))
    )


def _add_read(commands: Table) -> None:
    read = add_command(
        commands,
        "read",
        "answering:read",
        saying("Show what is read in one answer, and what would be asked"),
        json=True,
        network=False,
    )
    read.add_argument("field", metavar="FIELD", help=str(saying("such as dairy, blood_tests or must_avoid")))
    read.add_argument("text", metavar="TEXT", help=str(saying("the answer as typed, in quotes")))
    read.add_argument(
        "--kind",
        choices=("donor", "recipient", "driver"),
        help=str(saying("whose answer; else the first asked for it")),
    )
