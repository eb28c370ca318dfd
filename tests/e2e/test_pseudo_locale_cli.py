"""Every text of the command line and on paper is marked: in a language nobody speaks no English is left."""

from __future__ import annotations

import csv
import shutil
import tomllib
from argparse import Action, ArgumentParser
from argparse import _SubParsersAction as Commands
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from coordinator.adapters.map_files.basemap import load_basemap
from coordinator.adapters.pdf.paper import MARGIN
from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.cli.arguments.every_command import parser
from coordinator.cli.json_documents import ESTIMATE
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.matching.left_out import LeftKind
from coordinator.domain.matching.weights import PartKind
from coordinator.domain.paper.take_along import MAP_HOST
from coordinator.domain.policies.rules import RULES
from coordinator.domain.suitability.asks import ANSWERED_BY
from coordinator.domain.suitability.standing import StandingKind
from tests.integration.cli.cli import CommandLine
from tests.integration.cli.test_cli_demo import first_demo_made
from tests.made_once import MadeOnce
from tests.pseudo_locale import left_in_english, speaking_it, stored_texts, values_of_the_program
from tests.seacoast import DONORS_LATER

WEIGHTS = tuple(one.key for one in load_plan_policy().printed)
RESOURCES = Path(__file__).parents[2] / "resources"

OF_ARGPARSE = (
    "usage:",
    "options:",
    "positional arguments:",
    "show this help message and exit",
    "error: argument",
    "error: the following arguments are required:",
    "invalid choice:",
    "choose from",
)
"""What the standard library says in the words of its own catalogue."""

TYPED_OR_ADDRESSED = ("soon", "set-aside", MAP_HOST)
"""What was typed and is said back, and the address of a map."""

COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "import": (("--dry-run", str(DONORS_LATER)), (str(DONORS_LATER),), ("--kind", "donor", "no.csv")),
    "form": ((), ("--kind", "donor", "--to", "forms"), ("--kind", "donor", "--to", "forms")),
    "read": (
        ("dairy", "no dairy since May 2026, some ghee"),
        ("blood_tests", "HIV neg 3/2026, HTLV?"),
        ("must_avoid", "nuts"),
        ("shoe_size", "9"),
    ),
    "reread": ((), ("--apply",)),
    "today": ((),),
    "promises": ((),),
    "ledger": ((), ("--by", "family"), ("--by", "month"), ("--json",)),
    "recall": (
        ("D-0001",),
        ("D-0001", "--from", "2026-09-01", "--to", "2026-11-20"),
        ("P-0001",),
        ("R-0001", "--json"),
        ("D-0001", "--open", "a test"),
        ("Q-0001",),
        ("Q-0001", "hold-back"),
        ("Q-0001", "ring", "D-0001", "no-answer"),
        ("Q-0001", "told", "D-0001", "set-aside", "all"),
        ("Q-0001", "told", "D-0001", "eaten", "1"),
        ("Q-0001", "script", "D-0001"),
        ("Q-0001", "close"),
        ("Q-0001", "reopen"),
        ("Q-0001", "--letters", "letters.pdf", "--scripts", "scripts.pdf", "--report", "report.pdf"),
        ("D-0001", "hold-back"),
        ("drill",),
    ),
    "holds-about": (
        ("D-0001", "-o", "D-0001.json"),
        ("D-0001", "-o", "D-0001.pdf"),
        ("D-0001", "-o", "D-0001.txt"),
    ),
    "forget": (("--due",), (), ("D-0022",), ("D-0001",), ("D-0022", "--yes", "--words-too"), ("D-0022",)),
    "recalls": ((), ("--json",)),
    "history": (("--limit", "400"), ("D-0001", "--json"), ("P-0003",), ("H-0099",)),
    "undo": (("1",), ("999",), ()),
    "redo": (("1",), ()),
    "choice": (
        ("H-0006", "--side", "donor", "--yes"),
        ("H-0006", "--side", "family", "--yes", "--on", "2030-01-01"),
        ("H-0006", "--side", "donor", "--yes", "--attach", "no.pdf"),
    ),
    "choices": ((), ("D-0001",), ("--json",)),
    "letter": (("H-0006", "--to", "donor"), ("H-0006", "--to", "family")),
    "asked": (("H-0006", "donor", "--by", "message"), ("R-0012",), ("H-0099", "donor")),
    "plan": (
        (),
        ("--calls", "0", "--priority", "youngest"),
        ("--json",),
        ("--pdf", "plan.pdf", "--names", "first", "--map", "map.pdf"),
        ("--pin", "L-0001:R-0001:5"),
        ("accept", "nothing"),
        ("accept", "nothing", "L-0001:R-0001:5", "--skip-refused"),
        ("--hope", "2"),
    ),
    "questions": ((), ("--off", "health"), ("--off", "max_miles"), ("--on", "max_miles")),
    "ask": (("D-0007",), ("D-0002", "--message", "--sent"), ("R-0012", "--json"), ("D-9999",)),
    "reply": (("D-0002", "reply.txt"), ("D-0002", "reply.txt", "--accept", "--json"), ("D-0002", "no.txt")),
    "round": (("--minutes", "40", "--at", "10:00"), ("--minutes", "40", "--start"), (), ("--minutes", "2")),
    "needs": ((), ("--json",)),
    "donors": ((), ("--json",)),
    "recipients": ((), ("--json",)),
    "lots": ((), ("--json",)),
    "drivers": ((), ("--json",), ("--week", "2026-11-28")),
    "place": (("D-0007",), ("D-0007", "--at=43.07,-70.76"), ("D-0007", "--look-up"), ("D-9999",)),
    "policies": ((), ("--json",), ("--compare", "community_sharing", "eats_on_feets")),
    "policy show": (("community_sharing",), ("community_sharing", "--json"), ("nobody",)),
    "policy same-figure": (
        ("community_sharing", "frozen_best", "--by", "Ana"),
        ("community_sharing", "room", "--by", "Ana", "--page", "https://hotpinkbraces.com/"),
        ("community_sharing", "washout", "--by", "Ana", "--page", "nowhere"),
        ("community_sharing", "questions", "--by", "Ana"),
    ),
    "policy review-sheet": (
        ("community_sharing", "-o", "review.xlsx"),
        ("community_sharing", "-o", "review.doc"),
    ),
    "policy read-review": (("review.xlsx",), ("no.xlsx",)),
    "decide": (
        (),
        ("name", "vitamin K", "--by", "Rae Finch", "--why", "our board"),
        ("name", "sertraline", "--by", "Rae Finch", "--why", "our board"),
        ("figure", "tattoo_wait", "12", "--by", "Rae Finch", "--why", "our board"),
        ("back", "99"),
    ),
    "match": (("R-0007",), ("R-0013", "--json"), ("D-0007",), ("L-0021", "--json"), ("V-0001",)),
    "hold": (
        ("R-0003", "L-0021"),
        ("R-0003", "L-0021", "--oz", "20", "--bags", "4"),
        ("R-0003", "L-0021", "--oz", "999999"),
        ("R-0003", "L-0021", "--counted", "20"),
    ),
    "release": (("H-0005",), ("H-0005",)),
    "yes": (("H-0006", "donor"), ("H-0006", "family"), ("P-0001", "driver"), ("H-0099", "donor")),
    "holds": ((), ("--json",)),
    "standing list": ((), ("--json",)),
    "standing add": (
        ("D-0001", "R-0003", "--oz", "5", "--every", "every other Saturday"),
        ("D-0001", "R-0003", "--oz", "5", "--every", "every other Saturday"),
        ("D-0002", "R-0003", "--oz", "90", "--a-pickup", "--every", "1st and last Sunday"),
        ("D-0004", "R-0003", "--oz", "5", "--every", "1"),
    ),
    "standing change": (("S-0001", "--every", "Mondays, every 3 weeks"), ("S-0001", "--oz", "0")),
    "standing hold": (("S-0001",), ("S-0001", "--all-the-same"), ("S-0001", "--on", "2026-01-01")),
    "standing text": (("S-0001", "donor"), ("S-0001", "family", "--on", "2026-12-12")),
    "standing yes": (("S-0001", "--all-the-same"), ("S-0002",)),
    "standing skip": (("S-0001",), ("S-0001", "--back"), ("S-0001", "--back", "--on", "2026-12-12")),
    "standing pause": (("S-0001",),),
    "standing resume": (("S-0001",),),
    "standing end": (("S-0001",), ("S-0001",)),
    "pair": (
        ("D-0001", "R-0003", "--note", "a word"),
        ("D-0001", "R-0003", "--lent", "6", "--whose", "friends"),
        ("D-0001", "R-0003", "--back", "1"),
        ("D-0001", "R-0003", "--pause", "rest"),
        ("D-0001", "R-0003", "--resume", "asked"),
        ("D-0001", "R-0003", "--card", "card.pdf"),
        ("D-0001", "R-0003", "--json"),
    ),
    "asked-after": (("R-0012",), ("R-0012", "--text"), ("R-0012", "--signs", "rash")),
    "verdict": (("L-0021", "R-0003"), ("L-0004", "R-0025", "--json")),
    "pickup new": (("H-0006", "--place", "Kittery"), ("H-0006", "--at", "25")),
    "pickup add": (("P-0001", "H-0006"),),
    "pickup along": (("P-0001", "V-0002"), ("P-0001", "--nobody"), ("P-0003", "V-0001")),
    "pickup show": (("P-0001",), ("P-0002", "--json"), ("P-0003",)),
    "pickup settle": (
        ("P-0003", "H-0001=nobody", "H-0002=100", "--odometer", "100", "9000"),
        ("P-0003", "H-0001=nobody", "H-0002=100", "--times", "1=10:00", "2=9:00"),
        ("P-0003", "H-0001=nobody", "H-0002=100", "--times", "1=soon"),
        ("P-0003", "H-0001=nobody", "H-0002=100", "--times", "99=9:00"),
        ("P-0003", "H-0001=nobody", "H-0002=100", "--odometer", "100", "180", "--times", "1=9:00/9:10"),
        ("P-0003",),
    ),
    "pickup notes": ((), ("--json",)),
    "pickup dealt": (("H-0001",), ("P-0099",)),
    "pickup rang": (("H-0001",), ("H-0099",)),
    "lock show": ((),),
    "lock set": ((),),
    "lock change": ((),),
    "lock off": ((),),
    "lock sheet": (("recovery.pdf",), ("no/recovery.pdf",)),
    "coolers": ((), ("--json",)),
    "cooler add": (("blue", "28"), ("red", "0"), ("grey", "48", "--of", "V-0001", "--at", "R-0001")),
    "cooler give": (("1", "V-0001"), ("99", "V-0001"), ("1", "V-0001", "--on", "2030-01-01")),
    "cooler back": (("1",), ("1", "--on", "2020-01-01")),
    "day plan": (
        ("2026-11-28",),
        ("2026-11-28", "--until", "2026-11-29"),
        ("2026-11-28", "--until", "2026-11-27"),
        ("2026-11-29", "--json"),
        ("2026-11-29", "--accept", "--collects", "H-0006"),
    ),
    "day show": (("2026-11-28",), ("2026-11-28", "--json"), ("2026-05-11",)),
    "day print": (("2026-11-28", "-o", "day.pdf"), ("2026-05-11", "-o", "none.pdf")),
    "take-along": (("P-0003", "--text"), ("P-0003", "--map-link"), ("P-0099", "--text")),
    "sheet": (("P-0001", "-o", "sheet.pdf"), ("P-0002", "-o", "sheet2.pdf"), ("P-0001", "-o", "no/x.pdf")),
    "set": (
        ("P-0003", "--parts", "all", "-o", "set.pdf"),
        ("P-0003", "--parts", "cards", "-o", "cards.pdf"),
        ("P-0003", "--parts", "9", "-o", "no.pdf"),
        ("--day", "2026-11-28", "-o", "day-set.pdf"),
        ("-o", "no.pdf"),
    ),
    "calendar": (("V-0001", "-o", "runs.ics"), ("V-0002", "-o", "none.ics"), ("V-0099", "-o", "no.ics")),
    "labels": (
        ("L-0004", "L-0012", "--start", "7", "-o", "labels.pdf"),
        ("--calibrate", "5160", "--shift=1,-0.5", "-o", "calibration.pdf"),
        ("P-0003", "--sheet", "9999", "-o", "no.pdf"),
        ("L-0004", "--start", "99", "-o", "no.pdf"),
        ("-o", "no.pdf"),
        ("L-0004", "--shift=40,0", "-o", "no.pdf"),
    ),
    "schedule": (("2026-11-23", "-o", "week.pdf"), ("2026-W20", "-o", "empty.pdf")),
    "map": (("-o", "region.pdf"), ("--recipient", "R-0003", "-o", "family.pdf")),
    "pickup cancel-stop": (("P-0003", "9"), ("P-0001", "1")),
    "pickup collects": (("P-0002", "R-0003"), ("P-0099", "R-0003")),
    "pickup again": (("H-0001",), ("H-0099",)),
    "pickup went-back": (("H-0001",), ("H-0009",)),
    "pickup let-go": (("H-0001", "--why", "enough"), ("H-0001",)),
    "pickup pass-on": (("H-0001",), ("H-0001", "R-0003"), ("H-0099", "R-0003")),
    "fate tell": (
        ("L-0021", "kept", "--amount", "4", "--bags", "1"),
        ("L-0021", "discarded", "--amount", "4"),
        ("L-0021", "referred", "--amount", "4", "--bank", "Bank"),
        ("L-0021", "lost", "--amount", "9999"),
    ),
    "fate back": (("1",), ("99",)),
    "used": (("R-0003", "spilled", "4"), ("R-0003",), ("R-0003", "--json"), ("R-0007",), ("R-0003", "fed")),
    "pickup unplanned": (
        ("R-0003", "L-0021=4/1", "--sure", "--miscounted"),
        ("R-0003", "L-0021=9999", "--sure"),
        ("R-0025", "L-0004=4"),
        ("R-0025", "L-0004=4", "--sure"),
        ("R-0003", "L-0021=4", "--on", "2030-01-01"),
    ),
    "new": ((),),
    "check": ((), ("--json",)),
    "backup": ((), ("backups",)),
    "restore": ((), ("nothing.db",)),
    "demo": (("demo",),),
}
"""Each command with words it succeeds with, and with some it does not."""

