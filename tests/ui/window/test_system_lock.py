"""A locked screen is heard of on a bus of the test's own."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.program_code import HOUSE

PROGRAM = """
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from ui.window.system_lock import SystemLock

app, heard = QCoreApplication([]), []
lock = SystemLock()
assert lock.begin() >= 3
lock.locked.connect(lambda: heard.append(True))

def tell(is_so):
    message = QDBusMessage.createSignal("/saver", "org.freedesktop.ScreenSaver", "ActiveChanged")
    message.setArguments([is_so])
    assert QDBusConnection.sessionBus().send(message)

lock.locked.connect(app.quit)
tell(False)
tell(True)
QTimer.singleShot(20_000, app.quit)
app.exec()
print(heard)
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="there is no bus here")
def test_a_locked_screen_is_heard_of_and_an_unlocked_one_is_none() -> None:
    done = subprocess.run(
        ["dbus-run-session", sys.executable, "-c", PROGRAM],  # noqa: S607 - found above
        cwd=HOUSE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "[True]", done.stderr


def test_without_a_bus_nothing_is_heard_and_nothing_breaks() -> None:
    words = "from ui.window.system_lock import SystemLock; print(SystemLock().begin())"
    done = subprocess.run(
        [sys.executable, "-c", f"from PySide6.QtCore import QCoreApplication as A; a = A([]); {words}"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/nowhere", "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"},
    )
    assert done.stdout.strip() == "0", done.stderr
