"""Reads ``resources/policies/*.toml``, and refuses a value that does not say where it was seen.

Every value has a ``unit``, a ``status`` (primary: the issuing body's own page was read; copy: seen as
quoted elsewhere; unverified; choice: no fact, our own setting) and ``checked``, the day it was seen. It
says where: ``authority``, ``title``, ``address`` and ``page_date`` of a page, which is asked of all that is
primary, or in words of its own, ``seen_in`` (one place or a list of them).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from coordinator.domain.policies.sources import Page, SourceKind, Status

_EVIDENCE = ("unit", "seen_in", "status", "checked")
_PAGE = ("authority", "title", "address", "page_date")
_STATUSES = tuple(Status)
_KINDS = tuple(SourceKind)
_NO_DATE = "not given"


class PolicyError(ValueError):
    """A policy file does not say what it must; names file, key and line (0: none). It is ours to mend."""

    def __init__(self, file: str, key: str, problem: str, line: int = 0) -> None:
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}: {key} {problem}")
        self.file = file
        self.key = key
        self.line = line


class Lines:
    """In which line of a file each key stands: tables by their heading, names within their table."""

    def __init__(self, text: str) -> None:
        """Read the headings and names of *text*; lists that span lines are passed over."""
        self._lines: dict[tuple[str, str], int] = {}
        lists: Counter[str] = Counter()
        table = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if listed := re.match(r"\s*\[\[\s*([\w.\-]+)\s*\]\]", line):
                lists[listed[1]] += 1
                table = f"{listed[1]} {lists[listed[1]]}"
                self._lines[table, ""] = number
            elif heading := re.match(r"\s*\[\s*([\w.\-]+)\s*\]", line):
                table = heading[1]
                self._lines[table, ""] = number
            elif name := re.match(r"\s*([\w\-]+)\s*=", line):
                self._lines.setdefault((table, name[1]), number)

    def of(self, table: str, name: str) -> int:
        """Return the line of *name*, else of its table, else of a value under it; 0 if there is none."""
        places = ((table, name), (table, ""), ("", table))
        return next((self._lines[place] for place in places if place in self._lines), 0)


def _line_in(error: tomllib.TOMLDecodeError) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else 0


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """One table of a policy file, which says where its values were seen; ``key`` names it in errors."""

    file: str
    key: str
    data: dict[str, Any]
    lines: Lines

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a TOML value, typed by the caller
        """Return what stands under *name*; raises ``PolicyError`` when nothing does."""
        if name not in self.data:
            raise self.error(name, "is missing")
        return self.data[name]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the values were seen: in words of their own, else the page."""
        seen = self.data.get("seen_in")
        if not seen:
            return (_page_words(self.page),)
        return (seen,) if isinstance(seen, str) else tuple(str(place) for place in seen)

    @property
    def page(self) -> Page:
        """The page the values were read on, as far as it is told."""
        authority, title, address, dated = (str(self.data.get(name, "")) for name in _PAGE)
        kind = SourceKind(self.data["kind"]) if "kind" in self.data else None
        own, copies = str(self.data.get("own_address", "")), int(self.data.get("copies", 0))
        return Page(authority, title, address, dated, own, copies, kind)

    def error(self, name: str, problem: str) -> PolicyError:
        """Return an error about *name* in this table, with its line or else the table's."""
        return PolicyError(self.file, f"{self.key}.{name}", problem, self.lines.of(self.key, name))


class PolicyFile:
    """The tables of one policy file."""

    def __init__(self, name: str, text: str) -> None:
        """Parse *text*; raises ``PolicyError`` when it is no TOML."""
        self.name = name
        try:
            self.data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise PolicyError(name, "the file", f"cannot be read: {error}", _line_in(error)) from error
        self.lines = Lines(text)

    def error(self, key: str, problem: str) -> PolicyError:
        """Return an error about what stands under *key*."""
        return PolicyError(self.name, key, problem, self.lines.of(key, ""))

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the values of every table were seen, in the order of the file."""
        tables = (self.table(key) for key, table in self.data.items() if isinstance(table, dict))
        return tuple(source for table in tables for source in table.sources)

    def table(self, key: str) -> PolicyTable:
        """Return the table under *key*; raises ``PolicyError`` when it or its evidence is missing."""
        if not isinstance(self.data.get(key), dict):
            raise self.error(key, "is missing")
        return self._checked(key, self.data[key])

    def tables(self, key: str) -> list[PolicyTable]:
        """Return the tables of the list under *key*, at least one; raises ``PolicyError`` like ``table``."""
        if not self.data.get(key):
            raise self.error(key, "is missing")
        return [self._checked(f"{key} {number}", data) for number, data in enumerate(self.data[key], start=1)]

    def value(self, key: str) -> Any:  # noqa: ANN401 - a TOML value, typed by the caller
        """Return the ``value`` of the table under *key*; raises ``PolicyError`` like ``table``."""
        return self.table(key)["value"]

    def _checked(self, key: str, data: dict[str, Any]) -> PolicyTable:
        table = PolicyTable(self.name, key, data, self.lines)
        is_primary = data.get("status") == Status.PRIMARY
        for name in _PAGE if is_primary or "title" in data else ():
            if not data.get(name):
                raise table.error(name, "is missing")
        for name in _EVIDENCE:
            if not data.get(name) and (name != "seen_in" or "title" not in data):
                raise table.error(name, "is missing")
        _check_words(table)
        return table


def _check_words(table: PolicyTable) -> None:
    data = table.data
    for name, known in (("status", _STATUSES), ("kind", _KINDS)):
        if name in data and data[name] not in known:
            raise table.error(name, f"must be one of {', '.join(known)}, not {data[name]!r}")
    if not isinstance(data["checked"], date):
        raise table.error("checked", "must be a date")
    if data.get("derived") and data["status"] not in {Status.UNVERIFIED, Status.CHOICE}:
        raise table.error("status", "must be unverified or choice for what was calculated")


def _page_words(page: Page) -> str:
    dated = "no date" if page.dated.startswith(_NO_DATE) else page.dated
    return f"{page.title}, {page.authority}, {dated}: {page.address}"


def shipped(name: str) -> str:
    """Return the text of a policy file this program ships with."""
    return (resources.files("resources") / "policies" / name).read_text(encoding="utf-8")
