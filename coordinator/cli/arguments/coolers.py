"""Commands about the coolers that are lent about."""

from __future__ import annotations

from argparse import SUPPRESS

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command, add_common, add_group
from coordinator.sayings import saying


def add_coolers(commands: Table) -> None:
    """Add the commands about coolers."""
    about = saying("List the coolers: whose they are, and where they are now")
    add_command(commands, "coolers", "coolers:coolers", about, json=True)
    cooler = add_group(commands, "cooler", saying("Add a cooler, give it to somebody, note it as back"))
    add_common(cooler, default=SUPPRESS)
    actions = cooler.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = add_command(actions, "add", "coolers:add", saying("Add a cooler"))
    add.add_argument("name", metavar="NAME", help=str(saying("what it is called, such as “blue”")))
    add.add_argument("quarts", metavar="QUARTS", type=int, help=str(saying("its size, such as 28")))
    add.add_argument(
        "--of",
        metavar="CODE",
        default="",
        help=str(saying("whose it is, such as V-0001; else the network's")),
    )
    add.add_argument("--at", metavar="CODE", help=str(saying("who has it now; else its owner")))
    add.add_argument("--since", metavar="DATE", type=reading.day, help=str(saying("since which day")))
    give = add_command(actions, "give", "coolers:give", saying("Note who has a cooler now"))
    back = add_command(actions, "back", "coolers:back", saying("Note that a cooler is back with its owner"))
    for command in (give, back):
        command.add_argument("cooler", metavar="NUMBER", type=int, help=str(saying("its number in the list")))
    give.add_argument("to", metavar="CODE", help=str(saying("who has it, such as R-0007")))
    for command in (give, back):
        command.add_argument(
            "--on", metavar="DATE", type=reading.day, help=str(saying("on which day; else today"))
        )
