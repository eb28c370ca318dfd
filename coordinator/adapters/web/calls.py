"""A call to a server, on a thread of its own that can be left behind.

Time limits of sockets hold for one operation each: a server that sends a byte a second keeps them all, and
looking up a host's name has none. So whoever asks waits for the whole answer and no longer; what is left
behind has its socket shut, sends nothing any more, and ends by itself.

Apart from ``web`` because importing urllib3 costs 60 ms that only whoever goes online pays. No proxy of the
environment is used: what is sent goes to the server the coordinator chose and to nobody else.
"""

from __future__ import annotations

import socket
import threading
import weakref
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")

_under_way: weakref.WeakSet[Call] = weakref.WeakSet()
_list_lock = threading.Lock()
_this_thread = threading.local()


class TooSlowError(Exception):
    """The answer was not whole in time."""


class LeftError(Exception):
    """Nobody waits for the answer any more."""


class Call:
    """One call under way."""

    def __init__(self) -> None:
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        self._connection: HTTPConnection | None = None
        self._is_left = False
        self._outcome: Callable[[], Any] | None = None

    def run(self, work: Callable[[], Answer], seconds: float) -> Answer:
        """Return what *work* does on a thread of its own.

        Raises:
            TooSlowError: If it takes longer than *seconds*.
            LeftError: If somebody hung up.
        """
        threading.Thread(target=self._work, args=(work,), name="call", daemon=True).start()
        with _list_lock:
            _under_way.add(self)
        self._is_over.wait(seconds)
        with _list_lock:
            _under_way.discard(self)
        with self._lock:
            is_left = self._is_left
        if is_left:  # before the outcome: a socket that was shut makes a failure of its own
            raise LeftError
        if self._outcome is not None:
            answer: Answer = self._outcome()
            return answer
        self.leave()
        raise TooSlowError

    def leave(self) -> None:
        """Wait no longer and let nothing more be sent."""
        with self._lock:
            self._is_left = True
            connection = self._connection
        if connection is not None:
            _shut(connection)
        self._is_over.set()

    def uses(self, connection: HTTPConnection) -> None:
        """Remember what to shut.

        Raises:
            LeftError: If nobody waits any more.
        """
        with self._lock:
            self._connection = connection
            if self._is_left:
                raise LeftError

    def _work(self, work: Callable[[], object]) -> None:
        _this_thread.call = self
        try:
            answer = work()
        except BaseException as error:  # noqa: BLE001 - carried to whoever waits, as it is
            self._outcome = _raiser(error)
        else:
            self._outcome = lambda: answer
        self._is_over.set()


def hang_up() -> None:
    """Leave every call under way; those who wait for one are told at once."""
    with _list_lock:
        calls = list(_under_way)
    for call in calls:
        call.leave()


@cache
def pool() -> urllib3.PoolManager:
    """Return the connections all calls share."""
    manager = urllib3.PoolManager(num_pools=4, maxsize=2)
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SafePool}
    return manager


def _raiser(error: BaseException) -> Callable[[], Any]:
    def outcome() -> None:
        raise error

    return outcome


def _shut(connection: HTTPConnection) -> None:
    # Closing alone would not wake a thread that reads.
    with suppress(OSError, AttributeError):
        sock = connection.sock
        if sock is not None:
            sock.shutdown(socket.SHUT_RDWR)


def _register(connection: HTTPConnection) -> None:
    call: Call | None = getattr(_this_thread, "call", None)
    if call is not None:
        call.uses(connection)


class _Connection(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _register(self)

    def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - urllib3's own many arguments
        _register(self)
        super().request(*args, **kwargs)


class _SafeConnection(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _register(self)

    def request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - likewise
        _register(self)
        super().request(*args, **kwargs)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _SafeConnection
