"""Brings the tiles that the settings choose under the window's maps."""

from __future__ import annotations

from coordinator.domain.settings import Settings
from coordinator.services.settings.tiles import chosen_source
from ui.desk import Desk
from ui.widgets.maps.tile_store import tiles_of

_ABOUT_TILES = (
    "shows_tiles",
    "tiles_url",
    "tiles_attribution",
    "tiles_file",
    "user_agent",
    "contact",
)


def follow(desk: Desk, before: Settings | None, found: Settings) -> None:
    """Use what *found* chooses, if it is not what *before* chose.

    A file is opened beside the window: it may lie on a disk that sleeps.
    """
    if _choice(before or Settings()) == _choice(found):
        return

    def failed(error: Exception) -> None:
        tiles_of(desk).use(None)
        desk.complain(error)

    desk.online.run(lambda: chosen_source(found), tiles_of(desk).use, failed)


def _choice(settings: Settings) -> tuple[object, ...]:
    return tuple(getattr(settings, name) for name in _ABOUT_TILES)
