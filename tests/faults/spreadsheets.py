"""Spreadsheets with faults in them: whatever is in a file, nothing stops, and nobody is lost without a word.

``python -m tests.faults.spreadsheets --files 20000 --seed 1`` mutates CSV, XLSX, ODS and XLS files and reads
each. It ends with figures, and with 1 if a file raised something else than a sentence, took over ten seconds
or 300 MB, or if a row of it came out nowhere.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coordinator.adapters.spreadsheets import spreadsheet_files
from coordinator.adapters.spreadsheets.raw_sheet import UnreadableFileError
from coordinator.adapters.spreadsheets.written import xlsx
from coordinator.domain.imports.table import Table

LONGEST_S = 10
MOST_MB = 300
PEOPLE = 12
OLD_EXCEL = Path(__file__).parents[1] / "data" / "exports" / "old_excel.xls"
HEADERS = ("Timestamp", "Your full name", "Email Address", "Cell phone", "Town", "ZIP", "Ounces", "Notes")
_MARK = re.compile(r"p\d\d@example\.org")

Mutation = Callable[[random.Random, bytes], bytes]


@dataclass
class Figures:
    """What came of the files."""

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest_s: float = 0
    most_mb: float = 0

    def lines(self) -> Iterator[str]:
        """Yield the figures as they are printed."""
        for kind in sorted({*self.read, *self.refused}):
            yield f"{kind}: {self.read[kind]} read, {self.refused[kind]} refused in a sentence"
        yield f"slowest {self.slowest_s:.1f} s, most memory {self.most_mb:.0f} MB"
        yield f"{len(self.faults)} faults"
        yield from self.faults[:20]


def people() -> list[tuple[str, ...]]:
    """Return the rows of a list, each with a mark of its own."""
    notes = ("", "call after 5, please", "two\nlines", 'says "hi"', "Zoë’s sister")
    return [
        (
            f"11/{at + 1}/2026 10:00:00",
            f"Ánn Able{at}",
            f"p{at:02}@example.org",
            f"603-555-01{at:02}",
            "Dover",
            "03820",
            str(at * 10),
            notes[at % len(notes)],
        )
        for at in range(PEOPLE)
    ]


def as_csv() -> bytes:
    """Return the list as a form exports it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADERS, *people()])
    return text.getvalue().encode()


