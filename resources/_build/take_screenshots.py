"""Takes the README's pictures: ``python resources/_build/take_screenshots.py`` (needs the program installed).

The sample region as of 21 November 2026 is worked for a week in a temporary folder; every page of the window
is pictured in light and dark, and the first pages of a sheet and of the week's schedule.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from coordinator.cli import main as milkrun
from coordinator.services.sample.samples import TYPED_ON
from ui.window.demo import picture_window

TARGET = Path(__file__).parents[1] / "screenshots"
PAPER = {"sheet-P-0003-page-1.png": "sheet.png", f"week-of-{date(2026, 11, 23)}-page-1.png": "schedule.png"}


def keep(picture: Path, target: Path) -> None:
    """Keep *picture* as small as PNG makes it with every colour as it was."""
    with Image.open(picture) as full:
        full.convert("RGB").save(target, optimize=True)


def main() -> int:
    """Take every picture anew and return the exit code."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        code = milkrun(["demo", folder, "--today", TYPED_ON.isoformat()], picture_window=picture_window)
        if code:
            return code
        for name, kept_as in PAPER.items():
            keep(Path(folder, name), TARGET / kept_as)
        pictures = [*Path(folder).glob("*-light.png"), *Path(folder).glob("*-dark.png")]
        for picture in pictures:
            keep(picture, TARGET / picture.name)
    print(f"{len(PAPER) + len(pictures)} pictures in {TARGET}")
    return 0 if pictures else 1


if __name__ == "__main__":
    sys.exit(main())
