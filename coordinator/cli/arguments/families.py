"""Commands about one family's own data: what we hold about it, and forgetting it."""

from __future__ import annotations

from coordinator.cli.arguments.commands import Table, add_command
from coordinator.sayings import saying


def add_families(commands: Table) -> None:
    """Add the commands about one family's own data."""
    forget = add_command(
        commands, "forget", "forget:forget", saying("Forget a family for good; alone: say what would go")
    )
    forget.add_argument(
        "code", metavar="CODE", help=str(saying("a code of the family, such as R-0012, D-0007 or V-0001"))
    )
    forget.add_argument("--yes", action="store_true", help=str(saying("do it; it cannot be undone")))
    forget.add_argument(
        "--words-too",
        action="store_true",
        help=str(saying("take its name, phones, mail and street out of others’ notes as well")),
    )
    forget.add_argument(
        "--backups",
        action="store_true",
        help=str(saying("with --yes: forget it in every backup that opens, too")),
    )
