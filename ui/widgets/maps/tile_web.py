"""Fetches tiles from a server, as a guest does: few at a time, never twice, and on its guard.

Qt fetches beside the window, keeps what came on the disk for as long as the server allows, and tells when
it is there. Redirects are not followed (the address would go to somebody nobody chose), cookies and
passwords neither taken nor sent, and whatever is larger than a tile is cut off.
"""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from pathlib import Path

import platformdirs
from PySide6.QtCore import QDateTime, QObject, QTimer, QUrl, Signal
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkDiskCache,
    QNetworkReply,
    QNetworkRequest,
)

from coordinator.domain.maps.tile_sources import TileSource
from coordinator.domain.maps.tiles import Tile
from ui.widgets.maps.tile_picture import MOST_BYTES

SILENT_AFTER_MS = 10_000
"""A server that says nothing for so long is given up."""
WHOLE_AFTER_MS = 20_000
"""However it goes on: a tile takes no longer."""
KEPT_DAYS = 7
"""For a server that does not say how long its tiles may be kept."""
_AT_A_GULP = 256_000
DISK_BYTES = 100_000_000


class Trouble(Enum):
    """Why no tile came."""

    NONE_THERE = auto()
    NOT_KEPT = auto()  # on the disk, and only there was it looked for
    UNREACHED = auto()
    SLOW = auto()
    REDIRECTED = auto()
    REFUSED = auto()
    WRONG = auto()  # no map came


