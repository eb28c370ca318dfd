"""What the program says, as a code with parameters; its words are made where somebody reads them.

``saying("Removed {code}.", code="D-0007")`` is a value. ``str()`` of it looks its English source up in the
catalogue of the language in use (gettext) and puts the parameters in. ``coded`` gives a sentence a code of
its own, so that what is stored of it or compared with it outlives a new wording. The sources are gathered
from the calls of these functions into ``resources/words/coordinator.pot``: each is written out in its call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from string import Formatter
from typing import Any, TypeGuard, Union

Param = Union[str, int, float, Decimal, date, "Saying", tuple[Union[str, "Saying"], ...]]

_AS_WRITTEN = "as written"
_JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Saying:
    """Something said: two are the same if code and parameters are, whatever the wording.

    ``plural`` is the source for a ``count`` other than one.
    """

    code: str
    source: str = field(compare=False)
    params: tuple[tuple[str, Param], ...] = ()
    plural: str = field(default="", compare=False)
    count: int = 0

    def __str__(self) -> str:
        """Return the words in the language in use."""
        return self.words_in(_catalogue)

    @property
    def key(self) -> str:
        """What stays when this is reworded or translated: the code, and the parameters in English."""
        params = {name: format(_Shown(value, _ENGLISH)) for name, value in self.params}
        return json.dumps([self.code, params], ensure_ascii=False)

    @property
    def in_english(self) -> str:
        """The words as the program is written, for comparing with what older programs stored."""
        return self.words_in(_ENGLISH)

    def words_in(self, catalogue: NullTranslations) -> str:
        """Return the words in the language of *catalogue*; a parameter that lacks is a KeyError."""
        shown = {name: _Shown(value, catalogue) for name, value in self.params}
        if self.code == _JOINED:
            return shown["parts"].joined(str(dict(self.params)["by"]))
        if self.code == _AS_WRITTEN or not self.source:
            return "".join(str(value) for _, value in self.params)
        if self.plural:
            return catalogue.ngettext(self.source, self.plural, self.count).format_map(shown)
        return catalogue.gettext(self.source).format_map(shown)

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.source or self.params)

    def stored(self) -> str:
        """Return a line of JSON for :func:`stored_saying`; nothing is empty, somebody's words stay."""
        if self.code == _AS_WRITTEN and not str(self).startswith("["):
            return str(self)
        return json.dumps(_plain(self), ensure_ascii=False) if self else ""


NOTHING = Saying("", "")
"""For a field that says nothing."""


def saying(source: str, /, **params: Param) -> Saying:
    """Return *source* said with *params*, which stand in it in braces; its code is the source itself.

    A day is written ``Oct 9, 2026``; ``{on:short}`` is ``Oct 9``. ``{food:title}`` begins with a capital. A
    number takes Python's own formats (``{miles:.1f}``). A saying may stand in another.
    """
    return Saying(source, source, tuple(sorted(params.items())))


def plural(one: str, many: str, count: int, /, **params: Param) -> Saying:
    """Return *one* or *many*, by *count*, which stands in them as ``{n}``."""
    return Saying(one, one, tuple(sorted({**params, "n": count}.items())), many, count)


def coded(code: str, source: str, /, **params: Param) -> Saying:
    """Return *source* said with *params* under a *code* that stays when it is reworded."""
    return Saying(code, source, tuple(sorted(params.items())))


def as_written(words: str) -> Saying:
    """Return somebody's own words, which nobody translates; nothing for no words."""
    return Saying(_AS_WRITTEN, "", (("words", words),)) if words else NOTHING


def joined(by: str, parts: Iterable[str | Saying]) -> Saying:
    """Return a list of things said with the sign *by* between them (``"; "``); nothing for none."""
    said = tuple(parts)
    return Saying(_JOINED, "", (("by", by), ("parts", said))) if said else NOTHING


def stored_saying(text: str) -> Saying:
    """Return what :meth:`Saying.stored` stored; any other text is somebody's own words."""
    try:
        read = json.loads(text) if text.startswith("[") else None
        said = _read(read) if _is_saying(read) else as_written(text)
        said.words_in(_ENGLISH)  # what lacks a parameter cannot be said
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return as_written(text)
    return said


def once_said(source: str, /) -> tuple[str, str]:
    """Return *source*, as an older program said it, for :func:`read_back`."""
    return source, source


def read_back(text: str, sources: Iterable[tuple[str, str]]) -> Saying:
    """Return what an older program stored as words, by the first of *sources* (code, source) it fits.

    Its parameters are words then. What fits none is somebody's own words.
    """
    said = stored_saying(text)
    if said.code != _AS_WRITTEN:
        return said
    for code, source in sources:
        if found := _pattern(source).fullmatch(text):
            return Saying(code, source, tuple(sorted(found.groupdict().items())))
    return said


@cache
def _pattern(source: str) -> re.Pattern[str]:
    pattern, seen = "", set[str]()
    for words, name, _, _ in Formatter().parse(source):
        pattern += re.escape(words)
        if name:
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
            seen.add(name)
    return re.compile(pattern, re.DOTALL)


def use_catalogue(catalogue: NullTranslations) -> None:
    """Say everything in the language of *catalogue* from now on."""
    global _catalogue  # noqa: PLW0603 - one language for the whole program, as Qt's translator is
    _catalogue = catalogue


_ENGLISH = NullTranslations()
_catalogue = _ENGLISH


def written_day(on: date, form: str = "") -> str:
    """Return a day as sentences write it: ``Oct 9, 2026``, or ``Oct 9`` in the *form* ``short``."""
    return f"{on:%b} {on.day}" if form == "short" else f"{on:%b} {on.day}, {on.year}"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A parameter as it stands in a sentence of a language."""

    value: Param
    catalogue: NullTranslations

    def __format__(self, form: str) -> str:
        if isinstance(self.value, date):
            return written_day(self.value, form)
        if isinstance(self.value, int | float | Decimal):
            return format(self.value, form)
        words = self.joined(", ")
        return words[:1].upper() + words[1:] if form == "title" else words

    def joined(self, by: str) -> str:
        """Return the words, of several with *by* between them."""
        parts = self.value if isinstance(self.value, tuple) else (self.value,)
        return by.join(
            part.words_in(self.catalogue) if isinstance(part, Saying) else str(part) for part in parts
        )


def _plain(value: Param) -> object:
    if isinstance(value, Saying):
        params = {name: _plain(one) for name, one in value.params}
        return [value.code, value.source, params, *([value.plural, value.count] if value.plural else [])]
    if isinstance(value, tuple):
        return {"parts": [_plain(part) for part in value]}
    if isinstance(value, date | Decimal):
        return {type(value).__name__.lower(): str(value)}
    return value


_READ: dict[str, Callable[[Any], Param]] = {
    "parts": lambda parts: tuple(_read(part) if _is_saying(part) else part for part in parts),
    "date": date.fromisoformat,
    "decimal": Decimal,
}


def _is_saying(read: object) -> TypeGuard[list[Any]]:
    return isinstance(read, list) and len(read) in {3, 5} and isinstance(read[2], dict)


def _read(value: list[Any]) -> Saying:
    code, source, params, *counted = value
    return Saying(code, source, tuple((name, _read_param(one)) for name, one in params.items()), *counted)


def _read_param(value: Any) -> Param:  # noqa: ANN401 - what JSON holds
    if isinstance(value, dict):
        [(kind, plain)] = value.items()
        return _READ[kind](plain)
    read: Param = _read(value) if _is_saying(value) else value
    return read
