"""What others wrote is shown on a terminal and never obeyed, and only one door leads there."""

import ast
import io
import json
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator import terminal
from coordinator.cli.tables import table
from tests.program_code import found_by

ORDERS = [
    *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F))),
    *"\u061c\u200e\u200f\u2066\u2067\u2068\u2069",
]
HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from(ORDERS)))
ANYTHING = st.text(st.one_of(st.characters(codec=None, categories=None), st.sampled_from(ORDERS)))


def orders_in(text: str) -> list[str]:
    return [letter for letter in text if letter in ORDERS]


def said(line: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        terminal.say(line)
        terminal.complain(line)
    return out.getvalue(), err.getvalue()


@given(HOSTILE)
def test_one_line_stays_one_line_without_a_single_order(text: str) -> None:
    for written in said(text):
        assert written.endswith("\n")
        assert orders_in(written.removesuffix("\n")) == []


@given(ANYTHING)
def test_whatever_is_said_can_be_written_in_utf_8(text: str) -> None:
    assert terminal.visible(text).encode("utf-8").decode("utf-8") == terminal.visible(text)


@given(HOSTILE)
def test_a_json_document_has_no_order_in_it_and_says_the_same(text: str) -> None:
    document = {text: [text]}

    written = terminal.escaped_json(json.dumps(document, ensure_ascii=False, indent=1))

    assert orders_in(written.replace("\n", "")) == []
    assert json.loads(written) == document


@pytest.mark.parametrize("name", ["Zoë Ueda", "شیر مادر", "חלב אם", "Nguyễn Phượng", "👩🏽‍🍼", "می\u200cشود"])
def test_letters_of_every_people_stay(name: str) -> None:
    assert said(name) == (f"{name}\n", f"{name}\n")


def test_what_was_an_order_can_be_read() -> None:
    assert terminal.visible("Ada\x1b[2J\u202elive\x7f") == "Ada<U+001B>[2J<U+202E>live<U+007F>"


def test_columns_stand_below_each_other_beside_a_name_with_orders_in_it() -> None:
    header, first, second = table(["Name", "Town"], [["A\x1b[1m", "Dover"], ["Zoë", "Kittery"]])

    assert header.index("Town") == first.index("Dover") == second.index("Kittery")


def writes_past_the_door(tree: ast.Module) -> list[int]:
    """Return the lines that reach for the terminal by themselves."""
    streams = {"sys.stdout.write", "sys.stderr.write", "sys.stdout.writelines", "sys.stderr.writelines"}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    printed = {"print", "input", "warnings.warn", "getpass.getpass"}
    return [call.lineno for call in calls if ast.unparse(call.func) in streams | printed]


@pytest.mark.parametrize("text", ["print(name)", "sys.stdout.write(name)", "if a:\n    input(name)"])
def test_the_walk_sees_who_goes_past_the_door(text: str) -> None:
    assert writes_past_the_door(ast.parse(text))


def test_nothing_reaches_the_terminal_but_by_its_door() -> None:
    assert found_by(writes_past_the_door) == {}
