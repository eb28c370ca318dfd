"""The sheets of labels this program knows, read from ``resources/label_sheets.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from coordinator.domain.paper.label_sheets import LabelSheet, NoSuchSheetError
from coordinator.domain.settings import Paper
from coordinator.sayings import saying

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "label_sheets.toml"
_MM = {"mm": 1.0, "in": 25.4}


@cache
def label_sheets() -> Mapping[str, LabelSheet]:
    """Return the sheets by their key, such as ``5160``, in the order of the file."""
    data = tomllib.loads(resources.files("resources").joinpath(FILE).read_text("utf-8"))
    return {key: _sheet(key, table) for key, table in data.items()}


def label_sheet(key: str) -> LabelSheet:
    """Return the sheet called *key*, as it stands on its box.

    Raises:
        NoSuchSheetError: If we do not know where its labels lie.
    """
    found = label_sheets().get(key.strip().upper().removeprefix("AVERY").strip())
    if found is None:
        known = ", ".join(label_sheets())
        raise NoSuchSheetError(
            saying("There is no sheet “{sheet}”; choose one of {known}.", sheet=key, known=known)
        )
    return found


def _sheet(key: str, table: dict[str, Any]) -> LabelSheet:
    mm = _MM[table["unit"]]
    lengths = ("width", "height", "left", "top", "step_right", "step_down", "round")
    return LabelSheet(
        key=key,
        title=table["title"],
        paper=Paper(table["paper"]),
        columns=table["columns"],
        rows=table["rows"],
        source=table["source"],
        address=table["address"],
        checked=table["checked"],
        **{f"{name}_mm": table[name] * mm for name in lengths},
    )
