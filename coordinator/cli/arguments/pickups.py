"""Commands about pickups and whole days of them."""

from __future__ import annotations

from argparse import SUPPRESS
from pathlib import Path

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command, add_common, add_group
from coordinator.sayings import saying


def add_pickups(commands: Table) -> None:
    """Add the commands about one pickup."""
    about = saying("Plan who carries which milk when")
    pickup = add_group(commands, "pickup", about)
    add_common(pickup, default=SUPPRESS)
    actions = pickup.add_subparsers(dest="action", metavar="ACTION", required=True)
    new = add_command(actions, "new", "pickups:new", saying("Plan a pickup for one or more holds"))
    new.add_argument("holds", metavar="HOLD", nargs="+", help=str(saying("such as H-0003")))
    new.add_argument(
        "--kind",
        choices=tuple(reading.PICKUP_KINDS),
        help=str(saying("else run with a driver, meet with a place")),
    )
    new.add_argument(
        "--on", type=reading.day, metavar="DATE", help=str(saying("the day; else the next Saturday"))
    )
    new.add_argument("--at", type=reading.clock, metavar="HH:MM", help=str(saying("when it starts")))
    new.add_argument("--driver", metavar="DRIVER", help=str(saying("who carries, such as V-0002")))
    new.add_argument("--place", default="", help=str(saying("where both meet")))
    new.add_argument(
        "--propose",
        action="store_true",
        help=str(saying("plan nothing; say when they are free and who could drive")),
    )
    add = add_command(actions, "add", "pickups:add", saying("Let another hold travel with a pickup"))
    add.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    add.add_argument("holds", metavar="HOLD", nargs="+", help=str(saying("such as H-0003")))
    along = add_command(actions, "along", "pickups:along", saying("Note who comes along on a run"))
    along.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    who = along.add_mutually_exclusive_group(required=True)
    who.add_argument("driver", metavar="DRIVER", nargs="?", default="", help=str(saying("such as V-0002")))
    who.add_argument("--nobody", action="store_true", help=str(saying("nobody comes along any more")))
    show = add_command(
        actions, "show", "pickups:show", saying("Show the stops, times and missing yeses"), json=True
    )
    show.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    settle = add_command(actions, "settle", "pickups:settle", saying("Write down what was handed over"))
    settle.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    settle.add_argument(
        "outcomes",
        metavar="HOLD=OZ",
        nargs="*",
        type=reading.outcome,
        help=str(
            saying(
                "what differed: H-0003=96 (or 2840mL) came, H-0003=nobody was home; all else went as planned"
            )
        ),
    )
    settle.add_argument(
        "--odometer",
        metavar=("START", "END"),
        nargs=2,
        type=reading.odometer,
        help=str(saying("what it showed before and after the run, in the unit of the settings")),
    )
    settle.add_argument(
        "--sure",
        action="store_true",
        help=str(saying("the odometer is right though it is far from the plan")),
    )
    settle.add_argument(
        "--again",
        action="store_true",
        help=str(saying("it is settled: correct what was written down; all else stays as it is")),
    )


def add_day(commands: Table) -> None:
    """Add the commands about a whole day."""
    about = saying("Plan a whole day: who drives which agreed milk when")
    day = add_group(commands, "day", about)
    add_common(day, default=SUPPRESS)
    actions = day.add_subparsers(dest="action", metavar="ACTION", required=True)
    plan = add_command(
        actions, "plan", "day:plan", saying("Plan the runs of a day; nothing is kept"), json=True
    )
    plan.add_argument(
        "--accept", action="store_true", help=str(saying("make pickups of the runs; one undo takes all back"))
    )
    plan.add_argument(
        "--overrule",
        metavar="NOTE",
        help=str(saying("why runs that break a rule may be made all the same; kept with them")),
    )
    plan.add_argument(
        "--collects",
        metavar="HOLD",
        nargs="+",
        help=str(saying("holds that their families fetch themselves, such as H-0003")),
    )
    show = add_command(actions, "show", "day:show", saying("Show the pickups of a day"), json=True)
    printed = add_command(
        actions, "print", "day:print_day", saying("Write the sheets of a day's pickups as one PDF")
    )
    for command in (plan, show, printed):
        command.add_argument(
            "day", metavar="DATE", type=reading.day, help=str(saying("the day, such as 2026-11-28"))
        )
    printed.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help=str(saying("the PDF to write"))
    )
