"""The program as the system starts and ends it: a process with a window, told to go."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic

import pytest

from coordinator.bootstrap import make_network
from tests.e2e.story import SAMPLE

HOUSE = Path(__file__).parents[2]
MILKRUN = [sys.executable, "-m", "ui"]
STAYS_S = 12
ENDS_S = 30

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to end a program by")


@contextmanager
def a_screen(platform: str) -> Iterator[dict[str, str]]:
    """Give the environment of a screen: none at all, or an X server of our own."""
    if platform == "offscreen":
        yield {"QT_QPA_PLATFORM": platform}
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    with server.stdout as told:
        number = told.readline().strip()  # it says so when it is ready
    try:
        yield {"QT_QPA_PLATFORM": platform, "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait(ENDS_S)


def wait_until_open(window: subprocess.Popen[bytes], network: Path) -> None:
    """Wait until *window* reads *network*, which the file beside it shows; a slow computer takes its time."""
    end = monotonic() + ENDS_S
    while not network.with_name(f"{network.name}-wal").exists():
        assert monotonic() < end, f"{network.name} was not opened in {ENDS_S} s"
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(0.1)


ENDINGS = [
    (platform, number)
    for platform in ("offscreen", "xcb")
    for number in (signal.SIGTERM, signal.SIGINT)
    if platform == "offscreen"
    or shutil.which("Xvfb")  # `python3 run.py test` installs it on Debian and Ubuntu
]


def test_a_window_told_to_end_closes_with_its_backup(tmp_path: Path) -> None:
    """Several windows stay together, so that the wait is one: each has a network and a screen of its own."""
    with ExitStack() as screens:
        windows = []
        imported = a_network_with_donors(tmp_path)
        for platform, number in ENDINGS:
            network = tmp_path / f"{platform} {number.name}" / "her data" / "network.db"
            network.parent.mkdir(parents=True)
            shutil.copy(imported, network)
            screen = screens.enter_context(a_screen(platform))
            window = opened_window(network, screen)
            screens.callback(window.kill)  # of one that ended it does nothing
            windows.append((network, number, window))
        for network, _, window in windows:
            wait_until_open(window, network)
        with pytest.raises(subprocess.TimeoutExpired):
            windows[0][2].wait(STAYS_S)

        for network, number, window in windows:
            before = set(network.parent.rglob("*.db"))
            assert window.poll() is None, "it ended by itself"
            window.send_signal(number)
            _, complaints = window.communicate(timeout=ENDS_S)
            assert window.returncode == 0, complaints
            assert b"Traceback" not in complaints
            made = set(network.parent.rglob("*.db")) - before
            assert [path for path in made if "close" in path.name], f"no backup of the close among {made}"


def a_network_with_donors(folder: Path) -> Path:
    """Make a network in *folder* and import the donors of the sample by the command line."""
    network = make_network(folder / "network.db")
    subprocess.run(
        [*MILKRUN, "import", SAMPLE / "donor_form_responses.csv", "--database", network],
        cwd=HOUSE,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return network


def opened_window(network: Path, screen: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the program's window on *network*."""
    return subprocess.Popen(
        [*MILKRUN, "--database", network], cwd=HOUSE, env=os.environ | screen, stderr=subprocess.PIPE
    )
