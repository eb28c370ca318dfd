"""The house rules that no other tool keeps."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.program_code import HOUSE, found_by

ALLOWED_AT_THE_TOP = {
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "coordinator",
    "pyproject.toml",
    "resources",
    "run.py",
    "tests",
    "ui",
    "uv.lock",
}
# The program never judges a person or her milk, and never sets a price.
FORBIDDEN = re.compile(r"\b(approved|rejected|rating|prices?|safe)\b", re.IGNORECASE)


def unread_by_people(tree: ast.Module) -> set[ast.AST]:
    """Return the strings of *tree* that nobody reads: docstrings, names of Qt properties, patterns."""
    unread: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            unread.add(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_pattern = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            is_property = node.func.attr in {"property", "setProperty"}
            unread.update(node.args[:1] if is_pattern or is_property else ())
    return unread


def texts_of(tree: ast.Module) -> Iterator[str]:
    """Yield every string of *tree* that somebody reads."""
    unread = unread_by_people(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in unread:
            yield node.value


def test_the_text_finder_sees_what_the_coordinator_reads_and_nothing_else() -> None:
    tree = ast.parse(
        'def verdict():\n    """Safe."""\n    field.property("rejected")\n    return f"{name} approved"'
    )

    assert list(texts_of(tree)) == [" approved"]


def test_no_text_judges_a_mother_or_sets_a_price() -> None:
    assert found_by(lambda tree: [text for text in texts_of(tree) if FORBIDDEN.search(text)]) == {}


def test_everything_in_the_project_has_its_room() -> None:
    git = shutil.which("git")
    if git is None or not (HOUSE / ".git").exists():
        pytest.skip("what belongs to the project is only known in a clone")
    listing = subprocess.run([git, "ls-files", "-z"], cwd=HOUSE, capture_output=True, check=True, text=True)
    top = {name.split("/")[0] for name in listing.stdout.split("\0") if name}

    assert {name for name in top if not name.startswith(".")} <= ALLOWED_AT_THE_TOP
