"""Commands about questions, calls and messages."""

from __future__ import annotations

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command
from coordinator.sayings import saying


def add_asking(commands: Table) -> None:
    """Add the commands that note who was asked."""
    asked = add_command(
        commands,
        "asked",
        "asking:asked",
        saying("Note that a side was asked about a hold, or a family after the milk it got"),
    )
    asked.add_argument(
        "code", metavar="HOLD", help=str(saying("such as H-0003; after its milk the family, such as R-0007"))
    )
    asked.add_argument("side", choices=("donor", "family"), nargs="?", help=str(saying("who was asked")))
    asked.add_argument(
        "--by", choices=("phone", "message"), default="phone", help=str(saying("how; else by phone"))
    )
    asked.add_argument(
        "--on", type=reading.day, metavar="DATE", help=str(saying("when they were asked; else today"))
    )
    asked.add_argument(
        "--words",
        default="",
        metavar="TEXT",
        help=str(saying("what a family said of its milk, for your eyes")),
    )


def add_questions(commands: Table) -> None:
    """Add the commands about what is asked at all."""
    asked = add_command(
        commands,
        "questions",
        "asking:questions",
        saying("List what is asked, how often; stop asking something, or ask it again"),
        json=True,
    )
    change = asked.add_mutually_exclusive_group()
    change.add_argument(
        "--off", metavar="TOPIC", default="", help=str(saying("take these questions off every list"))
    )
    change.add_argument("--on", metavar="TOPIC", default="", help=str(saying("ask them again")))


def add_round(commands: Table) -> None:
    """Add the command for the minutes she has."""
    ring = add_command(
        commands,
        "round",
        "rounds:ring_round",
        saying("List whom to ring in the minutes you have; alone: how the open round stands"),
        json=True,
    )
    ring.add_argument(
        "--minutes", metavar="MINUTES", type=int, help=str(saying("how long you have, such as 40"))
    )
    ring.add_argument(
        "--at", type=reading.clock, metavar="HH:MM", help=str(saying("when you begin; else now"))
    )
    change = ring.add_mutually_exclusive_group()
    change.add_argument("--start", action="store_true", help=str(saying("make it the round that is open")))
    change.add_argument("--end", action="store_true", help=str(saying("end the round that is open")))


def add_messages(commands: Table) -> None:
    """Add the commands that write and read messages."""
    ask = add_command(
        commands, "ask", "messages:ask", saying("Show what is open of a family, as it is asked"), json=True
    )
    ask.add_argument("family", metavar="FAMILY", help=str(saying("such as D-0007")))
    ask.add_argument("--message", action="store_true", help=str(saying("the whole message, to paste")))
    ask.add_argument(
        "--sent",
        action="store_true",
        help=str(saying("note that it was sent; a reply is read by its numbers")),
    )
    ask.add_argument(
        "--by", choices=("text", "email", "pasted"), default="pasted", help=str(saying("how it was sent"))
    )
    reply = add_command(
        commands, "reply", "messages:reply", saying("Show how a family's reply is understood"), json=True
    )
    reply.add_argument("family", metavar="FAMILY", help=str(saying("such as D-0007")))
    reply.add_argument(
        "file", metavar="FILE", help=str(saying("the reply as text; - is what is typed or piped in"))
    )
    reply.add_argument(
        "--accept", action="store_true", help=str(saying("keep what is in no doubt; undo takes it back"))
    )
