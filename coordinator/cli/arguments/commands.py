"""What every command has: its name, what it runs, where the network is and which day it is."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser
from argparse import _SubParsersAction as Commands  # the only name argparse has for it
from typing import TypeAlias

from coordinator.cli import reading
from coordinator.sayings import Saying, saying

Table: TypeAlias = "Commands[ArgumentParser]"


def add_common(to: ArgumentParser, *, default: object) -> None:
    """Add where the network is and which day it is; *default* is what a command without them has."""
    to.add_argument(
        "--database",
        metavar="URL",
        default=default,
        help=str(
            saying("the network: a file or an SQLAlchemy URL (else MILKRUN_DATABASE, else your data folder)")
        ),
    )
    to.add_argument(
        "--today",
        metavar="DATE",
        type=reading.day,
        default=default,
        help=str(saying("the day it is, such as 2026-11-21")),
    )
    to.add_argument(
        "--passphrase-fd",
        metavar="N",
        type=int,
        default=default,
        help=str(saying("read the passphrase of a locked network from this file descriptor, never a word")),
    )


def add_command(
    commands: Table, name: str, runs: str, about: Saying, *, json: bool = False, network: bool = True
) -> ArgumentParser:
    """Add a command that runs *runs*; its own ``--database`` and ``--today`` win over those before it."""
    made = add_group(commands, name, about)
    made.set_defaults(runs=runs, needs_network=network, json=False)
    add_common(made, default=SUPPRESS)
    if json:
        made.add_argument("--json", action="store_true", help=str(saying("for programs: one JSON document")))
    return made


def add_group(commands: Table, name: str, about: Saying) -> ArgumentParser:
    """Add a word that runs nothing by itself: actions follow it."""
    described = str(saying("{about}.", about=about))
    made: ArgumentParser = commands.add_parser(
        name, help=str(about), description=described, allow_abbrev=False
    )
    return made
