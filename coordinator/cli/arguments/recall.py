"""The words of ``milkrun recall`` and ``recalls``."""

from __future__ import annotations

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command
from coordinator.sayings import saying


def add_recall(commands: Table) -> None:
    """Add looking, the steps of a recall that was begun, and the list of them."""
    recall = add_command(
        commands, "recall", "recall:recall", saying("Show which babies were given this milk"), json=True
    )
    recall.add_argument(
        "code",
        metavar="CODE",
        help=str(
            saying(
                "a donor, a lot, or a family: all lots of which it has milk; a recall such as Q-0001; "
                "or drill, to practise"
            )
        ),
    )
    recall.add_argument(
        "steps",
        nargs="*",
        metavar="STEP",
        help=str(
            saying(
                "of a recall: hold-back; "
                "ring R-0001 reached (no-answer, message-left, written, wrong-number); "
                "told R-0001 fed 12oz (discarded, set-aside, never-had, unknown; or all); script R-0001; "
                "close; reopen"
            )
        ),
    )
    recall.add_argument(
        "--from",
        dest="first",
        type=reading.day,
        metavar="DATE",
        help=str(saying("milk pumped on this day or later; else from the beginning")),
    )
    recall.add_argument(
        "--to",
        dest="last",
        type=reading.day,
        metavar="DATE",
        help=str(saying("milk pumped until this day; else until now")),
    )
    recall.add_argument(
        "--because",
        metavar="WORDS",
        help=str(saying("milk of the days of this answer of hers, such as amoxicillin")),
    )
    recall.add_argument(
        "--open",
        nargs="?",
        const="",
        metavar="WHY",
        help=str(saying("begin a recall of this milk; why is seen by you alone")),
    )
    recall.add_argument("--note", default="", metavar="TEXT", help=str(saying("a note to a step")))
    recall.add_argument(
        "--on", type=reading.day, metavar="DATE", help=str(saying("the day of a step; else today"))
    )
    recall.add_argument(
        "--at", type=reading.clock, metavar="TIME", help=str(saying("when somebody was rung; else now"))
    )
    recall.add_argument(
        "--letters", metavar="FILE", help=str(saying("write a letter to each home and the donor, a PDF"))
    )
    recall.add_argument(
        "--scripts", metavar="FILE", help=str(saying("write what to say to each on the telephone, a PDF"))
    )
    recall.add_argument("--report", metavar="FILE", help=str(saying("write the report, a PDF in codes")))
    recall.add_argument(
        "--names", action="store_true", help=str(saying("the report in names, with phones and notes"))
    )
    add_command(
        commands, "recalls", "recall_work:every", saying("List the recalls that were begun"), json=True
    )
