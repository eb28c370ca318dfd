"""The modules of the program, for the tests that walk all of them."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

HOUSE = Path(__file__).parents[1]
Found = TypeVar("Found")


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield path and tree of every module in the folders *rooms*, or of the whole program."""
    for room in rooms or ("coordinator", "ui"):
        for path in sorted((HOUSE / room).rglob("*.py")):
            yield path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text("utf-8"))


def found_by(look: Callable[[ast.Module], Found], *rooms: str) -> dict[str, Found]:
    """Return what *look* finds, by the path of the module; modules where it finds nothing are left out."""
    looked = ((path, look(tree)) for path, tree in modules(*rooms))
    return {path: found for path, found in looked if found}
