"""Commands about who could help whom, and holding milk."""

from __future__ import annotations

from coordinator.cli import reading
from coordinator.cli.arguments.agreements import add_choices, add_letter, add_pair, add_standing
from coordinator.cli.arguments.asking import add_asking, add_messages, add_questions, add_round
from coordinator.cli.arguments.commands import Table, add_command
from coordinator.sayings import saying


def add_matching(commands: Table) -> None:
    """Add the commands about who could help whom."""
    matched = add_command(
        commands,
        "match",
        "ranking:match",
        saying("Rank who could help a family, or whom a donor’s milk or a lot would help, with reasons"),
        json=True,
    )
    matched.add_argument("code", metavar="CODE", help=str(saying("such as R-0007, D-0012 or L-0031")))
    held = add_command(commands, "hold", "matching:hold", saying("Reserve milk of a lot for a family"))
    held.add_argument("recipient", metavar="RECIPIENT", help=str(saying("such as R-0007")))
    held.add_argument("lot", metavar="LOT", help=str(saying("such as L-0012")))
    amount = held.add_mutually_exclusive_group()
    amount.add_argument(
        "--oz",
        type=reading.ounces,
        dest="volume",
        metavar="N",
        help=str(saying("ounces; else all that is free")),
    )
    amount.add_argument(
        "--ml",
        type=reading.millilitres,
        dest="volume",
        metavar="N",
        help=str(saying("the same in millilitres")),
    )
    amount.add_argument(
        "--all",
        action="store_true",
        help=str(saying("exactly what is free, in all its bags; with --from, of those dated then or later")),
    )
    held.add_argument("--bags", type=reading.count, metavar="N", help=str(saying("how many bags that is")))
    held.add_argument(
        "--from",
        dest="only_from",
        type=reading.day,
        metavar="DATE",
        help=str(saying("only bags dated then or later")),
    )
    held.add_argument(
        "--counted",
        type=reading.amount,
        metavar="N",
        help=str(
            saying(
                "ounces (or 1800mL) dated --from or later as counted, on hold or not: "
                "they become their own lot"
            )
        ),
    )
    released = add_command(
        commands, "release", "matching:release", saying("Give the milk of a hold back to be offered")
    )
    released.add_argument("hold", metavar="HOLD", help=str(saying("such as H-0003")))
    agreed = add_command(
        commands,
        "yes",
        "matching:yes",
        saying("Note a yes: of donor and family to a hold, of a driver to a pickup"),
    )
    agreed.add_argument(
        "code", metavar="HOLD", help=str(saying("such as H-0003; for a driver the pickup, such as P-0001"))
    )
    agreed.add_argument("side", choices=("donor", "family", "driver"))
    agreed.add_argument(
        "--on", type=reading.day, metavar="DATE", help=str(saying("when they said it; else today"))
    )
    add_letter(commands)
    add_choices(commands)
    add_asking(commands)
    add_questions(commands)
    add_round(commands)
    add_standing(commands)
    add_pair(commands)
    add_messages(commands)
    add_command(commands, "holds", "matching:list_holds", saying("List holds and agreements"), json=True)
    judged = add_command(
        commands,
        "verdict",
        "judging:verdict",
        saying("Say what speaks against milk for a family, by day"),
        json=True,
    )
    judged.add_argument("lot", metavar="LOT", help=str(saying("such as L-0012")))
    judged.add_argument("family", metavar="FAMILY", help=str(saying("such as R-0007")))
