"""Every sentence of the layers without a window is marked for the catalogue, and the catalogue has it."""

import ast
import re
import string
from collections.abc import Iterator

from resources._build.gather_sentences import CATALOGUE, gathered
from tests.program_code import modules
from tests.unit.house.test_house import unread_by_people

SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z{]")
SQL = re.compile(
    r"(\n *)?(SELECT|UPDATE|VACUUM|BEGIN|REPEATABLE|pragma|set local)\b"
    r"|select (count|pg_)|(CHECK|UNIQUE) constraint failed|\w+ (IS NULL|>= 0)"
)
"""What speaks to a database."""

SOURCES = {"saying": (0,), "coded": (1,), "plural": (0, 1), "once_said": (0,)}
"""The functions that mark a sentence, and which of their arguments are its sources."""

HEADINGS = {"Field": 2}
"""What people call a field in their lists stands beside what the program calls it."""

PROGRAMMERS = {"TypeError", "ValueError", "AssertionError", "RuntimeError", "KeyError", "IndexError"}
PROGRAMMERS |= {"NotImplementedError"}
"""Errors that nobody reads but whoever mends the program."""

READ_NOT_SAID = (
    "coordinator/sayings.py",  # the marks themselves
    "coordinator/error_trail.py",  # lines of the log
    "coordinator/db/known_people.py",  # what is stored, written as a form would, to be compared
    "coordinator/db/migrations/",  # SQL, and what a maintainer reads
    "coordinator/adapters/gazetteer/",  # SQL, and names of places
    "coordinator/adapters/map_files/mbtiles_file.py",  # SQL
    "coordinator/adapters/web/turns.py",  # SQL
    "coordinator/domain/maps/quarters.py",  # names of places
)
"""Modules and rooms whose words are SQL, or what people write and we read: nobody sees them."""

NOT_YET: tuple[str, ...] = (
    "coordinator/adapters/policies/banks.py",
    "coordinator/adapters/policies/driving.py",
    "coordinator/adapters/policies/handling.py",
    "coordinator/adapters/policies/intake.py",
    "coordinator/adapters/policies/pickups.py",
    "coordinator/adapters/policies/policy_file.py",
    "coordinator/adapters/policies/profiles.py",
    "coordinator/adapters/spreadsheets/delimited.py",
    "coordinator/adapters/spreadsheets/raw_sheet.py",
    "coordinator/adapters/spreadsheets/spreadsheet_files.py",
    "coordinator/adapters/spreadsheets/workbooks.py",
    "coordinator/domain/imports/amounts.py",
    "coordinator/domain/imports/donor_rows.py",
    "coordinator/domain/imports/driver_rows.py",
    "coordinator/domain/imports/elsewhere.py",
    "coordinator/domain/imports/formula.py",
    "coordinator/domain/imports/health.py",
    "coordinator/domain/imports/household_rows.py",
    "coordinator/domain/imports/mention_rows.py",
    "coordinator/domain/imports/one_answer.py",
    "coordinator/domain/imports/people.py",
    "coordinator/domain/imports/planning.py",
    "coordinator/domain/imports/preview.py",
    "coordinator/domain/imports/recipient_rows.py",
    "coordinator/domain/imports/row.py",
    "coordinator/domain/imports/sheet.py",
    "coordinator/domain/imports/words.py",
    "coordinator/domain/milk/banks.py",
    "coordinator/domain/milk/needs.py",
    "coordinator/domain/milk/splitting.py",
    "coordinator/domain/reading/blood.py",
    "coordinator/domain/reading/events.py",
    "coordinator/domain/reading/foods.py",
    "coordinator/domain/reading/freezers.py",
    "coordinator/domain/reading/habits.py",
    "coordinator/domain/reading/heat.py",
    "coordinator/domain/reading/medicines.py",
    "coordinator/domain/reading/readings.py",
    "coordinator/domain/screening/call_list.py",
    "coordinator/domain/screening/checklist.py",
    "coordinator/domain/settings.py",
    "coordinator/services/families/donors.py",
    "coordinator/services/families/households.py",
    "coordinator/services/families/merged_stops.py",
    "coordinator/services/families/merging.py",
    "coordinator/services/families/recipients.py",
    "coordinator/services/families/removing.py",
    "coordinator/services/families/taking_apart.py",
    "coordinator/services/imports/importing.py",
    "coordinator/services/imports/mentioned.py",
    "coordinator/services/imports/told_answers.py",
    "coordinator/services/imports/typed_in.py",
    "coordinator/services/imports/writing_file.py",
    "coordinator/services/imports/writing_lots.py",
    "coordinator/services/imports/writing_parts.py",
    "coordinator/services/imports/writing_rows.py",
    "coordinator/services/milk/banks.py",
    "coordinator/services/milk/lots.py",
    "coordinator/services/milk/splitting.py",
    "coordinator/services/policies/profiles.py",
    "coordinator/services/sample/samples.py",
    "coordinator/services/sample/week_of_work.py",
    "coordinator/services/screening/call_list.py",
    "coordinator/services/screening/decisions.py",
    "coordinator/services/screening/facts.py",
    "coordinator/services/settings/checks.py",
    "coordinator/services/settings/tiles.py",
    "coordinator/services/settings/values.py",
    "coordinator/services/suitability/overruling.py",
)
"""Modules whose sentences are not marked yet."""


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call with the name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield node, called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


