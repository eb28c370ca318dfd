"""The files of the gazetteer, each opened when first asked."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cached_property
from importlib import resources

from coordinator.adapters.gazetteer.post_office import PostOffice
from coordinator.adapters.gazetteer.town_file import TownFile


class GazetteerFiles:
    """What is shipped, and the post office's names; a closed one stays closed."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self.main = self._shipped("gazetteer.sqlite")
        self.post_office = PostOffice(self.main)
        self._open.callback(self.post_office.close)

    @cached_property
    def world(self) -> TownFile:
        """Towns of other countries, and the names of all countries."""
        return self._shipped("gazetteer_world.sqlite")

    @cached_property
    def canada(self) -> TownFile:
        """Canadian FSAs; a file of its own for its licence."""
        return self._shipped("gazetteer_canada.sqlite")

    def close(self) -> None:
        """Close every file that was opened."""
        self._open.close()

    def _shipped(self, name: str) -> TownFile:
        path = self._open.enter_context(resources.as_file(resources.files("resources") / name))
        file = TownFile(path)
        self._open.callback(file.close)
        return file
