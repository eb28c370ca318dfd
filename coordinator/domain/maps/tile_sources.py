"""Where the pictures of a tiled map may come from: a server by its address, or a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from coordinator.domain.maps.tiles import Tile, TileLimits
from coordinator.errors import UserError
from coordinator.sayings import saying

LONGEST_URL, LONGEST_ATTRIBUTION = 500, 200


@dataclass(frozen=True, slots=True)
class TileServer:
    """A server to choose: its name, its address with ``{z}``, ``{x}``, ``{y}``, the words it wants shown."""

    name: str
    url: str
    attribution: str
    max_zoom: int = 19


@dataclass(frozen=True, slots=True)
class TileSource:
    """Where tiles are taken from now: from a server at ``url``, else by ``read``, which may take a while.

    ``agent`` is how the program introduces itself to the server. ``read`` gives a picture as it is stored,
    ``None`` where there is none, and raises ``UserError`` when the file cannot be read any more.
    """

    attribution: str
    limits: TileLimits = field(default_factory=TileLimits)
    url: str = ""
    agent: str = ""
    read: Callable[[Tile], bytes | None] | None = None
    close: Callable[[], None] | None = None

    @property
    def host(self) -> str:
        """The server's name, for sentences; no more of the address goes into one."""
        return urlsplit(self.url).hostname or ""

    def address_of(self, tile: Tile) -> str:
        """Return the address of *tile*."""
        parts = {"{z}": tile.zoom, "{x}": tile.column, "{y}": tile.row}
        address = self.url
        for mark, number in parts.items():
            address = address.replace(mark, str(number))
        return address


def checked_tile_url(text: str) -> str:
    """Return the address of a tile server as it is kept.

    Raises:
        UserError: If it is no such address.
    """
    url = text.strip().replace("{s}", "a").replace("{r}", "")
    if not _is_web_address(re.sub(r"\{\w+\}", "0", url)):
        raise UserError(saying("A tile server's address begins with https:// or http://; look at it again."))
    marks = re.findall(r"\{[^{}]*\}", url)
    if sorted(marks) != ["{x}", "{y}", "{z}"]:
        others = [mark for mark in marks if mark not in ("{x}", "{y}", "{z}")]
        raise UserError(
            saying("Put what the server gave you in place of {mark}.", mark=others[0])
            if others
            else saying("The address needs {{z}}, {{x}} and {{y}}, once each, where zoom, column and row go.")
        )
    return url


def _is_web_address(url: str) -> bool:
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - it is looked at here, or not before the first tile
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def checked_attribution(text: str) -> str:
    """Return the words shown on the map; raises ``UserError`` if there are none or too many."""
    words = " ".join(text.split())
    if not words:
        raise UserError(
            saying("Those who make the map want to be named on it; write here what they ask for.")
        )
    if len(words) > LONGEST_ATTRIBUTION:
        raise UserError(
            saying("This is too long for the edge of a map; {count} letters fit.", count=LONGEST_ATTRIBUTION)
        )
    return words
