"""A PDF to a file: whole or not at all, and readable by its owner only."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from coordinator import open_networks
from coordinator.errors import UserError
from ui.translation import translate


class NotSavedError(UserError):
    """The file could not be written; nothing counts as printed."""


def save_pdf(path: Path, pdf: bytes, record: Callable[[], bytes] | None = None) -> None:
    """Write *pdf* to *path*, which is replaced only once everything is written.

    Args:
        path: Where it goes.
        pdf: What was looked at.
        record: Notes the printing and returns the paper it was noted for. It is called when the folder has
            proved to take the file, and what it returns is what is saved.

    Raises:
        NetworkFileError: If a file of an open network stands there.
        NotSavedError: If the folder or the disk refuses.
        UserError: Whatever *record* raises; the file stays as it was.
    """
    open_networks.refuse(path)
    part = path.with_name(f".{path.name}.part")
    try:
        _write(part, pdf)
        final = record() if record is not None else pdf
        if final != pdf:
            _write(part, final)
        part.replace(path)
    except OSError as error:
        words = translate(
            "Pickups", "The file cannot be written there. Choose another folder or name, then save again."
        )
        raise NotSavedError(words) from error
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, pdf: bytes) -> None:
    # The sheet has addresses on it.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pdf)
        file.flush()
        os.fsync(file.fileno())
