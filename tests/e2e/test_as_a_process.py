"""The program as the system starts and ends it: a process with a window, told to go."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from coordinator.bootstrap import make_network
from tests.e2e.story import SAMPLE

HOUSE = Path(__file__).parents[2]
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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_a_window_told_to_end_closes_with_its_backup(
    platform: str, number: signal.Signals, tmp_path: Path
) -> None:
    if platform == "xcb" and shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed; `python3 run.py test` installs it on Debian and Ubuntu")
    network = tmp_path / "her data" / "network.db"
    milkrun = [sys.executable, "-m", "ui"]
    donors = SAMPLE / "donor_form_responses.csv"
    make_network(network)
    subprocess.run(
        [*milkrun, "import", donors, "--database", network], cwd=HOUSE, check=True, stdout=subprocess.DEVNULL
    )
    before = set(tmp_path.rglob("*.db"))
    with a_screen(platform) as screen:
        window = subprocess.Popen(
            [*milkrun, "--database", network], cwd=HOUSE, env=os.environ | screen, stderr=subprocess.PIPE
        )
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(STAYS_S)

        window.send_signal(number)
        _, complaints = window.communicate(timeout=ENDS_S)

    assert window.returncode == 0, complaints
    assert b"Traceback" not in complaints
    made = set(tmp_path.rglob("*.db")) - before
    assert [path for path in made if "close" in path.name], f"no backup of the close among {made}"
