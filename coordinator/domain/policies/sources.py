"""Where a value was read: whose page it is, and how much reading it is worth.

A page is an authority's own when it stands on one of the authority's hosts (``resources/authorities.toml``).
A copy elsewhere never makes a value checked, however often it is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from coordinator.sayings import Saying, saying

Hosts = Mapping[str, tuple[str, ...]]
"""The hosts of each authority; ``leg.wa.gov`` holds for ``app.leg.wa.gov``, too."""


class Status(StrEnum):
    """How well a value is known.

    The issuing body's own page was read, or only a copy, or neither; or it is no fact but a choice of ours.
    """

    PRIMARY = "primary"
    COPY = "copy"
    UNVERIFIED = "unverified"
    CHOICE = "choice"


class SourceKind(StrEnum):
    """What a source is: a law, a rule one bank or clinic made for itself, or advice."""

    LAW = "law"
    HOUSE_RULE = "house rule"
    ADVICE = "advice"

    @property
    def words(self) -> Saying:
        """What the window says."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    SourceKind.LAW: saying("law"),
    SourceKind.HOUSE_RULE: saying("house rule of one bank or clinic"),
    SourceKind.ADVICE: saying("advice"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page a value was read on, with the date it bears; all empty where nobody has read one.

    ``own_address``: the authority's own page, where only a copy was read. ``copies`` that agree were met.
    """

    authority: str = ""
    title: str = ""
    address: str = ""
    dated: str = ""
    own_address: str = ""
    copies: int = 0
    kind: SourceKind | None = None

    @property
    def to_open(self) -> str:
        """The page to compare a value with: the authority's own, if it is known."""
        return self.own_address or self.address


NO_PAGE = Page()
"""What stands where nobody has read a page."""


@dataclass(frozen=True, slots=True)
class PageCheck:
    """That somebody of this network opened a page and found the same figure there.

    ``is_own_page``: the page is the authority's own; only then is the value checked by it.
    """

    address: str
    by: str
    on: date
    is_own_page: bool = False


def is_own_page(hosts: Hosts, authority: str, address: str) -> bool:
    """Return whether *address* stands on a host of *authority*; a host nobody listed is nobody's own."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return False
    return any(host == own or host.endswith(f".{own}") for own in hosts.get(authority, ()))
