"""What stands in a window's title stands in the task bar, and other programs read it: no name of a person."""

from __future__ import annotations

import ast
import re

from tests.program_code import found_by

NO_PERSON = re.compile(r"\{name\}|\bname=")
OF_A_PERSON = re.compile(r"\.name\b|\bname\b|_name\b")


def titles_with_a_name(tree: ast.Module) -> list[str]:
    titles = (
        ast.unparse(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "setWindowTitle"
    )
    return [title for title in titles if OF_A_PERSON.search(NO_PERSON.sub("", title))]


def test_no_title_of_a_window_names_a_person() -> None:
    assert found_by(titles_with_a_name, "ui") == {}
    told = ast.parse("self.setWindowTitle(self.tr('Place of {name}').format(name=name or code))")
    assert titles_with_a_name(told), "the walk finds one"
