#!/usr/bin/env python3
"""Set up Milk Run in a folder of its own and start it, with Python's standard library alone.

    python3 run.py               open the program; without a screen, do its work on the sample region
    python3 run.py WORDS         the program's commands, such as ``python3 run.py donors --json``
    python3 run.py test [ARGS]   every check of the project up to the first that fails; ARGS go to pytest

On Windows it is ``py run.py``. Everything Python goes into ``.venv`` beside this file, with the versions that
``uv.lock`` names, and nothing outside it is touched; Debian and Ubuntu also get the system libraries a window
needs. A second start finds all of it in place and takes no time.
"""

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told so
    sys.exit(f"Milk Run needs Python 3.11 or newer; this is Python {sys.version.split()[0]}.")

import tomllib

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
DEMO_FOLDER = "milkrun-demo"

# What Qt's own wheel leaves to the system, each with the Debian and Ubuntu package that brings it.
WINDOW_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# The same for a real X11 screen; a window nobody looks at does without.
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# An X server that shows nothing, for the test that starts the window as a program of its own.
TEST_PROGRAMS = {"Xvfb": "xvfb"}
CHECKS = (
    ("ruff check", ["-m", "ruff", "check"]),
    ("ruff format", ["-m", "ruff", "format", "--check"]),
    ("mypy", ["-m", "mypy"]),
    ("lint-imports", ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"]),
    # More than four test processes would each start a database server and wait for one another.
    ("pytest", ["-m", "pytest", "-n", "auto", "--maxprocesses", "4"]),
)


def main(words: list[str]) -> int:
    """Set up what *words* ask for, run it, and return its exit code."""
    testing = words[:1] == ["test"]
    ready = is_ready(for_tests=testing)
    if sys.platform == "linux":
        missing = missing_packages(for_screen=has_screen(), for_venv=not ready, for_tests=testing)
        if missing:
            install_system_packages(missing)
    if not ready:
        install_python_packages(with_tests=testing)
    return run_checks(words[1:]) if testing else start_program(words)


def start_program(words: list[str]) -> int:
    """Run the program from the caller's folder, so that file names in *words* mean what they say."""
    if not has_screen():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        if not words:
            say(f"There is no screen here: Milk Run does its work on the sample region, into {DEMO_FOLDER}.")
            words = ["demo", DEMO_FOLDER]
    # -P: a folder of the caller's that happens to be called "ui" is not ours.
    return subprocess.run([PYTHON, "-P", "-m", "ui", *words], check=False).returncode


def run_checks(pytest_words: list[str]) -> int:
    """Run the project's checks in order and return the exit code of the first that fails, or 0."""
    for name, words in CHECKS:
        say(f"== {name}")
        command = [PYTHON, *words, *(pytest_words if name == "pytest" else [])]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            say(f"== {name} failed (exit code {code})")
            return code
    say("== all checks passed")
    return 0


def has_screen() -> bool:
    """Say whether a window opened here would be seen."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_packages(*, for_screen: bool, for_venv: bool, for_tests: bool = False) -> list[str]:
    """Return the Debian packages that this Linux lacks for a window, for making a ``.venv``, for tests."""
    wanted = WINDOW_LIBRARIES | (SCREEN_LIBRARIES if for_screen or for_tests else {})
    missing = [package for library, package in wanted.items() if not can_load(library)]
    if for_tests:
        missing += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
    # Debian keeps the part of Python that puts pip into a .venv in a package of its own.
    if for_venv and not (shutil.which("uv") or importlib.util.find_spec("ensurepip")):
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def can_load(library: str) -> bool:
    """Say whether the system's loader finds *library*."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(packages: list[str]) -> None:
    """Install Debian *packages* where that asks no password; otherwise stop, with the command to type."""
    say(f"Milk Run needs a few packages of the system that are not here yet: {' '.join(packages)}")
    if not shutil.which("apt-get"):
        sys.exit("Please install their like with your system's package manager, then start this again.")
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if not as_root or (shutil.which("sudo") and succeeds([*as_root, "true"])):
        # Another apt may be at work on a fresh machine: wait for it rather than fail.
        patiently = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
        patience = ["-o", "DPkg::Lock::Timeout=120", "-o", "DPkg::Use-Pty=0", "-qq"]
        succeeds([*patiently, "apt-get", "update", *patience])
        if succeeds([*patiently, *install, *patience]):
            return
    sys.exit(f"Please run this, then start again:\n    sudo apt-get update && sudo {' '.join(install)}")


def is_ready(*, for_tests: bool) -> bool:
    """Say whether ``.venv`` holds what the project asks for; one made for tests also runs the program."""
    stamps = [stamp_of(tests=True)] + ([] if for_tests else [stamp_of(tests=False)])
    return any(stamp.is_file() and stamp.read_text("utf-8") == fingerprint() for stamp in stamps)


def stamp_of(*, tests: bool) -> Path:
    """Return the file that says what ``.venv`` was made from."""
    return VENV / (".ready-for-tests" if tests else ".ready")


def fingerprint() -> str:
    """Return a hash of what decides what belongs in ``.venv``: project, lock, this Python and this place."""
    project = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "uv.lock"))
    return hashlib.sha256(project + f"{sys.version} {ROOT}".encode()).hexdigest()


def install_python_packages(*, with_tests: bool) -> None:
    """Make ``.venv`` hold the program and its packages: by uv where there is one, by pip otherwise."""
    say("Setting up Milk Run in .venv; the first time takes a minute or two.")
    uv = shutil.which("uv")
    if uv:
        os.environ["UV_PROJECT_ENVIRONMENT"] = str(VENV)
        group = ["--group", "dev"] if with_tests else ["--no-dev"]
        must_succeed([uv, "sync", "--frozen", "--inexact", "--python", sys.executable, *group])
    else:
        install_with_pip(with_tests=with_tests)
    stamp_of(tests=with_tests).write_text(fingerprint(), "utf-8")


def install_with_pip(*, with_tests: bool) -> None:
    """Make ``.venv`` with Python's own tools, at the versions of the lock."""
    made_with = VENV / "pyvenv.cfg"
    same_python = made_with.is_file() and platform.python_version() in made_with.read_text("utf-8")
    # What another Python left behind cannot be built upon.
    must_succeed([sys.executable, "-m", "venv", *([] if same_python else ["--clear"]), str(VENV)])
    locked = VENV / "locked-versions.txt"
    locked.write_text("\n".join(locked_versions()), "utf-8")
    os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--constraint", str(locked)]
    must_succeed([*pip, "--upgrade", "pip"])  # before 25.1 it knows no dependency groups
    group = ["--group", "dev"] if with_tests else []
    must_succeed([*pip, "--editable", ".", *group])


def locked_versions() -> list[str]:
    """Return the versions of ``uv.lock`` as lines of a constraints file, which pip understands."""
    lines = []
    for package in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]:
        if "registry" in package["source"]:
            where = " or ".join(f"({marker})" for marker in package.get("resolution-markers", []))
            lines.append(f"{package['name']}=={package['version']}" + (f" ; {where}" if where else ""))
    return lines


def succeeds(command: list[str]) -> bool:
    """Run *command*, which may complain but neither ask nor chatter, and say whether it went well."""
    nothing = subprocess.DEVNULL
    return subprocess.run(command, stdin=nothing, stdout=nothing, check=False).returncode == 0


def must_succeed(command: list[str]) -> None:
    """Run *command* in the project's folder, or stop with its exit code."""
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        say(f"Setting up stopped at: {' '.join(command)}")
        sys.exit(code)


def say(sentence: str) -> None:
    """Print at once, so that the sentence stands before what other programs print."""
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
