"""Files that many tests begin with, made once for a run however many processes share it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE_S = 120


class MadeOnce:
    """A folder that all processes of one run share, and the files in it."""

    def __init__(self, factory: pytest.TempPathFactory, worker: str) -> None:
        own = factory.getbasetemp()
        self.folder = (own.parent if worker else own) / "made-once"
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def file(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the file *name*; whoever comes first lets *make* write it, the others wait."""
        path, lock = self.folder / name, self.folder / f"{name}.lock"
        end = time.monotonic() + PATIENCE_S
        while not path.exists():
            try:
                lock.mkdir()
            except FileExistsError:
                assert time.monotonic() < end, f"{name} was not made in {PATIENCE_S} s"
                time.sleep(0.02)
                continue
            try:
                self._make(path, make)
            finally:
                lock.rmdir()
        return path

    def _make(self, path: Path, make: Callable[[Path], object]) -> None:
        if path.exists():  # between the look and the lock
            return
        aside = self.folder / f"making {path.name}"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        make(aside / path.name)
        (aside / path.name).rename(path)
        shutil.rmtree(aside)
