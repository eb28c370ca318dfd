"""What a workbook's ZIP may hold: looked at before anything of it is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from coordinator.adapters.spreadsheets.raw_sheet import UnreadableFileError
from coordinator.sayings import saying

MAX_UNPACKED_BYTES = 80 * 1024 * 1024
MAX_MEMBERS = 2_000
_BIG_BYTES = 5 * 1024 * 1024
_MAX_RATIO = 100
_HOSTILE = saying("This workbook unpacks to far more than a list of families holds, so it was not opened.")
DAMAGED = saying("This workbook is damaged or was not downloaded whole. Download or save it again.")
"""Said of every kind of workbook."""


def check(archive: zipfile.ZipFile) -> None:
    """Refuse what must not be opened.

    Raises:
        UnreadableFileError: If it is locked, unpacks to too much, or asks for things outside itself.
    """
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFileError(
            saying("This file is locked with a password. Save it without one, then import it.")
        )
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(_HOSTILE)
    if any(m.file_size > _BIG_BYTES and m.file_size > _MAX_RATIO * m.compress_size for m in members):
        raise UnreadableFileError(_HOSTILE)
    for xml in _xml_parts(archive):
        # UTF-16 parts hide the words from a plain search; no spreadsheet program writes them.
        flat = xml.replace(b"\0", b"")
        if b"<!DOCTYPE" in flat or b"<!ENTITY" in flat:
            raise UnreadableFileError(
                saying("This workbook asks for things outside itself, so it was not opened.")
            )


def _xml_parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for member in archive.infolist():
        if member.filename.casefold().endswith((".xml", ".rels")):
            yield archive.read(member)
