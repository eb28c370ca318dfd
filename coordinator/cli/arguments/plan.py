"""Commands about the network's plan."""

from __future__ import annotations

from pathlib import Path

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command
from coordinator.sayings import saying


def add_plan(commands: Table) -> None:
    """Add the command of the network's plan."""
    planned = add_command(
        commands,
        "plan",
        "plan:plan",
        saying("Propose who gets which milk in the next weeks, and whom to ring for it"),
        json=True,
    )
    planned.add_argument(
        "accept",
        nargs="*",
        metavar="ID",
        help=str(
            saying("after “accept”, what was proposed, such as L-0021:R-0003:57: all of it is held, or none")
        ),
    )
    planned.add_argument(
        "--skip-refused",
        action="store_true",
        help=str(saying("with “accept”: hold the others where one cannot be held")),
    )
    planned.add_argument(
        "--pin",
        "--resize",
        action="append",
        default=[],
        metavar="ID",
        help=str(saying("keep this, as much of it as it says, and plan the rest around it; again for more")),
    )
    planned.add_argument(
        "--forbid",
        action="append",
        default=[],
        metavar="ID",
        help=str(saying("plan without this, such as L-0021:R-0003; again for more")),
    )
    planned.add_argument(
        "--pdf",
        type=Path,
        metavar="FILE",
        help=str(saying("write the plan there too, on one page for the team")),
    )
    planned.add_argument(
        "--map",
        type=Path,
        metavar="FILE",
        help=str(saying("draw the plan there too, on a map by codes: a PDF of one page")),
    )
    planned.add_argument(
        "--names",
        choices=("codes", "first"),
        default="codes",
        help=str(saying("on that page: codes, or first names; else codes")),
    )
    planned.add_argument(
        "--weeks", type=reading.whole, metavar="N", help=str(saying("how far to look ahead; else 4"))
    )
    planned.add_argument(
        "--calls", type=reading.whole, default=5, metavar="N", help=str(saying("how many calls; else 5"))
    )
    planned.add_argument(
        "--minutes", type=reading.whole, metavar="N", help=str(saying("how far to drive, one way; else 75"))
    )
    planned.add_argument(
        "--priority",
        choices=("none", "youngest", "medical"),
        default="none",
        help=str(saying("whose days count more; else nobody's")),
    )
    planned.add_argument(
        "--hope",
        type=reading.share,
        metavar="SHARE",
        help=str(saying("how likely an answer is as hoped, 0 to 1")),
    )
