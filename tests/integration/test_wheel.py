"""What we hand out works where the project's folder is not."""

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
NOT_SHIPPED = (
    "_build/",
    "screenshots/",
    "sample/seacoast/odd/",
    "sample/seacoast/later/",
    "sample/seacoast/expected",
)
LIST_RESOURCES = """
import json
from importlib.resources import as_file, files

def walk(folder, name=""):
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from walk(entry, f"{name}{entry.name}/")
        else:
            with as_file(entry) as path:
                yield f"{name}{entry.name}", path.stat().st_size

print(json.dumps(dict(walk(files("resources")))))
"""
LOAD_ENTRY_POINTS = """
from importlib.metadata import distribution
print(sorted(point.name for point in distribution("milkrun").entry_points if point.load()))
"""


def run_python(python: Path | str, *words: str, cwd: Path) -> str:
    """Run *python* apart from this project and the user's own packages; return what it printed."""
    done = subprocess.run([python, *words], cwd=cwd, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a venv that has the wheel, and borrows what the wheel needs to be quick."""
    folder = tmp_path_factory.mktemp("wheel")
    run_python(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=HOUSE)
    (wheel,) = folder.glob("milkrun-*.whl")
    venv.create(folder / "venv", with_pip=False)
    scripts = Path(sysconfig.get_path("scripts", "venv", {"base": str(folder / "venv")}))
    python = scripts / Path(sys.executable).name
    install = ("install", "--quiet", "--no-deps", "--no-index", str(wheel))
    run_python(sys.executable, "-m", "pip", "--python", str(python), *install, cwd=folder)
    site = Path(
        run_python(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    )
    (site / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return python


def test_the_wheel_brings_every_resource(installed: Path, tmp_path: Path) -> None:
    found = json.loads(run_python(installed, "-c", LIST_RESOURCES, cwd=tmp_path))

    resources = HOUSE / "resources"
    names = {path.relative_to(resources).as_posix(): path for path in resources.rglob("*") if path.is_file()}
    expected = {
        name: path.stat().st_size
        for name, path in names.items()
        if not name.startswith(NOT_SHIPPED) and "__pycache__" not in name
    }
    assert {name: size for name, size in found.items() if "__pycache__" not in name} == expected


def test_the_wheel_leaves_the_makers_things_at_home(installed: Path, tmp_path: Path) -> None:
    found = json.loads(run_python(installed, "-c", LIST_RESOURCES, cwd=tmp_path))

    assert [name for name in found if name.startswith(NOT_SHIPPED)] == []


def test_both_entry_points_of_the_wheel_lead_somewhere(installed: Path, tmp_path: Path) -> None:
    assert (
        run_python(installed, "-c", LOAD_ENTRY_POINTS, cwd=tmp_path).strip() == "['milkrun', 'milkrun-gui']"
    )