KEYS = {field.topic for role in FIELDS.values() for field in role}
"""What ``read`` calls the fields."""

PAPERS = {
    "sheet of a family": ("sheet", "P-0001"),
    "sheet of a meeting": ("sheet", "P-0002"),
    "sheet of a run": ("sheet", "P-0003"),
    "set of a run": ("set", "P-0003", "--parts", "all"),
    "sets of a day": ("day", "print", "2026-11-28", "--parts", "all", "--both-sides"),
    "labels of a run": ("labels", "P-0003", "--count", "1"),
    "calibration": ("labels", "--calibrate", "L7160"),
    "week": ("schedule", "2026-11-23"),
    "empty week": ("schedule", "2026-05-11"),
    "map of the region": ("map",),
    "map of a family": ("map", "--recipient", "R-0003"),
}


@dataclass(frozen=True)
class Command:
    """A command as the parser knows it."""

    name: str
    parser: ArgumentParser


def commands(of: ArgumentParser, name: str = "") -> Iterator[Command]:
    """Yield every command, however deep."""
    inner = [action for action in of._actions if isinstance(action, Commands)]
    if not inner:
        yield Command(name, of)
    for action in inner:
        for word, one in action.choices.items():
            yield from commands(one, f"{name} {word}".strip())


def typed_words(of: ArgumentParser) -> Iterator[str]:
    """Yield what is typed and so never translated: commands, options, their values and placeholders."""
    for action in of._actions:
        yield from action.option_strings
        yield from _placeholders(action)
        yield from map(str, action.choices or ())
        if isinstance(action, Commands):
            for one in action.choices.values():
                yield from typed_words(one)


