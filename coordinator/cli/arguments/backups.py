"""Commands about the file itself: new, checked, backed up, gone back."""

from __future__ import annotations

from pathlib import Path

from coordinator.cli.arguments.commands import Table, add_command, add_group
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
    _add_lock(commands)
    demo = add_command(
        commands,
        "demo",
        "demo:demo",
        saying("Do a week's work on a made-up region, into a folder"),
        network=False,
    )
    demo.add_argument("folder", metavar="FOLDER", type=Path)


def _add_lock(commands: Table) -> None:
    lock = add_group(commands, "lock", saying("Lock the network with a passphrase, or take the lock off"))
    actions = lock.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, runs, about in (
        ("set", "lock:lock_set", saying("Lock the network and its backups; asks for a passphrase")),
        ("change", "lock:change", saying("Let another passphrase open it")),
        ("off", "lock:off", saying("Take the lock off the network and its backups")),
        ("show", "lock:show", saying("Say how the network opens")),
    ):
        add_command(actions, name, runs, about, network=False)
    sheet = add_command(
        actions, "sheet", "lock:sheet", saying("Write a new recovery sheet, for a lost passphrase"),
        network=False,
    )  # fmt: skip
    sheet.add_argument("output", metavar="FILE", type=Path, help=str(saying("the PDF to write")))
