"""Commands about policy profiles and what is decided for every donor."""

from __future__ import annotations

from argparse import SUPPRESS
from pathlib import Path

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command, add_common, add_group
from coordinator.sayings import saying


def add_policy(commands: Table) -> None:
    """Add the commands about one policy profile."""
    about = saying("Check the values of a policy profile with their pages and a clinician")
    policy = add_group(commands, "policy", about)
    add_common(policy, default=SUPPRESS)
    actions = policy.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = add_command(
        actions,
        "show",
        "policies:show",
        saying("Show every value with its page and who checked it"),
        json=True,
    )
    same = add_command(
        actions,
        "same-figure",
        "policies:same_figure",
        saying("Note that you opened a value's page today and its figure is the same"),
    )
    for command in (show, same):
        command.add_argument(
            "profile", metavar="PROFILE", help=str(saying("its key, such as community_sharing"))
        )
    sheet = add_command(
        actions,
        "review-sheet",
        "reviews:review_sheet",
        saying("Write a sheet for a clinician: XLSX to fill in, PDF to tick on paper"),
    )
    sheet.add_argument("profile", metavar="PROFILE", help=str(saying("its key, such as community_sharing")))
    sheet.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        required=True,
        help=str(saying("the XLSX or PDF to write")),
    )
    read = add_command(
        actions,
        "read-review",
        "reviews:read_review",
        saying("Show what a filled-in sheet would change; nothing is written without --apply"),
    )
    read.add_argument("file", metavar="FILE", type=Path, help=str(saying("the workbook that was filled in")))
    read.add_argument(
        "--apply", action="store_true", help=str(saying("take the answers in; undo takes them back"))
    )
    same.add_argument("rule", metavar="RULE", help=str(saying("the value, such as frozen_best")))
    same.add_argument("--by", metavar="NAME", required=True, help=str(saying("who opened the page")))
    same.add_argument(
        "--page", metavar="URL", default="", help=str(saying("the page; else the one that is known"))
    )


def add_deciding(commands: Table) -> None:
    """Add the command that decides once for every donor."""
    about = saying("Decide once for every donor: that a name needs no decision, that a figure is ours")
    decided = add_command(commands, "decide", "deciding:decide", about, json=True)
    decided.add_argument(
        "what",
        nargs="?",
        choices=("name", "figure", "prenatal", "back"),
        help=str(saying("what is decided; back takes one back; none lists them")),
    )
    decided.add_argument(
        "subject",
        nargs="*",
        metavar="WORDS",
        help=str(
            saying("the name; a rule and its figure, such as tattoo_wait 12; or the number of the list")
        ),
    )
    decided.add_argument("--by", metavar="NAME", help=str(saying("who decided")))
    decided.add_argument("--why", metavar="WORDS", help=str(saying("why")))
    decided.add_argument("--on", type=reading.day, metavar="DATE", help=str(saying("when; else today")))
    decided.add_argument(
        "--clinician",
        action="store_true",
        help=str(saying("whoever decided is a clinician, as for a medicine")),
    )