def as_ods() -> bytes:
    """Return the list as LibreOffice saves it."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        "<table:table-row>" + "".join(cell.format(text) for text in row) + "</table:table-row>"
        for row in [HEADERS, *people()]
    )
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Donors">{rows}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": kind.encode(),
            "META-INF/manifest.xml": manifest.encode(),
            "content.xml": content.encode(),
        }
    )


def zipped(members: dict[str, bytes]) -> bytes:
    """Return an archive of *members*."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def change_bytes(chance: random.Random, content: bytes) -> bytes:
    """Flip, drop, double or cut some bytes."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        at = chance.randrange(len(changed)) if changed else 0
        size = min(chance.choice((1, 1, 1, 4, 40, 400)), max(len(changed) - at, 1))
        way = chance.randrange(5)
        if way == 0:
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 1:
            del changed[at : at + size]
        elif way == 2:
            changed[at:at] = changed[at : at + size]
        elif way == 3:
            changed[at:at] = chance.choice(ODDITIES)
        elif chance.random() < 0.1:
            del changed[at:]
    return bytes(changed)


ODDITIES = (
    b'"', b'""', b"\n", b"\r", b",", b";", b"\t", b"\0", b"\xe9", b"\xff\xfe", b"\xef\xbb\xbf", b"=1+1",
    b"#REF!", b"'", b"\xc3", b"\x1b[31m", b"999999999999", b"\n,TOTAL,,,,,240,\n", b"\n\n\n", b"<", b"&",
    b'table:number-rows-repeated="900000000"', b'r="A2000000000"', b'r="XFD9"', b'hidden="1"', b't="e"',
    b"<row>", b"]]>",
)  # fmt: skip


def change_a_line(chance: random.Random, content: bytes) -> bytes:
    """Do to a line of text what people and programs do: quotes opened, lines split, joined and repeated."""
    lines = content.split(b"\r\n")
    at = chance.randrange(len(lines))
    way = chance.randrange(5)
    if way == 0:
        cells = lines[at].split(b",")
        cells[chance.randrange(len(cells))] = b'"' + chance.choice(cells)
        lines[at] = b",".join(cells)
    elif way == 1:
        lines[at] = lines[at].replace(b",", chance.choice((b",\n", b", ,", b"\t")), 1)
    elif way == 2:
        lines.insert(
            at, chance.choice((b",,,,,,,", b",TOTAL,,,,,660,", b"-- NOVEMBER --,,,,,,,", lines[0], b""))
        )
    elif way == 3:
        lines[at] = (
            lines[at].decode("utf-8").encode(chance.choice(("cp1252", "mac_roman", "utf-8")), "replace")
        )
    else:
        lines[at] = lines[at].replace(b'"', b"")
    return b"\r\n".join(lines)


def in_a_member(change: Mutation) -> Mutation:
    """Return the mutation of one part of an archive."""

    def changed(chance: random.Random, content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice(
            [*members, *[name for name in members if "sheet" in name or "content" in name] * 3]
        )
        return zipped(members | {name: change(chance, members[name])})

    return changed


KINDS: dict[str, tuple[bytes, tuple[Mutation, ...]]] = {
    "csv": (as_csv(), (change_bytes, change_a_line, change_a_line)),
    "xlsx": (xlsx(HEADERS, people()), (change_bytes, in_a_member(change_bytes), in_a_member(change_bytes))),
    "ods": (as_ods(), (change_bytes, in_a_member(change_bytes), in_a_member(change_bytes))),
    "xls": (OLD_EXCEL.read_bytes(), (change_bytes,)),
}


def fuzz(files: int, seed: int, kinds: dict[str, tuple[bytes, tuple[Mutation, ...]]] = KINDS) -> Figures:
    """Read *files* mutated files and return what came of them."""
    figures = Figures(most_mb=_most_mb())
    for number in range(files):
        kind = list(kinds)[number % len(kinds)]
        chance = random.Random(f"{seed}-{number}")
        content, ways = kinds[kind]
        _read(figures, kind, f"{kind} {seed}-{number}", chance.choice(ways)(chance, content))
    return figures


def _read(figures: Figures, kind: str, name: str, content: bytes) -> None:
    began = time.monotonic()
    try:
        sheets = [raw for raw in spreadsheet_files.sheets_of(content, f"list.{kind}") if raw.rows]
        tables = [spreadsheet_files.to_table(raw, name, content, len(sheets)) for raw in sheets]
    except UnreadableFileError as error:
        figures.refused[kind] += 1
        if "{" in str(error) or not str(error).endswith("."):
            figures.faults.append(f"{name}: no sentence")
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        figures.faults.append(f"{name}: {type(error).__name__}")
    else:
        figures.read[kind] += 1
        for raw, table in zip(sheets, tables, strict=True):
            if len(raw.rows) != _told(table):
                figures.faults.append(f"{name}: {len(raw.rows)} rows in, {_told(table)} told")
        if kind == "csv":
            figures.faults += [f"{name}: {mark} is nowhere" for mark in _lost(content, tables)]
    _judge(figures, name, time.monotonic() - began)


def _judge(figures: Figures, name: str, took: float) -> None:
    """Keep how long a file took and how much memory, once for each that took more than any before."""
    figures.slowest_s = max(figures.slowest_s, took)
    if took > LONGEST_S:
        figures.faults.append(f"{name}: {took:.0f} s")
    if _most_mb() > max(MOST_MB, figures.most_mb):
        figures.faults.append(f"{name}: {_most_mb():.0f} MB")
    figures.most_mb = _most_mb()


def _told(table: Table) -> int:
    """Return how many filled rows *table* tells of, its headers among them."""
    filled = sum(bool(row.cells) for row in table.left_out)
    return len(table.rows) + filled + any(table.headers)


def _lost(content: bytes, tables: list[Table]) -> Iterator[str]:
    """Yield each person who stands in the file, but in no row of her own nor in one that waits."""
    told: set[str] = set()
    for table in tables:
        cells = [(row.cells, bool(row.waits)) for row in table.rows]
        cells += [(row.cells, True) for row in table.left_out]
        for found, may_hold_several in cells:
            marks = _MARK.findall("\n".join(cell.text for cell in found))
            told.update(marks if may_hold_several else marks[:1])
        told.update(_MARK.findall("\n".join(table.headers)))
    yield from sorted({*_MARK.findall(content.replace(b"\0", b"").decode("utf-8", "replace"))} - told)


def _most_mb() -> float:
    usage = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(usage) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Fuzz as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    figures = fuzz(given.files, given.seed)
    for line in figures.lines():
        print(line)  # noqa: T201 - it reports figures
    return bool(figures.faults)


if __name__ == "__main__":
    sys.exit(main())