def _placeholders(action: Action) -> Iterator[str]:
    shown = action.metavar or action.dest
    yield action.dest.upper()
    yield from (shown,) if isinstance(shown, str) else shown


@pytest.fixture(scope="module")
def demo(made_once: MadeOnce) -> Path:
    """Give the network of a week's work, made in English."""
    return first_demo_made(made_once)[0] / "sample-region.db"


@pytest.fixture
def network(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of it in a folder of its own, where the commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "backups").mkdir()
    (tmp_path / "reply.txt").write_text("1. no\n2. stopped Oct 9\n3. idk\n4. 👍", "utf-8")
    return Path(shutil.copy(demo, tmp_path / "network.db"))


def data_of(network: Path) -> set[str]:
    """Return what is no text of the program: what network, policies and vocabulary hold, and towns."""
    files = [
        *RESOURCES.glob("policies/*.toml"),
        *RESOURCES.glob("*.toml"),
        *RESOURCES.glob("words/en/*.toml"),
        *RESOURCES.glob("consent/en.toml"),
    ]
    found = stored_texts(network) | set(load_basemap().town_names)
    for file in files:
        found.update(_texts(tomllib.loads(file.read_text("utf-8"))))
    # A label of the vocabulary may begin a sentence, and a column is called as its list calls it.
    found.update(text[:1].upper() + text[1:] for text in tuple(found))
    with DONORS_LATER.open(newline="", encoding="utf-8-sig") as form:
        found.update(next(csv.reader(form)))
    return found | {str(network.parent)}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def test_every_command_is_run() -> None:
    assert sorted(COMMANDS) == sorted(one.name for one in commands(parser()))


