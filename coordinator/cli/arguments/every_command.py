"""The parser of all commands."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter

from coordinator.cli import reading
from coordinator.cli.arguments.backups import add_backups
from coordinator.cli.arguments.commands import add_common
from coordinator.cli.arguments.coolers import add_coolers
from coordinator.cli.arguments.families import add_families
from coordinator.cli.arguments.history import add_history
from coordinator.cli.arguments.lists import add_lists
from coordinator.cli.arguments.matching import add_matching
from coordinator.cli.arguments.on_the_day import add_fates
from coordinator.cli.arguments.paper import add_paper
from coordinator.cli.arguments.pickups import add_day, add_pickups
from coordinator.cli.arguments.plan import add_plan
from coordinator.sayings import saying

_EPILOG = saying(
    "Exit codes: 0 done; 1 something you can mend, said in one sentence; 2 unknown words.\n"
    "Every command takes --database and --today before or after its name.\n"
    'The keys of every --json are listed in README.md, "The command line".\n'
)


def parser() -> ArgumentParser:
    """Return the parser of all commands."""
    top: ArgumentParser = reading.PlainParser(
        prog="milkrun",
        description=str(
            saying("Milk Run: coordinate a milk-sharing network. Without a command it opens its window.")
        ),
        epilog=str(_EPILOG),
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_common(top, default=None)
    top.add_argument("--version", action=reading.ShowVersion)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    add_lists(commands)
    add_matching(commands)
    add_plan(commands)
    add_pickups(commands)
    add_day(commands)
    add_fates(commands)
    add_coolers(commands)
    add_paper(commands)
    add_families(commands)
    add_history(commands)
    add_backups(commands)
    return top
