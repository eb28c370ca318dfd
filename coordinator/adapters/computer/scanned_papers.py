"""Reading a scanned paper that the coordinator chose, to be kept in the network's own file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from coordinator import open_networks
from coordinator.domain.agreements.choices import FileKind, Scan
from coordinator.errors import UserError
from coordinator.sayings import saying

MOST_MB: Final = 5
"""Megabytes of one paper. Our choice: a page scanned at 300 dpi is under 2, and every backup carries it."""
_BEGINS: Final = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
)


def read_scan(path: Path) -> Scan:
    """Return the scanned paper at *path*; what kind it is, its first bytes say and not its name.

    Raises:
        NetworkFileError: If it is a file of an open network.
        UserError: If it cannot be read, is empty or too large, or is neither PDF nor picture.
    """
    open_networks.refuse(path)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_MB * 1_000_000 + 1)
    except OSError as error:
        raise UserError(
            saying("{file} cannot be read. Choose another file, or copy it here first.", file=path.name)
        ) from error
    if len(content) > MOST_MB * 1_000_000:
        raise UserError(
            saying(
                "{file} is larger than {most} MB. Scan the page again in grey or smaller, or attach a photo.",
                file=path.name,
                most=MOST_MB,
            )
        )
    for begins, kind in _BEGINS:
        if content.startswith(begins):
            return Scan(path.name, kind, content)
    raise UserError(
        saying("{file} is no PDF, PNG or JPEG. Attach the scanned page or a photo of it.", file=path.name)
    )
