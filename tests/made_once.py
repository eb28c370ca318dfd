"""Files that many tests begin with, made once for a run however many processes share it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE_S = 120


class MadeOnce:
    """A folder that all processes of one run share, and what is made in it."""

    def __init__(self, factory: pytest.TempPathFactory, worker: str) -> None:
        own = factory.getbasetemp()
        self.folder = (own.parent if worker else own) / "made-once"
        self.folder.mkdir(mode=0o700, exist_ok=True)

    def path(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return the file or folder *name*; whoever comes first lets *make* write it, the others wait."""
        path, done, lock = (self.folder / f"{name}{ending}" for ending in ("", ".done", ".lock"))
        end = time.monotonic() + PATIENCE_S
        while not done.exists():
            try:
                lock.mkdir()
            except FileExistsError:
                assert time.monotonic() < end, f"{name} was not made in {PATIENCE_S} s"
                time.sleep(0.02)
                continue
            try:
                if not done.exists():  # between the look and the lock
                    self._make(path, make)
                    done.touch()
            finally:
                lock.rmdir()
        return path

    @staticmethod
    def _make(path: Path, make: Callable[[Path], object]) -> None:
        """Make it in the place of what another try may have left."""
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        make(path)
