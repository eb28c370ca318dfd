"""``milkrun demo``: the whole work on the made-up region, on any day, without a window."""

import io
import shutil
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pypdf
import pytest

from coordinator.cli import main
from coordinator.errors import UserError
from coordinator.services.sample.samples import open_sample_region
from tests.integration.cli.cli import CommandLine
from tests.made_once import MadeOnce
from tests.networks import opened_network

PNG = b"\x89PNG\r\n\x1a\n"


def run_demo(folder: Path, today: str) -> CommandLine:
    """Run the demo where no window can open, and return its network."""
    assert main(["demo", str(folder), "--today", today], picture_window=lambda *_: ()) == 0
    return CommandLine(folder / "sample-region.db", today)


def first_demo_made(made_once: MadeOnce) -> tuple[Path, str]:
    """Return the folder of a demo for all tests, and what was said; who writes there copies it."""

    def make(folder: Path) -> None:
        said = io.StringIO()
        with redirect_stdout(said):
            run_demo(folder / "demo", "2026-11-21")
        (folder / "said").write_text(said.getvalue(), "utf-8")

    made = made_once.path("first demo", make)
    return made / "demo", (made / "said").read_text("utf-8")


@pytest.fixture(scope="module")
def first_demo(made_once: MadeOnce) -> tuple[Path, str]:
    """Give the folder of a demo, and what was said."""
    return first_demo_made(made_once)


def test_the_demo_writes_paper_and_a_picture_of_each_page(first_demo: tuple[Path, str]) -> None:
    folder, said = first_demo
    milkrun = CommandLine(folder / "sample-region.db", "2026-11-21")
    named = [Path(line.strip()) for line in said.splitlines() if line.startswith("  ")]
    assert {path for path in folder.iterdir() if path.is_file() and not path.name.endswith(".in-use")} == set(
        named
    )
    papers = [path for path in named if path.suffix == ".pdf"]
    assert [path.name for path in papers] == [
        "sheet-P-0001.pdf",
        "sheet-P-0002.pdf",
        "sheet-P-0003.pdf",
        "week-of-2026-11-23.pdf",
    ]
    for paper in papers:
        for page in range(1, len(pypdf.PdfReader(paper).pages) + 1):
            assert (folder / f"{paper.stem}-page-{page}.png").read_bytes().startswith(PNG)
    held = milkrun.read("holds")
    assert len({hold["lot"] for hold in held}) == len(held) == 7
    assert sum(hold["only_from"] is not None for hold in held) >= 1
    kinds = [milkrun.read("pickup", "show", f"P-000{n}")["kind"] for n in (1, 2, 3)]
    assert kinds == ["family collects", "meet at a named place", "volunteer run"]


@pytest.mark.parametrize("today", ["2027-02-28", "2026-11-22"])
def test_the_demo_works_on_any_day_and_a_second_time(
    tmp_path: Path, first_demo: tuple[Path, str], today: str
) -> None:
    folder = shutil.copytree(first_demo[0], tmp_path / "demo")
    milkrun = run_demo(folder, today)
    days = [milkrun.read("pickup", "show", f"P-000{n}")["on"] for n in (1, 2, 3)]
    assert all(day > today for day in days)
    assert [milkrun.read("pickup", "show", f"P-000{n}")["waiting_for"] for n in (1, 2, 3)] == [[], [], []]


def test_the_sample_region_is_the_same_on_every_day_but_for_its_dates(tmp_path: Path) -> None:
    then, later = date(2026, 11, 21), date(2028, 3, 1)
    regions = []
    for today in (then, later):
        milkrun = CommandLine(tmp_path / f"{today}.db", today.isoformat())
        database = opened_network(milkrun.network)
        report = open_sample_region(database, today)
        database.dispose()
        assert (report.donors, report.recipients, report.drivers) == (40, 60, 8)
        regions.append(milkrun.read("donors"))
    for before, after in zip(*regions, strict=True):
        assert (before["email"], before["town"]) == (after["email"], after["town"])
        assert len(before["questions"]) == len(after["questions"])
        for lot, moved in zip(before["lots"], after["lots"], strict=True):
            assert (lot["ounces"], lot["bags"]) == (moved["ounces"], moved["bags"])
            for key in ("expressed_from", "expressed_to"):
                assert date.fromisoformat(moved[key]) - date.fromisoformat(lot[key]) == later - then


def test_the_sample_region_never_mixes_with_real_families(tmp_path: Path) -> None:
    database = opened_network(tmp_path / "network.db")
    open_sample_region(database, date(2026, 11, 21))
    with pytest.raises(UserError, match="only in an empty network"):
        open_sample_region(database, date(2026, 11, 21))
    database.dispose()


def test_the_pictures_of_the_window_are_named_and_their_lack_is_said(
    tmp_path: Path, first_demo: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    def one_picture(network: Path, folder: Path, today: date) -> Sequence[Path]:
        assert network.exists()
        return [folder / f"{today}.png"]

    assert main(["demo", str(tmp_path), "--today", "2026-11-21"], picture_window=one_picture) == 0
    assert f"  {tmp_path / '2026-11-21.png'}" in capsys.readouterr().out.splitlines()
    assert "No window can open here" in first_demo[1]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    milkrun = CommandLine(tmp_path / "network.db")
    assert "Choose another folder" in milkrun.refused("demo", tmp_path / "file" / "demo")
