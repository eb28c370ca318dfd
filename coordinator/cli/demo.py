"""``milkrun demo FOLDER``: the sample region worked for a week, and all of its paper with pictures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coordinator import open_networks
from coordinator.adapters.pdf import page_count, render_page_png
from coordinator.bootstrap import make_network, open_database
from coordinator.cli.paper import write_file
from coordinator.errors import UserError
from coordinator.services.paper import sheets
from coordinator.services.sample.samples import open_sample_region
from coordinator.services.sample.week_of_work import work_a_week
from coordinator.terminal import say

if TYPE_CHECKING:
    from argparse import Namespace

    from coordinator.bootstrap import Database

NETWORK_FILE: Final = "sample-region.db"


def demo(words: Namespace, today: date) -> None:
    """Do everything once in *words.folder* and name every file written there.

    A network left there by an earlier demo is made anew; any other file is left alone.
    """
    folder: Path = words.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder} cannot be written. Choose another folder.") from error
    for ending in open_networks.BESIDE:
        (folder / f"{NETWORK_FILE}{ending}").unlink(missing_ok=True)
    make_network(folder / NETWORK_FILE)
    database = open_database(folder / NETWORK_FILE, origin="command line", backup_folder=folder / "backups")
    try:
        _work(database, folder, today)
    finally:
        database.dispose()
    if words.picture_window is not None:
        pictures = words.picture_window(folder / NETWORK_FILE, folder, today)
        for path in pictures:
            say(f"  {path}")
        if not pictures:
            say("No window can open here, so there are no pictures of its pages; all else is done.")


def _work(database: Database, folder: Path, today: date) -> None:
    region = open_sample_region(database, today)
    say(
        f"The sample region: {region.donors} donors, {region.recipients} families, {region.drivers} drivers,"
        f" {region.questions} questions to ask."
    )
    week = work_a_week(database, today)
    say(f"Held milk {len(week.holds)} times and planned {len(week.pickups)} pickups. Written:")
    say(f"  {folder / NETWORK_FILE}")
    for name, pdf in _papers(database, week.pickups, week.monday, today):
        for path in _write_with_pictures(folder, name, pdf):
            say(f"  {path}")


def _papers(
    database: Database, codes: tuple[str, ...], monday: date, today: date
) -> Iterator[tuple[str, bytes]]:
    for code in codes:
        yield f"sheet-{code}", sheets.print_pickup_sheet(database, code, today)[1]
    yield f"week-of-{monday}", sheets.render_schedule(sheets.week_schedule(database, monday, today))


def _write_with_pictures(folder: Path, name: str, pdf: bytes) -> Iterator[Path]:
    """Write a PDF and one picture of each of its pages."""
    yield _written(folder / f"{name}.pdf", pdf)
    for page in range(page_count(pdf)):
        yield _written(folder / f"{name}-page-{page + 1}.png", render_page_png(pdf, page))


def _written(path: Path, content: bytes) -> Path:
    write_file(path, content)
    return path
