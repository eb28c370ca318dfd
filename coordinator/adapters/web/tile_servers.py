"""The tile servers one can choose from, with the words each wants on the map, out of ``xyzservices``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coordinator.domain.maps.tile_sources import TileServer
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Mapping

OFFERED = (
    ("OpenStreetMap.Mapnik", saying("OpenStreetMap")),
    ("OpenTopoMap", saying("OpenTopoMap (hills)")),
    ("USGS.USTopo", saying("USGS topographic map")),
    ("USGS.USImagery", saying("USGS aerial photos")),
)
"""Those that a small network may use without a key. CARTO's, pretty as they are, want one of each user; with
it their address can be typed in like any other."""


SERVER_NAMES = tuple(words for _, words in OFFERED)


def offered_servers() -> tuple[TileServer, ...]:
    """Return the servers offered; reading the list takes 0.15 s the first time."""
    import xyzservices.providers as known  # noqa: PLC0415 - 0.15 s that only the settings need

    return tuple(_server(words, known.query_name(name)) for name, words in OFFERED)


def _server(words: Saying, entry: Mapping[str, Any]) -> TileServer:
    return TileServer(
        name=str(words),
        url=str(entry["url"]).replace("{s}", "a"),
        attribution=str(entry["attribution"]).replace("(C)", "©").replace(" | ", " · "),
        max_zoom=int(entry.get("max_zoom", 19)),
    )
