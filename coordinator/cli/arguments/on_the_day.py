"""Commands about what goes otherwise than planned, and about milk that no family gets."""

from __future__ import annotations

from argparse import SUPPRESS

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command, add_common, add_group
from coordinator.domain.milk.fates import Fate, Used
from coordinator.sayings import saying


def add_on_the_day(actions: Table) -> None:
    """Add to the actions of a pickup what is done when it goes otherwise."""
    cancel = add_command(
        actions,
        "cancel-stop",
        "on_the_day:cancel_stop",
        saying("Cancel a stop with all the milk it was for"),
        json=True,
    )
    cancel.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    cancel.add_argument("stop", metavar="STOP", type=reading.whole, help=str(saying("its number")))
    collects = add_command(
        actions,
        "collects",
        "on_the_day:collects",
        saying("Let a family collect what a run was to bring"),
        json=True,
    )
    collects.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    collects.add_argument("family", metavar="FAMILY", help=str(saying("such as R-0007")))
    again = add_command(
        actions, "again", "on_the_day:again", saying("Hold what was left behind once more"), json=True
    )
    again.add_argument("hold", metavar="HOLD", help=str(saying("what left it behind, such as H-0003")))
    let_go = add_command(actions, "let-go", "on_the_day:let_go", saying("Let go what was left behind"))
    let_go.add_argument("hold", metavar="HOLD", help=str(saying("what left it behind, such as H-0003")))
    let_go.add_argument("--why", metavar="TEXT", default="", help=str(saying("the reason, for you only")))
    back = add_command(
        actions,
        "went-back",
        "on_the_day:went_back",
        saying("Say that what was left with the volunteer is with the donor"),
    )
    back.add_argument("hold", metavar="HOLD", help=str(saying("what left it behind, such as H-0003")))
    pass_on = add_command(
        actions,
        "pass-on",
        "on_the_day:pass_on",
        saying("Give what was left in the car to another family; without one, show who is near"),
        json=True,
    )
    pass_on.add_argument("hold", metavar="HOLD", help=str(saying("what left it behind, such as H-0003")))
    pass_on.add_argument("family", metavar="FAMILY", nargs="?", help=str(saying("such as R-0007")))
    pass_on.add_argument(
        "--amount", metavar="OZ", type=reading.amount, help=str(saying("96 or 2840mL; else all that is free"))
    )


def add_fates(commands: Table) -> None:
    """Add the commands about milk that no family got, and milk a family used."""
    about = saying("Say what became of milk that no family got")
    fate = add_group(commands, "fate", about)
    add_common(fate, default=SUPPRESS)
    actions = fate.add_subparsers(dest="action", metavar="ACTION", required=True)
    tell = add_command(actions, "tell", "fates:tell", about, json=True)
    tell.add_argument("lot", metavar="LOT", help=str(saying("such as L-0003")))
    tell.add_argument("fate", choices=[one.value for one in Fate])
    tell.add_argument(
        "--amount", metavar="OZ", type=reading.amount, help=str(saying("96 or 2840mL; else all that is free"))
    )
    tell.add_argument("--bags", metavar="N", type=reading.count, help=str(saying("how many bags")))
    tell.add_argument("--on", metavar="DATE", type=reading.day, help=str(saying("else today")))
    tell.add_argument("--why", metavar="TEXT", default="", help=str(saying("the reason, for you only")))
    tell.add_argument("--bank", metavar="NAME", default="", help=str(saying("which milk bank it went to")))
    back = add_command(actions, "back", "fates:back", saying("Take back what was told of some milk"))
    back.add_argument(
        "number",
        metavar="NUMBER",
        type=reading.whole,
        help=str(saying("as it was told, or as in ledger --json")),
    )
    used = add_command(
        commands,
        "used",
        "fates:used",
        saying("Say what a family did with milk it had, or show it"),
        json=True,
    )
    used.add_argument("family", metavar="FAMILY", help=str(saying("such as R-0007")))
    used.add_argument("how", nargs="?", choices=[one.value.replace(" ", "-") for one in Used])
    used.add_argument(
        "amount", metavar="OZ", nargs="?", type=reading.amount, help=str(saying("96 or 2840mL"))
    )
    used.add_argument("--on", metavar="DATE", type=reading.day, help=str(saying("else today")))
    used.add_argument("--note", metavar="TEXT", default="", help=str(saying("what was said of it")))
