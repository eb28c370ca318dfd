"""What CONTRIBUTING names is there."""

import re
from importlib import import_module

from tests.program_code import HOUSE

TEXT = (HOUSE / "CONTRIBUTING.md").read_text("utf-8")
ROOMS = ("coordinator/", "ui/", "resources/", "tests/")


def test_every_path_it_names_is_there() -> None:
    named = set(re.findall(r"`([\w./-]+)`", TEXT.replace("python ", "")))
    paths = {name for name in named if name.startswith(ROOMS) or name.endswith((".py", ".toml"))}
    beside = [HOUSE, HOUSE / "resources" / "_build", HOUSE / "ui" / "donors"]

    assert len(paths) > 40
    assert [path for path in sorted(paths) if not any((room / path).exists() for room in beside)] == []


def test_every_name_it_gives_of_a_module_is_in_it() -> None:
    for name, path in re.findall(r"`([A-Z]+)` in `([\w/]+)\.py`", " ".join(TEXT.split())):
        module = import_module(path.removesuffix("/__init__").replace("/", "."))
        assert hasattr(module, name), f"{path}: {name}"
    for name in re.findall(r"python -m ([\w.]+)", TEXT):
        assert (HOUSE / name.replace(".", "/")).with_suffix(".py").exists() or name == "pytest", name


def test_the_readme_points_to_it() -> None:
    assert "(CONTRIBUTING.md)" in (HOUSE / "README.md").read_text("utf-8")
