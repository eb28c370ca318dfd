"""Commands about what both sides are told, chose and agreed on, and about pairs."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser
from pathlib import Path

from coordinator.cli import reading
from coordinator.cli.arguments.commands import Table, add_command, add_common, add_group
from coordinator.sayings import saying


def add_letter(commands: Table) -> None:
    """Add the command that writes what a side is told."""
    letter = add_command(
        commands, "letter", "letters:letter", saying("Show what one side of a hold is told before its yes")
    )
    letter.add_argument("hold", metavar="HOLD", help=str(saying("such as H-0003")))
    letter.add_argument(
        "--to", choices=("donor", "family"), required=True, help=str(saying("who reads the letter"))
    )
    letter.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=str(saying("the PDF or text file to write"))
    )


def add_choices(commands: Table) -> None:
    """Add the commands about what each side chose."""
    chose = add_command(
        commands, "choice", "choices:choice", saying("Record what one side of a hold chose, once it was told")
    )
    chose.add_argument("hold", metavar="HOLD", help=str(saying("such as H-0003")))
    chose.add_argument("--side", choices=("donor", "family"), required=True, help=str(saying("who chose")))
    what = chose.add_mutually_exclusive_group(required=True)
    for word, kind, about in (
        ("--yes", "yes", saying("it wants to")),
        ("--no", "no", saying("it does not want to; the milk is free")),
        ("--withdraw", "withdrew", saying("it takes its yes back for good; the milk is free")),
    ):
        what.add_argument(word, action="store_const", dest="kind", const=kind, help=str(about))
    chose.add_argument(
        "--how", choices=("spoken", "written", "signed"), help=str(saying("how it said so; else spoken"))
    )
    chose.add_argument("--by", metavar="NAME", help=str(saying("who chose; else its first name")))
    chose.add_argument("--on", type=reading.day, metavar="DATE", help=str(saying("when; else today")))
    chose.add_argument(
        "--told-on",
        type=reading.day,
        metavar="DATE",
        help=str(saying("when it was told what the other side disclosed; else the same day")),
    )
    chose.add_argument(
        "--heats", choices=("yes", "no"), help=str(saying("whether the family pasteurises the milk at home"))
    )
    chose.add_argument(
        "--attach", metavar="FILE", type=Path, help=str(saying("a signed paper: PDF, PNG or JPEG"))
    )
    listed = add_command(
        commands, "choices", "choices:choices", saying("List what each side chose, or write it"), json=True
    )
    listed.add_argument("family", metavar="FAMILY", nargs="?", help=str(saying("such as D-0007; else all")))
    listed.add_argument("-o", "--output", metavar="FILE", type=Path, help=str(saying("CSV or XLSX to write")))


def add_pair(commands: Table) -> None:
    """Add the commands about two families who share."""
    pair = add_command(
        commands,
        "pair",
        "pair:pair",
        saying("Show what passed between a donor and a family, and when the next pickup is due"),
        json=True,
    )
    pair.add_argument("donor", metavar="DONOR", help=str(saying("such as D-0041")))
    pair.add_argument("recipient", metavar="RECIPIENT", help=str(saying("such as R-0007")))
    pair.add_argument("--note", metavar="TEXT", default="", help=str(saying("a note, for your eyes")))
    pair.add_argument("--lent", type=reading.whole, metavar="N", help=str(saying("so many things were lent")))
    pair.add_argument(
        "--thing",
        choices=("cooler", "bag", "other"),
        default="cooler",
        help=str(saying("what was lent; else coolers")),
    )
    pair.add_argument(
        "--by",
        choices=("donor", "family", "others"),
        default="others",
        help=str(saying("who lends; empty bags by the family are given to the donor for hers")),
    )
    pair.add_argument("--whose", metavar="TEXT", default="", help=str(saying("whose they are, or a note")))
    pair.add_argument(
        "--back", type=reading.whole, metavar="NUMBER", help=str(saying("what has this number came back"))
    )
    pair.add_argument("--on", type=reading.day, metavar="DATE", help=str(saying("on which day; else today")))
    pair.add_argument(
        "--pause", metavar="WHY", help=str(saying("propose no milk for the two until it is resumed"))
    )
    pair.add_argument("--resume", metavar="WHY", help=str(saying("let the two share again, and say why")))
    pair.add_argument(
        "--card", metavar="FILE", type=Path, help=str(saying("write a card of thanks to the donor as a PDF"))
    )
    pair.add_argument("--codes", action="store_true", help=str(saying("on the card: codes, not first names")))
    pair.add_argument(
        "--gentle", action="store_true", help=str(saying("on the card: quiet words, for who has lost a baby"))
    )
    after = add_command(
        commands,
        "asked-after",
        "pair:asked_after",
        saying("Note how it went with the milk a family got; an answer that worries pauses the pair"),
    )
    after.add_argument("family", metavar="FAMILY", help=str(saying("such as R-0007")))
    after.add_argument("--text", action="store_true", help=str(saying("show what to ask, and note nothing")))
    after.add_argument(
        "--donor", metavar="DONOR", default="", help=str(saying("about her milk alone, such as D-0041"))
    )
    after.add_argument(
        "--tolerated", choices=("yes", "no"), default="", help=str(saying("whether the baby takes it well"))
    )
    after.add_argument(
        "--taste",
        choices=("fine", "soapy", "refused"),
        default="",
        help=str(saying("what was said of its taste")),
    )
    after.add_argument(
        "--signs",
        choices=("none", "rash", "other", "both"),
        default="",
        help=str(saying("whether anything was seen on the baby")),
    )
    after.add_argument(
        "--words", default="", metavar="TEXT", help=str(saying("what the family said, for your eyes"))
    )
    after.add_argument(
        "--on", type=reading.day, metavar="DATE", help=str(saying("when it was asked; else today"))
    )


def add_standing(commands: Table) -> None:
    """Add the commands about pairs that agreed once."""
    standing = add_group(commands, "standing", saying("Pairs that agreed once, and each next day of theirs"))
    add_common(standing, default=SUPPRESS)
    actions = standing.add_subparsers(dest="action", metavar="ACTION", required=True)
    add_command(
        actions,
        "list",
        "standing:listed",
        saying("List the pairs with their next days and the milk"),
        json=True,
    )
    add = add_command(actions, "add", "standing:add", saying("Note what a donor and a family agreed on"))
    add.add_argument("donor", metavar="DONOR", help=str(saying("such as D-0041")))
    add.add_argument("recipient", metavar="RECIPIENT", help=str(saying("such as R-0007")))
    _add_agreed(add, is_new=True)
    change = add_command(actions, "change", "standing:change", saying("Change what a pair agreed on"))
    change.add_argument("code", metavar="PAIR", help=str(saying("such as S-0001")))
    _add_agreed(change, is_new=False)
    for name, about in (
        ("hold", saying("Hold the milk of one day, so that both are asked")),
        ("yes", saying("Note that both said yes to one day; its milk is held and agreed")),
        ("skip", saying("Leave one day out; the rhythm goes on")),
        ("text", saying("Print the one question about one day, to paste")),
    ):
        one = add_command(actions, name, f"standing:{name}", about)
        one.add_argument("code", metavar="PAIR", help=str(saying("such as S-0001")))
        one.add_argument(
            "--on", type=reading.day, metavar="DATE", help=str(saying("which of its days; else the next"))
        )
        if name == "text":
            one.add_argument("side", choices=("donor", "family"))
        elif name == "skip":
            one.add_argument("--back", action="store_true", help=str(saying("ask about that day again")))
        else:
            help_ = str(saying("though it is not ready: what is to be asked was said"))
            one.add_argument("--all-the-same", action="store_true", help=help_)
    for name, about in (
        ("pause", saying("Propose nothing for a pair until it goes on")),
        ("resume", saying("Let a paused pair go on")),
        ("end", saying("End a pair; what is held stays held")),
    ):
        one = add_command(actions, name, f"standing:{name}", about)
        one.add_argument("code", metavar="PAIR", help=str(saying("such as S-0001")))


def _add_agreed(to: ArgumentParser, *, is_new: bool) -> None:
    to.add_argument(
        "--oz",
        type=reading.amount,
        dest="volume",
        metavar="N",
        required=is_new,
        help=str(saying("ounces (or 750mL) a day")),
    )
    to.add_argument("--a-pickup", action="store_true", help=str(saying("that much a pickup, not a day")))
    to.add_argument(
        "--every",
        metavar="WORDS",
        required=is_new,
        help=str(saying("such as “every other Saturday”, “first Friday of the month”")),
    )
    to.add_argument("--first", type=reading.day, metavar="DATE", help=str(saying("from when on; else today")))
    to.add_argument("--until", type=reading.day, metavar="DATE", help=str(saying("its last day; else none")))
