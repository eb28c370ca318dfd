"""A message somebody wrote, from a file: measured before it is opened, in whatever encoding it was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coordinator import open_networks
from coordinator.adapters.spreadsheets.encodings import decoded
from coordinator.errors import UserError
from coordinator.sayings import saying

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 1024 * 1024


def read_message(path: Path) -> str:
    """Return the text of the file at *path*.

    Raises:
        NetworkFileError: If it is a file of an open network.
        UserError: If there is no such file, it cannot be read, or is too large for a message.
    """
    open_networks.refuse(path)
    try:
        if not path.is_file():
            raise UserError(saying("There is no such file. Choose the file with the reply."))
        if path.stat().st_size > MAX_BYTES:
            raise UserError(saying("This file is over 1 MB, too large for a message."))
        content = path.read_bytes()
    except OSError as error:
        raise UserError(saying("This file cannot be opened. Check that you may read it.")) from error
    return decoded(content).text
