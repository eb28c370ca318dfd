"""Writing what was drawn to the file she chose."""

from __future__ import annotations

from pathlib import Path

from coordinator.adapters.computer.private_files import write_privately
from coordinator.errors import UserError
from coordinator.sayings import saying


def write_file(path: Path, content: bytes) -> None:
    """Write *content*, whole or not at all; only this user can read it.

    Raises:
        UserError: If it cannot be written there.
    """
    try:
        write_privately(path, content)
    except OSError as error:
        raise UserError(
            saying("{path} cannot be written. Choose another file or folder.", path=str(path))
        ) from error
