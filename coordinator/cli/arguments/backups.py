"""Commands about the file itself: new, checked, backed up, gone back."""

from __future__ import annotations

from pathlib import Path

from coordinator.cli.arguments.commands import Table, add_command
from coordinator.sayings import saying


def add_backups(commands: Table) -> None:
    """Add the commands about the file itself."""
    add_command(
        commands,
        "new",
        "backups:new",
        saying("Make an empty network, at --database or in its usual place"),
        network=False,
    )
    add_command(
        commands,
        "check",
        "backups:check",
        saying("Check the network: the file, the history, every row, every lot"),
        json=True,
        network=False,
    )
    backup = add_command(commands, "backup", "backups:backup", saying("Make a checked backup"))
    backup.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        help=str(saying("else the folder beside the network")),
    )
    restore = add_command(
        commands, "restore", "backups:restore", saying("Go back to a backup; alone: list them"), network=False
    )
    restore.add_argument(
        "backup", metavar="BACKUP", nargs="?", type=Path, help=str(saying("a file, or a name from the list"))
    )
    demo = add_command(
        commands,
        "demo",
        "demo:demo",
        saying("Do a week's work on a made-up region, into a folder"),
        network=False,
    )
    demo.add_argument("folder", metavar="FOLDER", type=Path)
