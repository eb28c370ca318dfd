"""Every text of the window is marked for Qt's translator, and lupdate finds it where Qt will look for it."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.lupdate import gather
from tests.program_code import found_by, modules
from tests.unit.house.test_house import unread_by_people
from tests.unit.house.test_texts_are_marked import PROGRAMMERS, SENTENCE, calls, is_log, pattern_of

MARKS = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}
"""What marks a text, and which of its arguments the text is."""

NOT_SAID = (
    re.compile(r"Milk Run( — \{\})?"),  # the name of the program
    re.compile(r"[dMy, ]+"),  # patterns of dates
    re.compile(r"month first|on hold|window \{\}"),  # codes of the layers below
    re.compile(r"\{\}\{\} is missing\.|set by|birth date"),  # sentences of theirs that are looked for
)
"""What nobody reads as a sentence of ours."""

SAID_BY_NAME = {"ui/translation.py", "ui/widgets/tables/columns.py", "ui/families/own_fields.py"}
"""The helper itself, and titles of columns and labels of fields, which are marked where they are written."""

MOVED = {"names.translate", "painter.translate"}
"""Namesakes that move a picture or change letters."""

Mark = tuple[str, str]
"""The context of a text and the text."""


def unmarked(tree: ast.Module) -> list[str]:
    """Return what reads like a sentence and has no mark."""
    passed = unread_by_people(tree)
    for call, name in calls(tree):
        if name in MARKS:
            passed.update(call.args)
        elif is_log(call) or name in {*PROGRAMMERS, "OSError"}:
            passed.update(part for argument in call.args for part in ast.walk(argument))
    sentences = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed.update(node.values)
            sentences += [pattern_of(node)] if node not in passed else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in passed:
            sentences.append(node.value)
    return [text for text in sentences if SENTENCE.search(text) and not _is_unsaid(text)]


def _is_unsaid(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in NOT_SAID)


def out_of_reach(tree: ast.Module) -> list[str]:
    """Return the marks that lupdate or Qt would not find: in an f-string, of another object, by a name."""
    formatted = {
        part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    tables = {ast.unparse(call.args[0]) for call, name in calls(tree) if name == "QT_TRANSLATE_NOOP"}
    found = []
    for call, name in calls(tree):
        if name not in MARKS or ast.unparse(call.func) in MOVED:
            continue
        owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        is_ours = owner == ("self" if name == "tr" else "") and call not in formatted
        is_written = all(isinstance(argument, ast.Constant) for argument in call.args[: MARKS[name] + 1])
        is_of_a_table = name == "translate" and ast.unparse(call.args[0]) in tables
        found += [] if is_ours and (is_written or is_of_a_table) else [ast.unparse(call)]
    return found


def glued(tree: ast.Module) -> list[str]:
    """Return marked texts that are added to others or made to be, or leave their number to Qt.

    Qt puts numbers in for ``%n`` and needs a language file for English too: "1 bag" and "{count} bags" are
    two whole sentences here.
    """
    sums = [
        side
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Add)
        for side in ([node.left, node.right] if isinstance(node, ast.BinOp) else [node.value])
    ]
    marked = [ast.unparse(side) for side in sums if isinstance(side, ast.Call) and "tr" in _names_of(side)]
    pieces = [text for _, text in marks_of(tree) if text.strip(" ,;") != text or "%n" in text]
    return marked + pieces


def _names_of(call: ast.Call) -> set[str]:
    """Return ``tr`` for a call of a mark, also with its fields put in."""
    inner = call.func.value if isinstance(call.func, ast.Attribute) and call.func.attr == "format" else call
    if not isinstance(inner, ast.Call):
        return set()
    called = inner.func.id if isinstance(inner.func, ast.Name) else getattr(inner.func, "attr", "")
    return {"tr"} if called in MARKS else set()


def marks_of(tree: ast.AST, name: str = "") -> Iterator[Mark]:
    """Yield every marked text with the context Qt asks for: in a class its own *name*."""
    for node in ast.iter_child_nodes(tree):
        yield from marks_of(node, node.name if isinstance(node, ast.ClassDef) else name)
    if isinstance(tree, ast.Call):
        called = tree.func.id if isinstance(tree.func, ast.Name) else getattr(tree.func, "attr", "")
        if called == "tr":
            yield from ((name, str(text.value)) for text in tree.args[:1] if isinstance(text, ast.Constant))
        elif called in MARKS:
            yield from _mark(tree, 1)


def _mark(call: ast.Call, place: int) -> list[Mark]:
    written = [argument.value for argument in call.args[: place + 1] if isinstance(argument, ast.Constant)]
    return [(str(written[0]), str(written[1]))] if len(written) > place else []


def found_by_lupdate(ts: Path) -> set[Mark]:
    """Return what lupdate gathers from the window into *ts*."""
    return {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in gather(ts).iter("context")
        for message in context.iter("message")
    }


def test_what_breaks_the_rules_is_seen() -> None:
    tree = ast.parse(
        'self.tr("To ask")\nx = "Not a fit"\ny = f"eats {food} now"\nform.tr("A")\nf"{self.tr(\'B\')}"\n'
        'self.tr(words)\ntext += self.tr("C")\n" and " + translate("D", "E {f}").format(f=1)\nself.tr(" g")'
    )

    assert unmarked(tree) == ["Not a fit", "eats {} now"]
    assert out_of_reach(tree) == ["form.tr('A')", "self.tr(words)", "self.tr('B')"]
    assert glued(tree) == ["self.tr('C')", "translate('D', 'E {f}').format(f=1)", " g"]


def test_every_sentence_of_the_window_is_marked() -> None:
    assert found_by(unmarked, "ui") == {}


def test_every_mark_is_within_reach_of_lupdate_and_qt() -> None:
    found = found_by(out_of_reach, "ui")

    assert {path: marks for path, marks in found.items() if path not in SAID_BY_NAME} == {}


def test_no_sentence_is_glued_from_pieces() -> None:
    assert found_by(glued, "ui") == {}


def test_lupdate_finds_every_text_under_the_context_qt_asks_for(tmp_path: Path) -> None:
    marked = set(chain.from_iterable(marks_of(tree) for _, tree in modules("ui")))

    assert len(marked) > 1000
    assert found_by_lupdate(tmp_path / "window.ts") == marked
