"""Where a byte of an SQLite file lies: https://sqlite.org/fileformat2.html, as much of it as that takes."""

from __future__ import annotations

import struct
from pathlib import Path

HEADER = 100
LEAF_INDEX, LEAF_TABLE, INNER_INDEX, INNER_TABLE = 10, 13, 2, 5
KINDS = {
    LEAF_INDEX: "an index",
    LEAF_TABLE: "a table",
    INNER_INDEX: "the tree of an index",
    INNER_TABLE: "the tree of a table",
}


def place_of(path: Path, at: int) -> str:
    """Return in words where byte *at* of the file lies."""
    content = path.read_bytes()
    size = page_size(content)
    number, offset = at // size + 1, at % size
    if number == 1 and offset < HEADER:
        return f"the file's header, byte {offset}"
    if number in free_pages(content):
        return "a free page"
    page = content[(number - 1) * size : number * size]
    start = HEADER if number == 1 else 0
    if page[start] not in KINDS:
        return "the rest of a long value"
    return f"{_part(page, start, offset)} of {KINDS[page[start]]}"


def page_size(content: bytes) -> int:
    """Return how long a page of the file is."""
    size = int.from_bytes(content[16:18])
    return 65536 if size == 1 else size


def free_pages(content: bytes) -> set[int]:
    """Return the numbers of the pages that nothing uses."""
    size, trunk = page_size(content), int.from_bytes(content[32:36])
    found: set[int] = set()
    while trunk:
        page = content[(trunk - 1) * size : trunk * size]
        following, count = struct.unpack(">II", page[:8])
        found |= {trunk, *struct.unpack(f">{count}I", page[8 : 8 + 4 * count])}
        trunk = following
    return found


def _part(page: bytes, start: int, offset: int) -> str:
    free_block, cells, content_at = struct.unpack(">HHH", page[start + 1 : start + 7])
    body = start + (12 if page[start] in {INNER_INDEX, INNER_TABLE} else 8)
    if offset < body:
        return f"the page header, byte {offset - start},"
    if offset < body + 2 * cells:
        return "a cell's address"
    if offset < (content_at or 65536):
        return "the unused middle"
    while free_block:
        following, length = struct.unpack(">HH", page[free_block : free_block + 4])
        if free_block <= offset < free_block + length:
            return "a freed piece"
        free_block = following
    return "a row"
