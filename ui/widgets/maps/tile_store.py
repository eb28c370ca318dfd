"""The tiles at hand, for every map of the window: asks for those in view, keeps those that came."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from coordinator.domain.maps.tile_sources import TileSource
from coordinator.domain.maps.tiles import Tile, TileLimits
from coordinator.errors import UserError
from ui import theme
from ui.desk import Desk
from ui.tasks import Runner
from ui.widgets.maps.tile_picture import NoPictureError, picture_of
from ui.widgets.maps.tile_web import TileWeb, Trouble

AT_ONCE = 2
"""As many requests run at a time: what OpenStreetMap's rules allowed an app, and enough for a view."""
REST_MS = 60_000
"""A server in trouble is left alone for so long."""
KEPT_BYTES = 128_000_000
_NOT_AGAIN = (Trouble.NONE_THERE, Trouble.NOT_KEPT, Trouble.WRONG, Trouble.REDIRECTED)
"""After these a tile is not looked for before the rest is over; after others it may be on the disk."""
_TOGETHER_MS = 40
"""Pictures that come so soon after each other are painted together."""


class TileStore(QObject):
    """Tiles of the source in use; without one it does nothing and nothing reaches the network.

    ``changed`` says that a map should be painted again, ``said`` carries one sentence when a source fails.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: TileSource | None = None
        self.web: TileWeb | None = None
        self._runner = Runner(self)
        self._pictures: OrderedDict[Tile, QImage] = OrderedDict()
        self._without: set[Tile] = set()
        self._wanted: WeakKeyDictionary[QObject, Sequence[Tile]] = WeakKeyDictionary()
        self._under_way: set[Tile] = set()
        self._has_complained = False
        self._is_night = theme.tokens().is_dark
        theme.THEME.changed.connect(self._on_theme_changed)
        self._soon = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._soon.timeout.connect(self.changed)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._try_again)

    @property
    def limits(self) -> TileLimits | None:
        """How far the source reaches; ``None`` while there is none."""
        return self.source.limits if self.source else None

    @property
    def is_resting(self) -> bool:
        """Whether the source is left alone for a while, after it failed."""
        return self._rest.isActive()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being fetched, read or unpacked."""
        return not self._under_way

    def use(self, source: TileSource | None) -> None:
        """Take tiles from *source* from now on, and none from before."""
        self._let_go()
        self.source = source
        if source is not None and source.url:
            self.web = TileWeb(source, self)
            self.web.came.connect(self._on_came)
            self.web.failed.connect(self._on_failed)
        self.changed.emit()

    def close(self) -> None:
        """Ask for nothing more, and wait for what is being unpacked."""
        self._let_go()
        self._runner.close()

    def picture(self, tile: Tile) -> QImage | None:
        """Return the picture of *tile* if it is at hand."""
        found = self._pictures.get(tile)
        if found is not None:
            self._pictures.move_to_end(tile)
        return found

    def want(self, asker: QObject, tiles: Sequence[Tile]) -> None:
        """Get *tiles*, the first of them first, for *asker*, instead of those it wanted before."""
        self._wanted.pop(asker, None)
        self._wanted[asker] = tiles
        if self.web is not None:
            wanted = self._all_wanted()
            for tile in [tile for tile in self._under_way if tile not in wanted]:
                self.web.drop(tile)
                self._under_way.discard(tile)
        self._go_on()

    def _all_wanted(self) -> set[Tile]:
        return {tile for tiles in self._wanted.values() for tile in tiles}

    def _next(self) -> Tile | None:
        """Return the tile to get next: of whoever asked last, the first that is missing."""
        for tiles in reversed(list(self._wanted.values())):
            for tile in tiles:
                if not (tile in self._pictures or tile in self._without or tile in self._under_way):
                    return tile
        return None

    def _go_on(self) -> None:
        if self.web is None and self.is_resting:
            return  # a file that failed is the same a moment later; a server's tiles may be on the disk
        while self.source is not None and len(self._under_way) < AT_ONCE:
            tile = self._next()
            if tile is None:
                return
            self._under_way.add(tile)
            if self.web is not None:
                self.web.ask(tile, only_kept=self.is_resting)
            else:
                self._unpack(tile, partial(_read_picture, self.source, tile, at_night=self._is_night))

    def _unpack(self, tile: Tile, work: Callable[[], QImage | None], *, is_fresh: bool = False) -> None:
        """Make the picture beside the window; what is for a source no longer in use is let go."""
        source, is_night = self.source, self._is_night

        def done(picture: QImage | None) -> None:
            if self.source is source and self._is_night != is_night:
                self._under_way.discard(tile)  # made for the other half of the day: once more
                self._go_on()
            elif self.source is source:
                self._has_complained = self._has_complained and not is_fresh
                self._keep(tile, picture)

        def failed(error: Exception) -> None:
            if self.source is source:
                self._fail(tile, error)

        self._runner.run(work, done, failed)

    def _keep(self, tile: Tile, picture: QImage | None) -> None:
        self._under_way.discard(tile)
        if picture is None:
            self._without.add(tile)
        else:
            self._pictures[tile] = picture
            self._make_room()
            if not self._soon.isActive():
                self._soon.start()
        self._go_on()

    def _make_room(self) -> None:
        """Let go of what was not seen for longest, but of nothing that is in view."""
        size = sum(picture.sizeInBytes() for picture in self._pictures.values())
        if size <= KEPT_BYTES:
            return
        wanted = self._all_wanted()
        for tile in [tile for tile in self._pictures if tile not in wanted]:
            size -= self._pictures.pop(tile).sizeInBytes()
            if size <= KEPT_BYTES * 0.75:
                return

    def _fail(self, tile: Tile, error: Exception) -> None:
        """Deal with bytes that are no picture, or a file that cannot be read."""
        if isinstance(error, NoPictureError):
            if self.web is not None:
                self._on_failed(tile, Trouble.WRONG)
            else:
                self._keep(tile, None)
            return
        self._without.add(tile)
        self._under_way.discard(tile)
        sentence = str(error) if isinstance(error, UserError) else self.tr("The map file cannot be read.")
        self._complain(sentence)
        self._rest.start()

    def _on_came(self, tile: Tile, data: bytes, is_fresh: bool) -> None:
        self._unpack(tile, partial(picture_of, data, at_night=self._is_night), is_fresh=is_fresh)

    def _on_failed(self, tile: Tile, trouble: Trouble) -> None:
        self._under_way.discard(tile)
        if trouble in _NOT_AGAIN:
            self._without.add(tile)
        if trouble is Trouble.WRONG and self.web is not None:
            self.web.forget(tile)
        if trouble not in (Trouble.NONE_THERE, Trouble.NOT_KEPT):
            if not self.is_resting:
                self._rest.start()
            host = self.source.host if self.source else ""
            self._complain(self._words_of(trouble).format(host=host))
        self._go_on()

    def _words_of(self, trouble: Trouble) -> str:
        return {
            Trouble.SLOW: self.tr("{host} is too slow; the maps show our own land and towns meanwhile."),
            Trouble.REDIRECTED: self.tr(
                "{host} wants to send us to another address, so the maps show our own land and towns; "
                "set that address, if you trust it."
            ),
            Trouble.REFUSED: self.tr("{host} refuses to send a map; the maps show our own land and towns."),
            Trouble.WRONG: self.tr(
                "{host} sends something that is no map; the maps show our own land and towns. "
                "Look at its address again."
            ),
        }.get(trouble, self.tr("{host} cannot be reached; the maps show our own land and towns meanwhile."))

    def _complain(self, sentence: str) -> None:
        """Say it once, until tiles come again or another source is chosen."""
        if not self._has_complained:
            self._has_complained = True
            self.said.emit(sentence)

    def _on_theme_changed(self) -> None:
        """Unpack everything anew where day became night; the bytes come from the disk."""
        is_night = theme.tokens().is_dark
        if is_night != self._is_night:
            self._is_night = is_night
            self._pictures.clear()
            self.changed.emit()

    def _try_again(self) -> None:
        self._without.clear()
        self._go_on()

    def _let_go(self) -> None:
        if self.web is not None:
            self.web.close()
            self.web.deleteLater()
            self.web = None
        if self.source is not None and self.source.close is not None:
            close = self.source.close
            self._runner.run(close, lambda _: None, lambda _: None)  # behind what is being read
        self.source = None
        self._rest.stop()
        self._pictures.clear()
        self._without.clear()
        self._under_way.clear()
        self._has_complained = False


def _read_picture(source: TileSource, tile: Tile, *, at_night: bool) -> QImage | None:
    data = source.read(tile) if source.read else None
    return None if data is None else picture_of(data, at_night=at_night)


def tiles_of(desk: Desk) -> TileStore:
    """Return the one store of *desk*, made for its first map; ``ui.tiles.follow`` gives it a source."""
    store = desk.findChild(TileStore)
    if store is None:
        store = TileStore(desk)
        store.said.connect(desk.said)
        desk.closing.connect(store.close)
    return store
