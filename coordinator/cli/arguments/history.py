"""Commands about what was done: told in words, undone, done again."""

from __future__ import annotations

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command
from coordinator.sayings import saying


def add_history(commands: Table) -> None:
    """Add ``history``, ``undo`` and ``redo``."""
    told = add_command(
        commands, "history", "history:history", saying("Show who changed what when, in words"), json=True
    )
    told.add_argument(
        "code",
        metavar="CODE",
        nargs="?",
        default="",
        help=str(saying("a family, a lot, a hold or a pickup; else everything")),
    )
    told.add_argument(
        "--since",
        metavar="DATE",
        type=reading.day,
        help=str(saying("nothing before this day; else from the beginning")),
    )
    told.add_argument(
        "--limit",
        metavar="N",
        type=reading.number,
        default=NEWEST,
        help=str(saying("so many actions at most, the newest first; else 50")),
    )
    for name, about, which in (
        ("undo", saying("Undo an action of any day"), saying("its number in the history")),
        ("redo", saying("Do again what was undone"), saying("the number of what was undone")),
    ):
        back = add_command(commands, name, f"history:{name}", about, json=True)
        back.add_argument(
            "ids",
            metavar="ID",
            nargs="*",
            type=reading.number,
            help=str(saying("{which}; else the last one of today by command", which=which)),
        )


NEWEST = 50
"""So many actions are told by command unless somebody asks for more."""