def unmarked(tree: ast.Module) -> Iterator[str]:
    """Yield what reads like a sentence and is neither marked nor only for whoever mends the program."""
    passed = unread_by_people(tree) | _stored_values(tree)
    for call, name in calls(tree):
        places = SOURCES.get(name)
        if places is not None:
            passed.update(call.args[place] for place in places if place < len(call.args))
        elif name in HEADINGS:
            passed.update(call.args[HEADINGS[name] :][:1])
        elif is_log(call) or name in PROGRAMMERS:
            passed.update(part for argument in call.args for part in ast.walk(argument))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed.update(node.values)
            if node not in passed and SENTENCE.search(pattern_of(node)):
                yield from _to_people(pattern_of(node))
        elif node not in passed and isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _to_people(node.value) if SENTENCE.search(node.value) else []


def _stored_values(tree: ast.Module) -> set[ast.AST]:
    """Return the values of enumerations, which are stored and compared; what is shown of them is a saying."""
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    enums = (one for one in classes if any(ast.unparse(base).endswith("Enum") for base in one.bases))
    return {node.value for one in enums for node in one.body if isinstance(node, ast.Assign)}


def _to_people(text: str) -> list[str]:
    return [] if SQL.match(text) else [text]


def is_log(call: ast.Call) -> bool:
    """Whether *call* writes a line of the log."""
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in {"log", "logger"}


def pattern_of(node: ast.JoinedStr) -> str:
    """Return an f-string with its values left out."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def test_a_sentence_without_a_mark_is_seen_and_a_marked_one_is_not() -> None:
    tree = ast.parse(
        'saying("Not a fit", x="no dates")\nlog.info("a log line")\n'
        'field = f"eats {food} now"\ncoded("two words", "Ask first")'
    )

    assert sorted(unmarked(tree)) == ["eats {} now", "no dates", "two words"]


def test_every_sentence_is_marked() -> None:
    found = {
        path: list(unmarked(tree))
        for path, tree in modules("coordinator")
        if not path.startswith((*READ_NOT_SAID, *NOT_YET))
    }

    assert {path: texts for path, texts in found.items() if texts} == {}


def test_nothing_waits_that_is_done() -> None:
    trees = dict(modules("coordinator"))

    assert [path for path in NOT_YET if not any(unmarked(trees[path]))] == []


def test_every_source_is_written_out_and_has_the_parameters_it_is_given() -> None:
    wrong = []
    for path, tree in modules("coordinator"):
        for call, name in calls(tree):
            places = SOURCES.get(name, ())
            if path != "coordinator/sayings.py" and not all(_fits(call, place, name) for place in places):
                wrong.append(f"{path}:{call.lineno}")

    assert wrong == []


def _fits(call: ast.Call, place: int, name: str) -> bool:
    source = call.args[place]
    if not (isinstance(source, ast.Constant) and isinstance(source.value, str)):
        return False
    named = {field for _, field, _, _ in string.Formatter().parse(source.value) if field is not None}
    given = {keyword.arg for keyword in call.keywords} | ({"n"} if name == "plural" else set())
    return name == "once_said" or (named == given if name != "plural" else named <= given)


def test_a_code_stands_for_one_sentence() -> None:
    by_code: dict[str, set[str]] = {}
    for _, tree in modules("coordinator"):
        for call, name in calls(tree):
            if name == "coded" and isinstance(call.args[0], ast.Constant):
                by_code.setdefault(str(call.args[0].value), set()).add(ast.unparse(call.args[1]))

    assert {code: sources for code, sources in by_code.items() if len(sources) > 1} == {}


def test_the_catalogue_is_what_the_program_says() -> None:
    assert CATALOGUE.read_text("utf-8") == gathered(), "run resources/_build/gather_sentences.py"
