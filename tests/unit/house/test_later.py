"""What a first paint does not need is not imported for it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from ui.window import lazy_imports


@pytest.mark.parametrize("name", lazy_imports.__all__)
def test_everything_promised_for_later_is_there_when_asked_for(name: str) -> None:
    assert getattr(lazy_imports, name) is import_module(lazy_imports._HOMES[name])


def test_what_was_never_promised_is_missing_as_in_any_module() -> None:
    with pytest.raises(AttributeError):
        _ = lazy_imports.nothing_of_the_kind  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "library", ["sqlalchemy", "numpy", "openpyxl", "reportlab", "phonenumbers", "dateutil"]
)
def test_the_window_is_painted_before_a_large_library_is_imported(library: str) -> None:
    asked = f"import sys, ui.window.open_window; sys.exit({library!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_qt_leaves_pythons_own_import_in_place() -> None:
    asked = (
        "import builtins, sys; plain = builtins.__import__; from ui.app import import_qt; import_qt(); "
        "sys.exit(builtins.__import__ is not plain or 'PySide6.QtCore' not in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