class TileWeb(QObject):
    """Asks one server. ``came`` or ``failed(tile, Trouble)`` answers each ``ask`` that was not dropped.

    ``came(tile, bytes, is_fresh)`` tells whether it was the server who answered, not the disk.
    """

    came = Signal(object, object, bool)
    failed = Signal(object, object)

    def __init__(self, source: TileSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._manager = QNetworkAccessManager(self)
        self._cache = QNetworkDiskCache(self)
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # where she looked is nobody else's business
        self._cache.setCacheDirectory(str(folder))
        self._cache.setMaximumCacheSize(DISK_BYTES)
        self._manager.setCache(self._cache)
        self._replies: dict[Tile, QNetworkReply] = {}
        self._bodies: dict[Tile, bytearray] = {}
        self._too_slow: set[Tile] = set()

    def ask(self, tile: Tile, *, only_kept: bool = False) -> None:
        """Get *tile* from the disk or, unless *only_kept*, from the server."""
        reply = self._manager.get(self._request(tile, only_kept=only_kept))
        reply.setReadBufferSize(_AT_A_GULP)  # or Qt takes in all that comes before we have looked
        reply.setProperty("only_kept", only_kept)
        self._replies[tile], self._bodies[tile] = reply, bytearray()
        reply.metaDataChanged.connect(partial(self._on_said, reply))
        reply.readyRead.connect(partial(self._on_more, tile, reply))
        reply.finished.connect(partial(self._on_finished, tile, reply, only_kept=only_kept))
        timer = QTimer(reply, singleShot=True, interval=WHOLE_AFTER_MS)
        timer.timeout.connect(partial(self._give_up, tile, reply))
        timer.start()

    def drop(self, tile: Tile) -> None:
        """Want *tile* no longer; nothing answers."""
        reply = self._replies.pop(tile, None)
        self._bodies.pop(tile, None)
        if reply is not None and not reply.property("only_kept"):
            reply.abort()  # what only the disk is asked for ends by itself, and warns when it is stopped

    def forget(self, tile: Tile) -> None:
        """Throw away what is kept of *tile*: it was no picture."""
        self._cache.remove(QUrl(self._source.address_of(tile)))

    def close(self) -> None:
        """Drop everything."""
        for tile in list(self._replies):
            self.drop(tile)

    def _request(self, tile: Tile, *, only_kept: bool) -> QNetworkRequest:
        what = QNetworkRequest.Attribute
        controls = QNetworkRequest.CacheLoadControl
        manual = QNetworkRequest.LoadControl.Manual
        request = QNetworkRequest(QUrl(self._source.address_of(tile)))
        request.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, self._source.agent)
        request.setRawHeader(b"Accept", b"image/png,image/jpeg,image/webp")
        control = controls.AlwaysCache if only_kept else controls.PreferCache
        # As plain numbers: of Python's enums Qt reads nothing, and would follow its own mind.
        request.setAttribute(what.CacheLoadControlAttribute, control.value)
        policy = QNetworkRequest.RedirectPolicy.ManualRedirectPolicy
        request.setAttribute(what.RedirectPolicyAttribute, policy.value)
        for attribute in (
            what.CookieLoadControlAttribute,
            what.CookieSaveControlAttribute,
            what.AuthenticationReuseAttribute,
        ):
            request.setAttribute(attribute, manual.value)
        request.setTransferTimeout(SILENT_AFTER_MS)
        return request

    def _on_said(self, reply: QNetworkReply) -> None:
        """Hang up on whoever says that too much is coming."""
        said = reply.header(QNetworkRequest.KnownHeaders.ContentLengthHeader)
        if isinstance(said, int) and said > MOST_BYTES:
            reply.setProperty("too_much", True)
            reply.abort()

    def _on_more(self, tile: Tile, reply: QNetworkReply) -> None:
        """Take what came, and hang up on whoever sends too much without a word."""
        if self._replies.get(tile) is not reply:
            return
        body = self._bodies[tile]
        body += reply.readAll().data()
        if len(body) > MOST_BYTES:
            reply.setProperty("too_much", True)
            reply.abort()

    def _give_up(self, tile: Tile, reply: QNetworkReply) -> None:
        self._too_slow.add(tile)
        reply.abort()

    def _on_finished(self, tile: Tile, reply: QNetworkReply, *, only_kept: bool) -> None:
        is_slow = tile in self._too_slow
        self._too_slow.discard(tile)
        reply.deleteLater()
        if self._replies.get(tile) is not reply:
            return  # dropped
        del self._replies[tile]
        body = self._bodies.pop(tile)
        trouble = Trouble.SLOW if is_slow else _trouble_of(reply, only_kept=only_kept)
        if trouble is not None:
            self.failed.emit(tile, trouble)
            return
        body += reply.readAll().data()  # open, since nothing went wrong
        self._keep_a_week(reply.url())
        kept = reply.attribute(QNetworkRequest.Attribute.SourceIsFromCacheAttribute)
        self.came.emit(tile, bytes(body), not kept)

    def _keep_a_week(self, url: QUrl) -> None:
        """Give what came a day to go on which it may be asked for again, where the server named none."""
        kept = self._cache.metaData(url)
        if kept.isValid() and not kept.expirationDate().isValid():
            kept.setExpirationDate(QDateTime.currentDateTimeUtc().addDays(KEPT_DAYS))
            self._cache.updateMetaData(kept)


def cache_folder() -> Path:
    """Return where tiles are kept on this computer."""
    return platformdirs.user_cache_path("milkrun", appauthor=False) / "tiles"


def _trouble_of(reply: QNetworkReply, *, only_kept: bool) -> Trouble | None:
    """Return what is wrong with a finished reply, ``None`` if nothing is."""
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    if reply.property("too_much"):
        return Trouble.WRONG
    if isinstance(status, int) and status not in (200, 304):
        return _trouble_of_status(status)
    if reply.error() == QNetworkReply.NetworkError.NoError:
        return None
    if only_kept:
        return Trouble.NOT_KEPT
    # Which of the two it is when nothing came in time differs between versions of Qt.
    late = (QNetworkReply.NetworkError.TimeoutError, QNetworkReply.NetworkError.OperationCanceledError)
    return Trouble.SLOW if reply.error() in late else Trouble.UNREACHED


def _trouble_of_status(status: int) -> Trouble:
    if status in (204, 404, 410):
        return Trouble.NONE_THERE
    return Trouble.REDIRECTED if 300 <= status < 400 else Trouble.REFUSED