def test_no_help_is_left_in_english() -> None:
    with speaking_it():
        top = parser()
        helps = {one.name: one.parser.format_help() for one in commands(top)} | {"": top.format_help()}
        typed = {*typed_words(top), "milkrun", *OF_ARGPARSE}

    assert {name: left for name, text in helps.items() if (left := left_in_english(text, typed))} == {}


def test_no_command_is_left_in_english(network: Path) -> None:
    milkrun = CommandLine(network)
    data = data_of(network) | {*typed_words(parser()), "milkrun", *OF_ARGPARSE, *RULES, *WEIGHTS}
    data |= {*TYPED_OR_ADDRESSED}
    shown: dict[str, str] = {}
    with speaking_it():
        for name, calls in COMMANDS.items():
            for words in calls:
                answer = milkrun(*name.split(), *words)
                out = " ".join(sentences(answer.document)) if "--json" in words else answer.out
                shown[" ".join((name, *words))] = f"{out} {answer.err}"

    assert left_over(shown, data | data_of(network)) == {}


def test_no_paper_is_left_in_english(network: Path) -> None:
    milkrun = CommandLine(network)
    with speaking_it():
        for name, words in PAPERS.items():
            milkrun.do(*words, "-o", f"{name}.pdf")

    assert left_over({name: text_of(Path(f"{name}.pdf")) for name in PAPERS}, data_of(network)) == {}


def test_longer_words_stay_between_the_margins_of_paper(network: Path) -> None:
    milkrun = CommandLine(network)
    with speaking_it():
        for name, words in PAPERS.items():
            milkrun.do(*words, "-o", f"{name}.pdf")

    beyond = {name: outside_the_margins(Path(f"{name}.pdf")) for name in PAPERS}
    assert {name: letters for name, letters in beyond.items() if letters} == {}


def sentences(document: object) -> Iterator[str]:
    """Yield the texts of a JSON document that are words; its keys and the program's values are codes."""
    kinds = (*StandingKind, *LeftKind)
    codes = {*RULES, ESTIMATE, *ANSWERED_BY, *PartKind, *(kind.name.lower() for kind in kinds)}
    yield from set(_texts(document)) - values_of_the_program() - codes


def left_over(shown: dict[str, str], data: set[str]) -> dict[str, list[str]]:
    """Return what is left in English by where it is shown."""
    keys = {
        "read shoe_size 9": KEYS,
        "form --kind donor --to forms": {"questions"},
        "verdict L-0004 R-0025 --json": {"unchecked"},
    }  # names of fields, of a file, of a rule
    left = {where: left_in_english(text, data | keys.get(where, set())) for where, text in shown.items()}
    return {where: words for where, words in left.items() if words}


def text_of(pdf: Path) -> str:
    """Return what stands on all pages of *pdf*."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def outside_the_margins(pdf: Path) -> list[str]:
    """Return the letters of *pdf* that stand beyond its margins."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [letter for page in document for letter in _outside(page)]
    finally:
        document.close()


def _outside(page: pypdfium2.PdfPage) -> Iterator[str]:
    text, (width, height) = page.get_textpage(), page.get_size()
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        is_inside = left >= MARGIN - 1 and bottom >= MARGIN - 1
        if not (is_inside and right <= width - MARGIN + 1 and top <= height - MARGIN + 1):
            yield text.get_text_range(index, 1)
