"""``milkrun demo FOLDER``: the sample region worked for a week, and all of its paper with pictures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coordinator import open_networks
from coordinator.adapters.pdf import page_count, render_page_png
from coordinator.bootstrap import make_network, open_database
from coordinator.cli.task import ORIGIN
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.paper import sheets
from coordinator.services.paper.saving import write_file
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
        raise UserError(
            saying("{folder} cannot be written. Choose another folder.", folder=str(folder))
        ) from error
    for ending in open_networks.BESIDE:
        (folder / f"{NETWORK_FILE}{ending}").unlink(missing_ok=True)
    make_network(folder / NETWORK_FILE)
    database = open_database(folder / NETWORK_FILE, origin=ORIGIN.code, backup_folder=folder / "backups")
    try:
        _work(database, folder, today)
    finally:
        database.dispose()
    if words.picture_window is not None:
        pictures = words.picture_window(folder / NETWORK_FILE, folder, today)
        for path in pictures:
            say(f"  {path}")
        if not pictures:
            say(saying("No window can open here, so there are no pictures of its pages; all else is done."))


def _work(database: Database, folder: Path, today: date) -> None:
    region = open_sample_region(database, today)
    say(
        saying(
            "The sample region: {donors} donors, {families} families, {drivers} drivers,"
            " {questions} questions to ask.",
            donors=region.donors,
            families=region.recipients,
            drivers=region.drivers,
            questions=region.questions,
        )
    )
    week = work_a_week(database, today)
    say(
        saying(
            "Held milk {holds} times and planned {pickups} pickups. Written:",
            holds=len(week.holds),
            pickups=len(week.pickups),
        )
    )
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
