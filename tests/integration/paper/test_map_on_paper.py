"""``milkrun map``: the region, or one family and who could help it, without a window and without names."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest

from coordinator.bootstrap import Database
from coordinator.domain.maps.drawing import Role
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.settings import Paper
from coordinator.services.families import donors, recipients
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.paper import maps
from coordinator.services.settings.values import change_setting, settings
from tests.integration.cli.cli import CommandLine
from tests.networks import opened_network

TODAY = date(2026, 11, 21)


@pytest.fixture
def milkrun(tmp_path: Path, seacoast_file: Path) -> CommandLine:
    return CommandLine(Path(shutil.copy(seacoast_file, tmp_path / "network.db")))


@pytest.fixture
def network(milkrun: CommandLine) -> Database:
    return opened_network(milkrun.network)


def words_of(pdf: bytes) -> str:
    """Return what is read on the one page; letters with a halo are drawn twice."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        (page,) = document.pages
        return str(page.dedupe_chars(tolerance=0.5).extract_text(use_text_flow=True))


def test_the_map_of_the_region_tells_everybody_by_code_and_nobody_by_name(
    milkrun: CommandLine, network: Database, tmp_path: Path
) -> None:
    target = tmp_path / "map.pdf"

    assert milkrun.do("map", "-o", target) == f"Map of the region: {target}\n"

    text = words_of(target.read_bytes())
    listed = (donors.list_donors(network, TODAY), recipients.list_recipients(network, TODAY))
    names = {one.code: one.name for people in listed for one in people}
    codes = set(re.findall(r"[DRV]-\d{4}", text))
    assert set(names) <= codes
    assert not [name for name in names.values() if name in text]
    assert all(word in text for word in ("Donor", "Recipient", "Driver", "Confidential", "GSHHG", "Portland"))
    assert len(target.read_bytes()) < 200_000


def test_the_map_of_a_family_shows_the_best_donors_with_their_miles(
    milkrun: CommandLine, network: Database, tmp_path: Path
) -> None:
    target = tmp_path / "family.pdf"

    milkrun.do("map", "--recipient", "R-0007", "-o", target)

    text = words_of(target.read_bytes())
    best = rank_donors(network, "R-0007", TODAY).matches[0]
    assert "R-0007 and who could help" in text
    assert "R-0007" in text.partition("and who could help")[2].partition("On the map, without room")[0]
    assert f"Best first: {best.code} " in text
    assert re.search(r"about \d+ mi", text)
    assert best.name not in text


def test_each_suggested_donor_is_joined_to_the_family(network: Database) -> None:
    page = maps.family_map(network, "R-0007", TODAY)

    family = next(pin for pin in page.layers.pins if pin.role is Role.RECIPIENT)
    assert family.emphasised
    assert {line.end for line in page.layers.lines} == {family.position}
    assert 0 < len(page.layers.lines) <= maps.LINES
    assert all(line.label for line in page.layers.lines)


def test_a_map_is_printed_on_the_networks_paper(network: Database) -> None:
    change_setting(network, "paper", Paper.A4.value)

    with pdfplumber.open(BytesIO(maps.render_map(maps.region_map(network, TODAY)))) as document:
        size = sorted((round(document.pages[0].width), round(document.pages[0].height)))

    assert size == [595, 842]
    assert settings(network).paper is Paper.A4


def test_the_same_map_gives_the_same_bytes(network: Database) -> None:
    page = maps.region_map(network, TODAY)

    assert maps.render_map(page) == maps.render_map(page)


def test_where_nobodys_place_is_known_there_is_nothing_to_draw(tmp_path: Path) -> None:
    milkrun = CommandLine(tmp_path / "empty.db")

    said = milkrun.refused("map", "-o", tmp_path / "map.pdf")

    assert "place is known" in said
    assert not (tmp_path / "map.pdf").exists()


def test_a_family_nobody_knows_has_no_map(milkrun: CommandLine, tmp_path: Path) -> None:
    assert "R-9999" in milkrun.refused("map", "--recipient", "R-9999", "-o", tmp_path / "map.pdf")


def test_homes_on_one_spot_are_all_accounted_for(network: Database) -> None:
    page = maps.region_map(network, TODAY)
    crowd = tuple(pin for pin in page.layers.pins if pin.role is Role.DONOR)
    spot = Position(43.66, -70.26, Precision.ZIP)

    together = replace(
        page,
        layers=replace(page.layers, pins=tuple(replace(pin, position=spot) for pin in crowd)),
        focus=(spot,),
    )

    text = words_of(maps.render_map(together))
    assert {pin.code for pin in crowd} <= set(re.findall(r"D-\d{4}", text))


def test_a_map_is_drawn_without_the_windows_toolkit(milkrun: CommandLine, tmp_path: Path) -> None:
    words = ["--database", str(milkrun.network), "map", "-o", str(tmp_path / "map.pdf")]
    script = (
        f"import sys; from coordinator.cli import main; main({words!r}); sys.exit('PySide6' in sys.modules)"
    )

    ended = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, timeout=120)

    assert ended.returncode == 0
    assert (tmp_path / "map.pdf").exists()
