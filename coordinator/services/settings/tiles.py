"""Pictures under the map, from a server or a file: which are offered, chosen, and what a file holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coordinator.adapters.map_files.tile_file_checks import TileFileInfo
from coordinator.adapters.map_files.tile_files import open_tile_file
from coordinator.adapters.web.requests import user_agent
from coordinator.adapters.web.tile_servers import SERVER_NAMES, offered_servers
from coordinator.domain.maps.tile_sources import (
    TileSource,
    checked_attribution,
    checked_tile_url,
)
from coordinator.domain.maps.tiles import TileLimits
from coordinator.domain.settings import Settings
from coordinator.errors import UserError
from coordinator.folders import is_there
from coordinator.sayings import saying

__all__ = ["SERVER_NAMES", "TileFileInfo", "checked", "chosen_source", "describe_file", "offered_servers"]

USUAL_MAX_ZOOM = 19
LESSER_MAX_ZOOM = {"tile.opentopomap.org": 17, "basemap.nationalmap.gov": 16}
"""What is closer than this is drawn larger instead of asked for. The Geological Survey keeps pictures ready
up to 16 and makes closer ones only on demand."""


def chosen_source(settings: Settings) -> TileSource | None:
    """Return where tiles come from by *settings*: the file if there is one, else the server if switched on.

    Raises:
        UserError: If the file cannot be used any more.
    """
    if settings.tiles_file:
        path = Path(settings.tiles_file)
        file = open_tile_file(path)
        credit = file.info.attribution or path.stem
        return TileSource(credit, file.info.limits, read=file.read, close=file.close)
    if not settings.shows_tiles:
        return None
    agent = user_agent(settings.user_agent, settings.contact)
    source = TileSource(settings.tiles_attribution, url=settings.tiles_url, agent=agent)
    closest = next(
        (zoom for host, zoom in LESSER_MAX_ZOOM.items() if source.host.endswith(host)), USUAL_MAX_ZOOM
    )
    return replace(source, limits=TileLimits(max_zoom=closest))


def describe_file(path: Path) -> TileFileInfo:
    """Return what a map file holds; raises ``UserError`` if it cannot be used."""
    file = open_tile_file(path)
    file.close()
    return file.info


def checked(name: str, value: str) -> str:
    """Return the value of a setting whose name begins with ``tiles_`` as it is kept.

    Raises:
        UserError: If it does not fit.
    """
    if name == "tiles_url":
        return checked_tile_url(value)
    if name == "tiles_attribution":
        return checked_attribution(value)
    if name == "tiles_file" and value:
        if not is_there(Path(value), Path.is_file):
            raise UserError(saying("There is no such file. Choose one that is there, or leave this empty."))
        describe_file(Path(value))
    return value
