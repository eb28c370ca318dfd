"""The words of the command line, and which function each command runs (``module:function``)."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from argparse import _SubParsersAction as Commands  # the only name argparse has for it
from pathlib import Path
from typing import TypeAlias

from coordinator.cli import reading
from coordinator.domain.paper.privacy import USUAL
from coordinator.sayings import Saying, saying

_EPILOG = saying(
    "Exit codes: 0 done; 1 something you can mend, said in one sentence; 2 unknown words.\n"
    "Every command takes --database and --today before or after its name.\n"
    'The keys of every --json are listed in README.md, "The command line".\n'
)

Table: TypeAlias = "Commands[ArgumentParser]"


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
    _add_common(top, default=None)
    top.add_argument("--version", action=reading.ShowVersion)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_lists(commands)
    _add_matching(commands)
    _add_plan(commands)
    _add_pickups(commands)
    _add_day(commands)
    _add_paper(commands)
    _add_backups(commands)
    return top


def _add_common(to: ArgumentParser, *, default: object) -> None:
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


def _command(
    commands: Table, name: str, runs: str, about: Saying, *, json: bool = False, network: bool = True
) -> ArgumentParser:
    """Add a command that runs *runs*; its own ``--database`` and ``--today`` win over those before it."""
    made = _parser(commands, name, about)
    made.set_defaults(runs=runs, needs_network=network, json=False)
    _add_common(made, default=SUPPRESS)
    if json:
        made.add_argument("--json", action="store_true", help=str(saying("for programs: one JSON document")))
    return made


def _parser(commands: Table, name: str, about: Saying) -> ArgumentParser:
    described = str(saying("{about}.", about=about))
    made: ArgumentParser = commands.add_parser(
        name, help=str(about), description=described, allow_abbrev=False
    )
    return made


def _add_lists(commands: Table) -> None:
    imported = _command(
        commands,
        "import",
        "imports:import_files",
        saying("Import spreadsheets as people filled them in"),
        json=True,
    )
    imported.add_argument("files", metavar="FILE", nargs="+", type=Path, help=str(saying("CSV or XLSX")))
    imported.add_argument(
        "--kind", choices=("donor", "recipient", "driver"), help=str(saying("whose list; else guessed"))
    )
    imported.add_argument(
        "--dry-run", action="store_true", help=str(saying("say what would happen; write nothing"))
    )
    imported.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADING=FIELD",
        help=str(saying("read that column as this field, or as none with “-”; may be given again")),
    )
    imported.add_argument("--sheet", metavar="NAME", help=str(saying("read this sheet alone")))
    _add_form(commands)
    _add_read(commands)
    again = _command(
        commands,
        "reread",
        "rereading:reread",
        saying("List answers of forms that are read otherwise now"),
        json=True,
    )
    again.add_argument(
        "--apply", action="store_true", help=str(saying("let the new readings take the place of the old"))
    )
    _command(commands, "today", "today:today", saying("Show what presses today"), json=True)
    _command(
        commands,
        "promises",
        "promises:promises",
        saying("Show where each promise of milk stands"),
        json=True,
    )
    accounted = _command(
        commands, "ledger", "ledger:ledger", saying("Show where every ounce went"), json=True
    )
    accounted.add_argument(
        "--by",
        choices=("lot", "donor", "family", "month"),
        default="lot",
        help=str(saying("add it up by this; else each lot")),
    )
    _command(
        commands,
        "needs",
        "needs:needs",
        saying("Show what families need, and what is missing in the next eight weeks"),
        json=True,
    )
    for name, about in (
        ("donors", saying("List donors")),
        ("recipients", saying("List families who need milk")),
        ("lots", saying("List all milk, oldest first")),
        ("drivers", saying("List volunteers who drive")),
    ):
        _command(commands, name, f"lists:{name}", about, json=True)
    placed = _command(commands, "place", "places:place", saying("Show or set where a family is on the map"))
    placed.add_argument("family", metavar="FAMILY", help=str(saying("such as D-0007")))
    how = placed.add_mutually_exclusive_group()
    how.add_argument(
        "--at",
        type=reading.coordinates,
        metavar="LAT,LON",
        help=str(saying("put it there by hand: --at=43.07,-70.76")),
    )
    how.add_argument(
        "--look-up", action="store_true", help=str(saying("ask the server in the settings for its address"))
    )
    how.add_argument(
        "--choose",
        metavar="PLACE",
        default="",
        help=str(saying("which is right where town and ZIP contradict each other: town, zip, or its name")),
    )
    placed.add_argument(
        "--even-if-far", action="store_true", help=str(saying("take an answer far from its ZIP or town"))
    )
    policies = _command(commands, "policies", "policies:policies", saying("List policy profiles"), json=True)
    policies.add_argument(
        "--compare",
        metavar="KEY",
        nargs=2,
        help=str(saying("two profiles side by side, such as community_sharing")),
    )
    _add_policy(commands)
    _add_deciding(commands)


def _add_policy(commands: Table) -> None:
    about = saying("Check the values of a policy profile with their pages and a clinician")
    policy = _parser(commands, "policy", about)
    _add_common(policy, default=SUPPRESS)
    actions = policy.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = _command(
        actions,
        "show",
        "policies:show",
        saying("Show every value with its page and who checked it"),
        json=True,
    )
    same = _command(
        actions,
        "same-figure",
        "policies:same_figure",
        saying("Note that you opened a value's page today and its figure is the same"),
    )
    for command in (show, same):
        command.add_argument(
            "profile", metavar="PROFILE", help=str(saying("its key, such as community_sharing"))
        )
    sheet = _command(
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
    read = _command(
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


def _add_deciding(commands: Table) -> None:
    about = saying("Decide once for every donor: that a name needs no decision, that a figure is ours")
    decided = _command(commands, "decide", "deciding:decide", about, json=True)
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


def _add_form(commands: Table) -> None:
    form = _command(
        commands,
        "form",
        "forms:form",
        saying("Make a form whose answers are read without a question: to paste, to fill in, to print"),
        network=False,
    )
    form.add_argument(
        "--to",
        metavar="FOLDER",
        type=Path,
        help=str(saying("where the files go; else the questions as text")),
    )
    form.add_argument(
        "--kind", choices=("donor", "recipient", "driver"), help=str(saying("whose form; else all three"))
    )
    form.add_argument(
        "--paper", choices=("letter", "a4"), default="letter", help=str(saying("what it is printed on"))
    )


def _add_read(commands: Table) -> None:
    read = _command(
        commands,
        "read",
        "answering:read",
        saying("Show what is read in one answer, and what would be asked"),
        json=True,
        network=False,
    )
    read.add_argument("field", metavar="FIELD", help=str(saying("such as dairy, blood_tests or must_avoid")))
    read.add_argument("text", metavar="TEXT", help=str(saying("the answer as typed, in quotes")))
    read.add_argument(
        "--kind",
        choices=("donor", "recipient", "driver"),
        help=str(saying("whose answer; else the first asked for it")),
    )


def _add_matching(commands: Table) -> None:
    matched = _command(
        commands,
        "match",
        "ranking:match",
        saying("Rank who could help a family, or whom a donor’s milk or a lot would help, with reasons"),
        json=True,
    )
    matched.add_argument("code", metavar="CODE", help=str(saying("such as R-0007, D-0012 or L-0031")))
    held = _command(commands, "hold", "matching:hold", saying("Reserve milk of a lot for a family"))
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
    released = _command(
        commands, "release", "matching:release", saying("Give the milk of a hold back to be offered")
    )
    released.add_argument("hold", metavar="HOLD", help=str(saying("such as H-0003")))
    agreed = _command(
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
    _add_letter(commands)
    _add_choices(commands)
    _add_asking(commands)
    _add_questions(commands)
    _add_round(commands)
    _add_standing(commands)
    _add_pair(commands)
    _add_messages(commands)
    _command(commands, "holds", "matching:list_holds", saying("List holds and agreements"), json=True)
    judged = _command(
        commands,
        "verdict",
        "judging:verdict",
        saying("Say what speaks against milk for a family, by day"),
        json=True,
    )
    judged.add_argument("lot", metavar="LOT", help=str(saying("such as L-0012")))
    judged.add_argument("family", metavar="FAMILY", help=str(saying("such as R-0007")))


def _add_plan(commands: Table) -> None:
    planned = _command(
        commands,
        "plan",
        "plan:plan",
        saying("Propose who gets which milk in the next weeks, and whom to ring for it"),
        json=True,
    )
    planned.add_argument(
        "accept",
        nargs="*",
        metavar="ID",
        help=str(
            saying("after “accept”, what was proposed, such as L-0021:R-0003:57: all of it is held, or none")
        ),
    )
    planned.add_argument(
        "--skip-refused",
        action="store_true",
        help=str(saying("with “accept”: hold the others where one cannot be held")),
    )
    planned.add_argument(
        "--pin",
        "--resize",
        action="append",
        default=[],
        metavar="ID",
        help=str(saying("keep this, as much of it as it says, and plan the rest around it; again for more")),
    )
    planned.add_argument(
        "--forbid",
        action="append",
        default=[],
        metavar="ID",
        help=str(saying("plan without this, such as L-0021:R-0003; again for more")),
    )
    planned.add_argument(
        "--pdf",
        type=Path,
        metavar="FILE",
        help=str(saying("write the plan there too, on one page for the team")),
    )
    planned.add_argument(
        "--map",
        type=Path,
        metavar="FILE",
        help=str(saying("draw the plan there too, on a map by codes: a PDF of one page")),
    )
    planned.add_argument(
        "--names",
        choices=("codes", "first"),
        default="codes",
        help=str(saying("on that page: codes, or first names; else codes")),
    )
    planned.add_argument(
        "--weeks", type=reading.whole, metavar="N", help=str(saying("how far to look ahead; else 4"))
    )
    planned.add_argument(
        "--calls", type=reading.whole, default=5, metavar="N", help=str(saying("how many calls; else 5"))
    )
    planned.add_argument(
        "--minutes", type=reading.whole, metavar="N", help=str(saying("how far to drive, one way; else 75"))
    )
    planned.add_argument(
        "--priority",
        choices=("none", "youngest", "medical"),
        default="none",
        help=str(saying("whose days count more; else nobody's")),
    )
    planned.add_argument(
        "--hope",
        type=reading.share,
        metavar="SHARE",
        help=str(saying("how likely an answer is as hoped, 0 to 1")),
    )


def _add_letter(commands: Table) -> None:
    letter = _command(
        commands, "letter", "letters:letter", saying("Show what one side of a hold is told before its yes")
    )
    letter.add_argument("hold", metavar="HOLD", help=str(saying("such as H-0003")))
    letter.add_argument(
        "--to", choices=("donor", "family"), required=True, help=str(saying("who reads the letter"))
    )
    letter.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=str(saying("the PDF or text file to write"))
    )


def _add_choices(commands: Table) -> None:
    chose = _command(
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
    listed = _command(
        commands, "choices", "choices:choices", saying("List what each side chose, or write it"), json=True
    )
    listed.add_argument("family", metavar="FAMILY", nargs="?", help=str(saying("such as D-0007; else all")))
    listed.add_argument("-o", "--output", metavar="FILE", type=Path, help=str(saying("CSV or XLSX to write")))


def _add_asking(commands: Table) -> None:
    asked = _command(
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


def _add_questions(commands: Table) -> None:
    asked = _command(
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


def _add_round(commands: Table) -> None:
    ring = _command(
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


def _add_pair(commands: Table) -> None:
    pair = _command(
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
    after = _command(
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


def _add_standing(commands: Table) -> None:
    standing = _parser(commands, "standing", saying("Pairs that agreed once, and each next day of theirs"))
    _add_common(standing, default=SUPPRESS)
    actions = standing.add_subparsers(dest="action", metavar="ACTION", required=True)
    _command(
        actions,
        "list",
        "standing:listed",
        saying("List the pairs with their next days and the milk"),
        json=True,
    )
    add = _command(actions, "add", "standing:add", saying("Note what a donor and a family agreed on"))
    add.add_argument("donor", metavar="DONOR", help=str(saying("such as D-0041")))
    add.add_argument("recipient", metavar="RECIPIENT", help=str(saying("such as R-0007")))
    _add_agreed(add, is_new=True)
    change = _command(actions, "change", "standing:change", saying("Change what a pair agreed on"))
    change.add_argument("code", metavar="PAIR", help=str(saying("such as S-0001")))
    _add_agreed(change, is_new=False)
    for name, about in (
        ("hold", saying("Hold the milk of one day, so that both are asked")),
        ("yes", saying("Note that both said yes to one day; its milk is held and agreed")),
        ("skip", saying("Leave one day out; the rhythm goes on")),
        ("text", saying("Print the one question about one day, to paste")),
    ):
        one = _command(actions, name, f"standing:{name}", about)
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
        one = _command(actions, name, f"standing:{name}", about)
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


def _add_messages(commands: Table) -> None:
    ask = _command(
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
    reply = _command(
        commands, "reply", "messages:reply", saying("Show how a family's reply is understood"), json=True
    )
    reply.add_argument("family", metavar="FAMILY", help=str(saying("such as D-0007")))
    reply.add_argument(
        "file", metavar="FILE", help=str(saying("the reply as text; - is what is typed or piped in"))
    )
    reply.add_argument(
        "--accept", action="store_true", help=str(saying("keep what is in no doubt; undo takes it back"))
    )


def _add_pickups(commands: Table) -> None:
    about = saying("Plan who carries which milk when")
    pickup = _parser(commands, "pickup", about)
    _add_common(pickup, default=SUPPRESS)
    actions = pickup.add_subparsers(dest="action", metavar="ACTION", required=True)
    new = _command(actions, "new", "pickups:new", saying("Plan a pickup for one or more holds"))
    new.add_argument("holds", metavar="HOLD", nargs="+", help=str(saying("such as H-0003")))
    new.add_argument(
        "--kind",
        choices=tuple(reading.PICKUP_KINDS),
        help=str(saying("else run with a driver, meet with a place")),
    )
    new.add_argument(
        "--on", type=reading.day, metavar="DATE", help=str(saying("the day; else the next Saturday"))
    )
    new.add_argument("--at", type=reading.clock, metavar="HH:MM", help=str(saying("when it starts")))
    new.add_argument("--driver", metavar="DRIVER", help=str(saying("who carries, such as V-0002")))
    new.add_argument("--place", default="", help=str(saying("where both meet")))
    new.add_argument(
        "--propose",
        action="store_true",
        help=str(saying("plan nothing; say when they are free and who could drive")),
    )
    add = _command(actions, "add", "pickups:add", saying("Let another hold travel with a pickup"))
    add.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    add.add_argument("holds", metavar="HOLD", nargs="+", help=str(saying("such as H-0003")))
    show = _command(
        actions, "show", "pickups:show", saying("Show the stops, times and missing yeses"), json=True
    )
    show.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    settle = _command(actions, "settle", "pickups:settle", saying("Write down what was handed over"))
    settle.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    settle.add_argument(
        "outcomes",
        metavar="HOLD=OZ",
        nargs="*",
        type=reading.outcome,
        help=str(
            saying(
                "what differed: H-0003=96 (or 2840mL) came, H-0003=nobody was home; all else went as planned"
            )
        ),
    )
    settle.add_argument(
        "--odometer",
        metavar=("START", "END"),
        nargs=2,
        type=reading.odometer,
        help=str(saying("what it showed before and after the run, in the unit of the settings")),
    )
    settle.add_argument(
        "--sure",
        action="store_true",
        help=str(saying("the odometer is right though it is far from the plan")),
    )
    settle.add_argument(
        "--again",
        action="store_true",
        help=str(saying("it is settled: correct what was written down; all else stays as it is")),
    )


def _add_day(commands: Table) -> None:
    about = saying("Plan a whole day: who drives which agreed milk when")
    day = _parser(commands, "day", about)
    _add_common(day, default=SUPPRESS)
    actions = day.add_subparsers(dest="action", metavar="ACTION", required=True)
    plan = _command(actions, "plan", "day:plan", saying("Plan the runs of a day; nothing is kept"), json=True)
    plan.add_argument(
        "--accept", action="store_true", help=str(saying("make pickups of the runs; one undo takes all back"))
    )
    plan.add_argument(
        "--collects",
        metavar="HOLD",
        nargs="+",
        help=str(saying("holds that their families fetch themselves, such as H-0003")),
    )
    show = _command(actions, "show", "day:show", saying("Show the pickups of a day"), json=True)
    printed = _command(
        actions, "print", "day:print_day", saying("Write the sheets of a day's pickups as one PDF")
    )
    for command in (plan, show, printed):
        command.add_argument(
            "day", metavar="DATE", type=reading.day, help=str(saying("the day, such as 2026-11-28"))
        )
    printed.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help=str(saying("the PDF to write"))
    )


def _add_paper(commands: Table) -> None:
    sheet = _command(commands, "sheet", "paper:sheet", saying("Write the sheet of a pickup as PDF"))
    sheet.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    schedule = _command(commands, "schedule", "paper:schedule", saying("Write the schedule of a week as PDF"))
    schedule.add_argument(
        "week", metavar="WEEK", type=reading.week, help=str(saying("a day of it, or 2026-W48"))
    )
    drawn = _command(
        commands, "map", "paper:draw_map", saying("Write a map of the region as PDF, codes only")
    )
    drawn.add_argument(
        "--recipient",
        metavar="RECIPIENT",
        help=str(saying("only this family, such as R-0007, and who could help it")),
    )
    for command in (sheet, _add_set(commands), schedule, drawn, _add_labels(commands)):
        command.add_argument(
            "-o", "--output", metavar="FILE", type=Path, required=True, help=str(saying("the PDF to write"))
        )
    _add_calendar(commands).add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, help=str(saying("the file to write"))
    )


def _add_set(commands: Table) -> ArgumentParser:
    made = _command(
        commands, "set", "paper:printed_set", saying("Write all papers of a pickup as one PDF, labels apart")
    )
    made.add_argument("pickup", metavar="PICKUP", help=str(saying("such as P-0001")))
    made.add_argument(
        "--parts",
        metavar="PARTS",
        type=reading.parts,
        default=USUAL,
        help=str(saying("which, such as sheet,tags,slips,receipts (the usual ones), cards, copy; or all")),
    )
    made.add_argument(
        "--both-sides", action="store_true", help=str(saying("for paper printed on both sides"))
    )
    return made


def _add_calendar(commands: Table) -> ArgumentParser:
    calendar = _command(
        commands, "calendar", "paper:calendar", saying("Write a driver’s runs as a calendar file (.ics)")
    )
    calendar.add_argument("driver", metavar="DRIVER", help=str(saying("such as V-0001")))
    return calendar


def _add_labels(commands: Table) -> ArgumentParser:
    labels = _command(
        commands, "labels", "labels:labels", saying("Write labels for bags as PDF, on a sheet of labels")
    )
    labels.add_argument(
        "codes",
        metavar="LOT",
        nargs="*",
        help=str(saying("such as L-0012; or a pickup, such as P-0001, for all that travels with it")),
    )
    labels.add_argument(
        "--sheet", metavar="SHEET", default="5160", help=str(saying("5160, 5163 (Letter) or L7160 (A4)"))
    )
    labels.add_argument(
        "--start",
        type=reading.count,
        metavar="N",
        default=1,
        help=str(saying("the first label that is left on a used sheet, by rows from the upper left")),
    )
    labels.add_argument(
        "--count", type=reading.count, metavar="N", help=str(saying("so many of each; else one for each bag"))
    )
    labels.add_argument(
        "--level",
        choices=("driver", "family", "coordinator"),
        default="family",
        help=str(saying("who reads them: a driver’s show no days and no foods")),
    )
    labels.add_argument(
        "--calibrate",
        metavar="SHEET",
        default="",
        help=str(saying("write the page that shows how far the printer shifts this sheet")),
    )
    labels.add_argument(
        "--shift",
        type=reading.shift,
        metavar="RIGHT,DOWN",
        help=str(saying("remember that shift of --sheet, in millimetres: --shift=-1.5,0.5")),
    )
    return labels


def _add_backups(commands: Table) -> None:
    _command(
        commands,
        "new",
        "backups:new",
        saying("Make an empty network, at --database or in its usual place"),
        network=False,
    )
    _command(
        commands,
        "check",
        "backups:check",
        saying("Check the network: the file, the history, every row, every lot"),
        json=True,
        network=False,
    )
    backup = _command(commands, "backup", "backups:backup", saying("Make a checked backup"))
    backup.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        type=Path,
        help=str(saying("else the folder beside the network")),
    )
    restore = _command(
        commands, "restore", "backups:restore", saying("Go back to a backup; alone: list them"), network=False
    )
    restore.add_argument(
        "backup", metavar="BACKUP", nargs="?", type=Path, help=str(saying("a file, or a name from the list"))
    )
    demo = _command(
        commands,
        "demo",
        "demo:demo",
        saying("Do a week's work on a made-up region, into a folder"),
        network=False,
    )
    demo.add_argument("folder", metavar="FOLDER", type=Path)
