"""What every test stands on: no screen, no network, no files of the person who runs it."""

import atexit
import gc
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.made_once import MadeOnce

# Before anything imports Qt: the windows of the tests open where nobody sees them.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Qt and the test database server warn where nobody has logged in, and a warning fails a test.
if "XDG_RUNTIME_DIR" not in os.environ:
    runtime_folder = tempfile.TemporaryDirectory(prefix="milkrun-runtime-")
    atexit.register(runtime_folder.cleanup)
    os.environ["XDG_RUNTIME_DIR"] = runtime_folder.name


def has_room_in_memory(folder: Path, room_bytes: int = 2 << 30) -> bool:
    """Tell whether *folder* takes the files of the tests, and lets programs start from there."""
    if not folder.is_dir() or shutil.disk_usage(folder).free < room_bytes:
        return False
    return os.access(folder, os.W_OK) and not os.statvfs(folder).f_flag & os.ST_NOEXEC


# Each commit waits for the disk; what the next minute throws away need not survive a power cut.
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder in it that nobody else may enter
if has_room_in_memory(MEMORY):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# A slow example is the machine's doing, not the rule's. What failed is printed so that it can be repeated.
settings.register_profile("milkrun", deadline=None, print_blob=True)
settings.load_profile("milkrun")

LOCAL_HOSTS = {"127.0.0.1", "::1", "localhost", "", None}
USER_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep Python from walking through the gathered tests for garbage, now and after each few tests.

    They all stay; with the modules they stand in they are half a million objects, a third of a second a walk.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever opens widgets, so that ``pytest -m "not gui"`` is the quick run."""
    for item in items:
        if "qtbot" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.gui)


def pytest_collection_finish() -> None:
    """Let the databases of the tests share what was compiled for them, if any test opens one."""
    if "sqlalchemy" in sys.modules:
        from tests import compiled_once  # noqa: PLC0415 - a test of a rule opens no database

        compiled_once.share()


class NetworkUsedError(Exception):
    """A test reached for another machine; none of them may."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test talk to this machine and to nobody else."""

    def guarded(original: Callable[..., Any], host_of: Callable[..., object]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - stands in for any function of sockets
            if host_of(*args) not in LOCAL_HOSTS:
                message = f"{host_of(*args)} is not this machine"
                raise NetworkUsedError(message)
            return original(*args, **kwargs)

        return call

    def address_host(_socket: socket.socket, address: object) -> object:
        return address[0] if isinstance(address, tuple) else None  # a path: a Unix socket

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect, address_host))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex, address_host))
    monkeypatch.setattr(socket, "getaddrinfo", guarded(socket.getaddrinfo, lambda host, *_: host))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Give the folder of what is made once for all tests of a run."""
    return MadeOnce(tmp_path_factory, os.environ.get("PYTEST_XDIST_WORKER", ""))


@pytest.fixture(scope="session")
def migrated_file(made_once: MadeOnce) -> Path:
    """Make one empty network for all tests; each copies it."""
    from tests.networks import put_network  # noqa: PLC0415 - a test of a rule opens no database

    return made_once.path("empty.db", put_network)


@pytest.fixture(scope="session")
def seacoast_file(migrated_file: Path, made_once: MadeOnce) -> Path:
    """Make one network with the sample region for all tests; each copies it."""
    from coordinator.services.sample.samples import open_sample_region  # noqa: PLC0415 - likewise
    from tests.builders import TODAY  # noqa: PLC0415 - likewise
    from tests.networks import changed_copy  # noqa: PLC0415 - likewise

    def make(path: Path) -> None:
        changed_copy(migrated_file, path, lambda database: open_sample_region(database, TODAY))

    return made_once.path("seacoast.db", make)


@pytest.fixture(scope="session")
def worked_file(seacoast_file: Path, made_once: MadeOnce) -> Path:
    """Make one network with the sample region after a week's work for all tests; each copies it.

    P-0001 to P-0003 are planned, H-0005 and H-0006 are still open.
    """
    from coordinator.services.sample.week_of_work import work_a_week  # noqa: PLC0415 - likewise
    from tests.builders import TODAY  # noqa: PLC0415 - likewise
    from tests.networks import changed_copy  # noqa: PLC0415 - likewise

    def make(path: Path) -> None:
        changed_copy(seacoast_file, path, lambda database: work_a_week(database, TODAY))

    return made_once.path("worked.db", make)


@pytest.fixture(scope="session")
def in_homes_file(migrated_file: Path, made_once: MadeOnce) -> Path:
    """Make one network with one donor's milk in four homes for all tests; each copies it."""
    from tests.networks import changed_copy  # noqa: PLC0415 - likewise
    from tests.recall_builders import milk_in_homes  # noqa: PLC0415 - likewise

    return made_once.path("in-homes.db", lambda path: changed_copy(migrated_file, path, milk_in_homes))


