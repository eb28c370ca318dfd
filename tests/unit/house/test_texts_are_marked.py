"""Every sentence of the layers without a window is marked for the catalogue, and the catalogue has it."""

import ast
import re
import string
from collections.abc import Iterator
from io import StringIO

from babel.messages.pofile import read_po

from resources._build.gather_sentences import CATALOGUE, gathered
from tests.program_code import modules
from tests.unit.house.test_house import unread_by_people

SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z{]")
SQL = re.compile(
    r"(\n *)?(SELECT|UPDATE|ALTER|DROP|VACUUM|ATTACH|DETACH|BEGIN|REPEATABLE|pragma|set local)\b"
    r"|select (count|pg_)|(CHECK|UNIQUE) constraint failed|\w+ (IS NULL|>= 0)"
)
"""What speaks to a database."""

SOURCES = {"saying": (0,), "coded": (1,), "plural": (0, 1), "once_said": (0,)}
"""The functions that mark a sentence, and which of their arguments are its sources."""

PATTERN = re.compile(r"\(\?|\\b")
"""What people write, as a regular expression."""

NOT_SAID = {"Field": 2, "test_item": 1, "fail": 0}
"""Arguments nobody sees: what people call a field in their lists, and what a grammar expected."""

PROGRAMMERS = {
    "AssertionError",
    "IndexError",
    "KeyError",
    "NotImplementedError",
    "RuntimeError",
    "TypeError",
    "ValueError",
}
"""Errors that nobody reads but whoever mends the program."""

READ_NOT_SAID = (
    "coordinator/sayings.py",  # the marks themselves
    "coordinator/adapters/policies/",  # what is wrong in a file that ships: whoever mends it reads that
    "coordinator/error_trail.py",  # lines of the log
    "coordinator/db/known_people.py",  # what is stored, written as a form would, to be compared
    "coordinator/db/migrations/",  # SQL, and what a maintainer reads
    "coordinator/domain/imports/amounts.py",  # how people write amounts
    "coordinator/domain/imports/measures.py",  # and distances
    "coordinator/domain/reading/polarity.py",  # what an answer says by itself
    "coordinator/domain/imports/bare_answers.py",  # in other languages, too
    "coordinator/domain/imports/formula.py",  # and what they say of formula
    "coordinator/domain/imports/phones_and_emails.py",  # how they write that there is none
    "coordinator/domain/families/forgetting.py",  # names of columns
    "coordinator/domain/families/google_form.py",  # a script
    "coordinator/domain/imports/states.py",  # names of places
    "coordinator/domain/families/languages.py",  # what people call languages
    "coordinator/domain/places/states.py",  # names of places
    "coordinator/domain/places/short_forms.py",  # how people shorten them
    "coordinator/services/sample/week_of_work.py",  # names of made-up people and places
    "coordinator/domain/settings.py",  # a publisher
    "coordinator/domain/policies/sources.py",  # what the policy files write for a page without a date
    "coordinator/domain/facts/old_questions.py",  # words that older programs stored
    "coordinator/adapters/gazetteer/",  # SQL, and names of places
    "coordinator/adapters/map_files/mbtiles_file.py",  # SQL
    "coordinator/adapters/web/turns.py",  # SQL
    "coordinator/domain/maps/quarters.py",  # names of places
)
"""Modules and rooms whose words are SQL, or what people write and we read: nobody sees them."""


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
        elif name in NOT_SAID:
            passed.update(call.args[NOT_SAID[name] :][:1])
        elif is_log(call) or name in PROGRAMMERS:
            passed.update(part for argument in call.args for part in ast.walk(argument))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed.update(node.values)
            if node not in passed and SENTENCE.search(pattern_of(node)):
                yield from _to_people(pattern_of(node))
        elif node not in passed and isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _to_people(node.value) if SENTENCE.search(node.value) else []


def _to_people(text: str) -> list[str]:
    return [] if SQL.match(text) or PATTERN.search(text) else [text]


def _stored_values(tree: ast.Module) -> set[ast.AST]:
    """Return the values of enumerations, which are stored and compared; what is shown of them is a saying."""
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    enums = (one for one in classes if any(ast.unparse(base).endswith("Enum") for base in one.bases))
    return {node.value for one in enums for node in one.body if isinstance(node, ast.Assign)}


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
        if not path.startswith(READ_NOT_SAID)
    }

    assert {path: texts for path, texts in found.items() if texts} == {}


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


def test_no_marked_source_is_missed_by_the_catalogue() -> None:
    """Babel loses a call in which two others stand."""
    catalogue = read_po(StringIO(CATALOGUE.read_text("utf-8")))
    ids = (message.id for message in catalogue)
    known = {one for found in ids for one in ([found] if isinstance(found, str) else found)}
    marked = [
        call.args[place]
        for _, tree in modules("coordinator")
        for call, name in calls(tree)
        for place in SOURCES.get(name, ())
        if place < len(call.args)
    ]

    assert {one.value for one in marked if isinstance(one, ast.Constant)} - known == set()
