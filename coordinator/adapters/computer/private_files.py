"""Writing a file that carries names and addresses."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coordinator import open_networks

if TYPE_CHECKING:
    from pathlib import Path


def write_privately(path: Path, content: bytes) -> None:
    """Write *content*, whole or not at all, so that only this user can read it.

    Raises:
        NetworkFileError: If a file of an open network stands there.
        OSError: If it cannot be written there; what stood there before is unharmed.
    """
    open_networks.refuse(path)
    beside = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
