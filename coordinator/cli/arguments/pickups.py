"""Commands about pickups and whole days of them."""

from __future__ import annotations

from argparse import SUPPRESS
from pathlib import Path

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command, add_common, add_group
from coordinator.cli.arguments.on_the_day import add_on_the_day
from coordinator.cli.arguments.paper import add_parts
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
    settle.add_argument(
        "pickup",
        metavar="PICKUP",
        help=str(saying("such as P-0001, or the number of its sheet, P-0001-2: what changed since is said")),
    )
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
        "--with-donor",
        metavar="HOLD",
        nargs="+",
        default=(),
        help=str(saying("what these left behind never left the donor, or went back there: it is free")),
    )
    settle.add_argument(
        "--with-volunteer",
        metavar="HOLD",
        nargs="+",
        default=(),
        help=str(saying("what these left behind is with the volunteer, as of a run when nothing is said")),
    )
    settle.add_argument(
        "--odometer",
        metavar=("START", "END"),
        nargs=2,
        type=reading.odometer,
        help=str(saying("what it showed before and after the run, in the unit of the settings")),
    )
    settle.add_argument(
        "--times",
        metavar="STOP=ARRIVED/FREEZER",
        nargs="+",
        default=(),
        type=reading.stop_times,
        help=str(
            saying(
                "from the sheet: 2=9:15/9:30, somebody came to stop 2 at 9:15, the milk left the freezer "
                "(at a drop went into it) at 9:30; either may be empty"
            )
        ),
    )
    settle.add_argument(
        "--times-sure",
        action="store_true",
        help=str(saying("the times are right, though one is before another")),
    )
    settle.add_argument("--sheet-note", metavar="TEXT", help=str(saying("what else the sheet says")))
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

    _add_unplanned(actions)
    add_on_the_day(actions)


def _add_unplanned(actions: Table) -> None:
    """Add the commands about milk that moved without a plan."""
    about = saying("Write down a hand-over that was not planned")
    unplanned = add_command(actions, "unplanned", "unplanned:unplanned", about, json=True)
    unplanned.add_argument("family", metavar="FAMILY", help=str(saying("who got it, such as R-0007")))
    unplanned.add_argument(
        "parts",
        metavar="LOT=OZ",
        nargs="+",
        type=reading.given_part,
        help=str(saying("what went: L-0003=96 (or 2840mL), with bags L-0003=96/24")),
    )
    unplanned.add_argument(
        "--on", type=reading.day, metavar="DATE", help=str(saying("the day it was; else today"))
    )
    unplanned.add_argument("--by", metavar="NAME", default="", help=str(saying("who signed for it")))
    unplanned.add_argument("--note", metavar="TEXT", default="", help=str(saying("what was said of it")))
    unplanned.add_argument(
        "--sure", action="store_true", help=str(saying("it was handed over, whatever is against it"))
    )
    unplanned.add_argument(
        "--miscounted", action="store_true", help=str(saying("there was more in the lot than was counted"))
    )
    add_command(
        actions, "notes", "notes:notes", saying("Show what sheets say and nobody has dealt with"), json=True
    )
    dealt = add_command(actions, "dealt", "notes:dealt", saying("Note that a note of a sheet is dealt with"))
    dealt.add_argument(
        "codes",
        metavar="CODE",
        nargs="+",
        help=str(saying("as notes name it, such as H-0003 or P-0001")),
    )
    rang = add_command(
        actions, "rang", "unplanned:rang", saying("Note that a family was rung about milk that is no fit")
    )
    rang.add_argument("hold", metavar="HOLD", help=str(saying("such as H-0003")))


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
    plan.add_argument(
        "--until",
        metavar="DATE",
        type=reading.day,
        help=str(saying("plan every day up to this one, each with what the days before left")),
    )
    show = add_command(actions, "show", "day:show", saying("Show the pickups of a day"), json=True)
    printed = add_command(
        actions, "print", "day:print_day", saying("Write all papers of a day's pickups as one PDF")
    )
    add_parts(printed)
    for command in (plan, show, printed):
        command.add_argument(
            "day", metavar="DATE", type=reading.day, help=str(saying("the day, such as 2026-11-28"))
        )
    printed.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help=str(saying("the PDF to write"))
    )