@pytest.fixture(autouse=True)
def collected_on_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Free what windows leave behind on their thread alone, as the program does, once a test has one."""
    if "qapp" in request.fixturenames:
        from ui import collecting  # noqa: PLC0415 - a test of a rule needs no Qt

        request.getfixturevalue("qapp")
        collecting.begin()
    yield
    if "ui.collecting" in sys.modules:
        sys.modules["ui.collecting"].collect_what_is_due()
        if gc.get_count()[2] == 0:  # all was walked through just now: what is left stays for good
            gc.freeze()


@pytest.fixture(autouse=True)
def dressed_as_before(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take back the colours and the size that a test put on, in one go and for windows that are gone.

    The style sheet too: each widget that is made is looked up in it, a quarter of the time of a page. Whoever
    looks at sizes or colours asks for ``dressed``.
    """
    if "qapp" not in request.fixturenames:
        yield
        return
    app = request.getfixturevalue("qapp")
    size = app.font().pointSizeF()
    yield
    theme = sys.modules.get("ui.theme")
    if theme and (theme.tokens() != theme.LIGHT or app.font().pointSizeF() != size):
        theme.apply(app, theme.Scheme.LIGHT)
    if app.styleSheet():
        app.setStyleSheet("")


@pytest.fixture
def dressed(request: pytest.FixtureRequest, dressed_as_before: None) -> None:
    """Let widgets look as she sees them, in light colours."""
    from ui import theme  # noqa: PLC0415 - a test of a rule needs no Qt

    theme.apply(request.getfixturevalue("qapp"), theme.Scheme.LIGHT)


@pytest.fixture(autouse=True)
def no_window_left(request: pytest.FixtureRequest, dressed_as_before: None) -> Iterator[None]:
    """Delete what a test left open: each widget alive is dressed anew whenever a later test dresses all."""
    yield
    if "qtbot" not in request.fixturenames:
        return
    from PySide6.QtCore import QCoreApplication, QEvent, Qt  # noqa: PLC0415 - a test of a rule needs no Qt
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - likewise

    # Windows first: a completer deletes its list itself, and does not notice that somebody else did.
    for kind in ({Qt.WindowType.Window, Qt.WindowType.Dialog}, set(Qt.WindowType)):
        for window in QApplication.topLevelWidgets():
            if window.parent() is None and window.windowType() in kind:
                window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session", autouse=True)
def folders_of_nobody(made_once: MadeOnce) -> Iterator[None]:
    """Keep what modules make for all their tests from the real folders too."""
    with pytest.MonkeyPatch.context() as patch:
        for name in USER_FOLDERS:
            patch.setenv(name, str(made_once.folder / name.lower()))
        yield


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a forgotten argument from reaching the coordinator's real data and settings."""
    for name in USER_FOLDERS:
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("MILKRUN_DATABASE", raising=False)


@pytest.fixture(autouse=True)
def post_office_names(
    request: pytest.FixtureRequest,
    own_folders: None,
    made_once: MadeOnce,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """Lend a test, and the programs it starts, what another gathered: that takes two seconds each time.

    The cache stands beside the test's own folder, in which it may look for what it left behind.
    """
    if request.node.get_closest_marker("nothing_gathered"):
        yield
        return
    cache = tmp_path.with_name(f"{tmp_path.name}-cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    kept, own = made_once.folder / "xdg_cache_home" / "milkrun", cache / "milkrun"
    lend_names(kept, own)
    yield
    lend_names(own, kept)
    shutil.rmtree(cache, ignore_errors=True)


def lend_names(of: Path, to: Path) -> None:
    """Put the file of the post office's names that lies in *of*, if any, into *to* as well."""
    for names in of.glob("post-office-names-*.sqlite"):
        to.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # it lies there, or these disks know no second name for a file
            (to / names.name).hardlink_to(names)
