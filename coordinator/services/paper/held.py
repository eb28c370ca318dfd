"""Writing what is held about a family: for its parents as a PDF, for another program as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from coordinator.adapters.pdf.held_document import render_held
from coordinator.db.database import Database
from coordinator.domain.records.held import Held
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.paper.saving import write_file
from coordinator.services.records.holds_about import holds_about
from coordinator.services.settings.values import settings

ENDINGS: Final = (".pdf", ".json")


def save_held(database: Database, code: str, target: Path, today: date) -> tuple[Path, ...]:
    """Write all that is held about the family behind *code* to *target*; return what was written.

    Args:
        database: The open network.
        code: Of any role of the family.
        target: A file that ends with ``.pdf`` or ``.json``; a folder gets both.
        today: The day on the document.

    Raises:
        NotFoundError: If there is no such family.
        UserError: If it cannot be written there, or ends otherwise.
    """
    stem = code.upper()
    targets = tuple(target / f"{stem}{ending}" for ending in ENDINGS) if target.is_dir() else (target,)
    if any(one.suffix.casefold() not in ENDINGS for one in targets):
        raise UserError(saying("Choose a file that ends with .pdf or .json, or a folder for both."))
    held = holds_about(database, code, today)
    for one in targets:
        is_pdf = one.suffix.casefold() == ".pdf"
        write_file(one, render_held(held, settings(database).paper) if is_pdf else document(held).encode())
    return targets


def document(held: Held) -> str:
    """Return *held* as a JSON document: sections, each with its entries by column."""
    told: dict[str, Any] = {
        "codes": list(held.codes),
        "name": held.name,
        "on": held.on.isoformat(),
        "sections": [
            {
                "title": str(section.title),
                "entries": [
                    {"table": one.table, **{line.key: str(line.value) for line in one.lines}}
                    for one in section.records
                ],
            }
            for section in held.sections
        ],
        "about": [str(one) for one in held.closing],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
