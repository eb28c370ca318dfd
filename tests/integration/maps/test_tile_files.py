"""The coordinator's own map file: what can be read, what is refused, and that nothing is written."""

from __future__ import annotations

import gzip
import json
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pmtiles.tile import TileType

from coordinator.adapters.map_files.tile_file_checks import MapFileError, plain_text
from coordinator.adapters.map_files.tile_files import open_tile_file
from coordinator.bootstrap import Database
from coordinator.domain.maps.tiles import Tile
from coordinator.domain.settings import Settings
from coordinator.errors import UserError
from coordinator.services.settings.tiles import chosen_source, describe_file, offered_servers
from coordinator.services.settings.values import change_setting
from coordinator.services.settings.values import settings as settings_of
from tests.tile_builders import BLUE, GREEN, RED, SEACOAST_DEG, a_pmtiles, a_png, an_mbtiles, tiles_of_box

CREDIT = '&copy; <a href="https://example.org">The map\n makers</a>'
Make = Callable[..., Path]
BOTH = pytest.mark.parametrize("make", [an_mbtiles, a_pmtiles])


def remarks(make: Make) -> dict[str, str]:
    bounds = ",".join(map(str, SEACOAST_DEG))
    return {"bounds": bounds, "attribution": CREDIT} if make is an_mbtiles else {"attribution": CREDIT}


def north_south(tile: Tile) -> bytes:
    """Return blue in the northern half of the world, green in the southern."""
    return a_png(BLUE if tile.row < 2 ** (tile.zoom - 1) else GREEN, side=8)


@BOTH
def test_a_file_says_its_zooms_its_area_and_its_makers(tmp_path: Path, make: Make) -> None:
    path = make(tmp_path / "map", tiles_of_box(range(6, 9)), **remarks(make))

    info = describe_file(path)

    assert (info.kind, info.limits.min_zoom, info.limits.max_zoom) == ("PNG", 6, 8)
    assert info.corners_deg == pytest.approx(SEACOAST_DEG)
    assert info.attribution == "© The map makers"
    left, top, right, bottom = info.limits.box
    assert left == pytest.approx(0.3)
    assert right == pytest.approx(110.5 / 360)
    assert 0.36 < top < bottom < 0.38


@BOTH
def test_north_is_up(tmp_path: Path, make: Make) -> None:
    tiles = [Tile(2, column, row) for column in range(4) for row in range(4)]
    file = open_tile_file(make(tmp_path / "map", tiles, north_south))

    assert file.read(Tile(2, 1, 0)) == a_png(BLUE, side=8)
    assert file.read(Tile(2, 1, 3)) == a_png(GREEN, side=8)
    assert file.read(Tile(3, 1, 3)) is None
    file.close()


def test_a_file_with_leaf_directories_is_read_throughout(tmp_path: Path) -> None:
    tiles = [Tile(8, column, row) for column in range(256) for row in range(0, 256, 2)]
    path = a_pmtiles(
        tmp_path / "map", tiles, lambda t: a_png((t.column, t.row, 7), side=1), box_deg=(-180, -85, 180, 85)
    )
    file = open_tile_file(path)

    for tile in tiles[::997]:
        assert file.read(tile) == a_png((tile.column, tile.row, 7), side=1)
    assert file.read(Tile(8, 5, 5)) is None
    file.close()


@BOTH
def test_a_file_is_never_written_and_nothing_is_laid_beside_it(tmp_path: Path, make: Make) -> None:
    path = make(tmp_path / "map", tiles_of_box([6]), **remarks(make))
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    file = open_tile_file(path)
    for tile in tiles_of_box([6, 7]):
        file.read(tile)
    file.close()

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_with_a_log_of_changes_is_read_without_touching_the_log(tmp_path: Path) -> None:
    path = an_mbtiles(tmp_path / "map", tiles_of_box([6]))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma journal_mode=wal")

    describe_file(path)

    assert list(tmp_path.iterdir()) == [path]


def test_vector_tiles_are_refused_in_a_sentence_that_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(b"\x1a\x05lines")
    mbtiles = an_mbtiles(tmp_path / "one", tiles_of_box([6]), lambda _: packed, format="pbf")
    pmtiles = a_pmtiles(tmp_path / "two", tiles_of_box([6]), lambda _: packed, kind=TileType.MVT)

    for path in (mbtiles, pmtiles):
        with pytest.raises(UserError, match="holds lines and names, not pictures"):
            describe_file(path)


def test_what_is_no_map_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "milk.csv"
    other.write_text("donor,oz\n")
    network = tmp_path / "other.db"
    with closing(sqlite3.connect(network)) as connection:
        connection.execute("create table donor (name text)")
    empty = an_mbtiles(tmp_path / "empty", [])

    for path, words in (
        (other, "no map file"),
        (network, "no map file"),
        (empty, "holds no map"),
        (tmp_path / "none", "no such file"),
        (tmp_path, "no such file"),
    ):
        with pytest.raises(UserError, match=words):
            describe_file(path)


def test_a_table_that_never_ends_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "map"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "create view tiles as with recursive t(n) as (select 1 union all select n + 1 from t) "
            "select n as zoom_level, n as tile_column, n as tile_row, x'00' as tile_data from t where n < 0"
        )

    with pytest.raises(MapFileError, match="damaged"):
        describe_file(path)


def test_a_tile_of_many_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    mbtiles = an_mbtiles(tmp_path / "one", [Tile(1, 0, 0)], lambda _: a_png() + bytes(3_000_000))
    pmtiles = a_pmtiles(tmp_path / "two", [Tile(1, 0, 0)], lambda _: a_png() + bytes(3_000_000))

    for path in (mbtiles, pmtiles):
        with pytest.raises(MapFileError, match="damaged"):
            describe_file(path)


def test_a_directory_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = a_pmtiles(tmp_path / "map", tiles_of_box([6]))
    bomb = gzip.compress(bytes(200_000_000))
    contents = bytearray(path.read_bytes() + bomb)
    contents[8:24] = (len(contents) - len(bomb)).to_bytes(8, "little") + len(bomb).to_bytes(8, "little")
    path.write_bytes(contents)

    with pytest.raises(MapFileError, match="damaged"):
        describe_file(path)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from((an_mbtiles, a_pmtiles)), st.floats(0, 1), st.binary(max_size=12), st.floats(0, 1))
def test_a_damaged_file_gives_a_tile_none_or_a_sentence(
    tmp_path: Path, make: Make, place: float, noise: bytes, kept: float
) -> None:
    whole = tmp_path / make.__name__
    if not whole.exists():
        make(whole, tiles_of_box([6, 7]))
    contents = bytearray(whole.read_bytes())
    at = int(place * min(len(contents), 20_000))
    contents[at : at + len(noise)] = noise
    path = tmp_path / "hurt"
    path.write_bytes(contents[: int(len(contents) * (0.2 + kept))])

    try:
        file = open_tile_file(path)
    except MapFileError:
        return
    try:
        for tile in tiles_of_box([6]):
            data = file.read(tile)
            assert data is None or isinstance(data, bytes)
    except MapFileError:
        pass
    finally:
        file.close()


def test_a_file_without_remarks_is_still_a_map(tmp_path: Path) -> None:
    path = an_mbtiles(tmp_path / "map", tiles_of_box([6, 7]))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("drop table metadata")
    pmtiles = a_pmtiles(tmp_path / "other", tiles_of_box([6, 7]))

    assert describe_file(path).attribution == ""
    assert describe_file(path).limits.max_zoom == 7
    assert json.dumps(describe_file(pmtiles).attribution) == '""'


def test_markup_and_long_words_become_one_plain_line() -> None:
    assert plain_text("<b>A</b>&amp;B\n\t<script>x</script>") == "A&B x"
    assert len(plain_text("word " * 200)) == 160


# Which source is used.


def test_the_map_file_works_without_a_network_and_goes_before_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = an_mbtiles(tmp_path / "seacoast.mbtiles", tiles_of_box([6]))
    monkeypatch.delattr(socket, "socket")

    source = chosen_source(Settings(shows_tiles=True, tiles_file=str(path)))

    assert source is not None
    assert source.url == ""
    assert source.attribution == "seacoast"
    assert source.read is not None
    assert source.read(tiles_of_box([6])[0]) == a_png(RED)
    assert source.close is not None
    source.close()


def test_without_a_switch_and_a_file_there_are_no_tiles() -> None:
    assert chosen_source(Settings()) is None


def test_the_program_introduces_itself_to_the_server() -> None:
    source = chosen_source(Settings(shows_tiles=True, contact="ana@example.org"))

    assert source is not None
    assert source.agent.startswith("MilkRun")
    assert source.agent.endswith("(ana@example.org)")
    assert source.attribution == "© OpenStreetMap contributors"


def test_each_server_offered_can_be_kept_as_a_setting(database: Database) -> None:
    servers = offered_servers()

    assert servers[0].name == "OpenStreetMap"
    assert servers[0].url == Settings().tiles_url
    assert servers[0].attribution == Settings().tiles_attribution
    for server in servers:
        change_setting(database, "tiles_url", server.url)
        change_setting(database, "tiles_attribution", server.attribution)
        assert settings_of(database).tiles_url == server.url


def test_a_setting_that_is_no_map_is_not_kept(database: Database, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b")

    for name, value in (
        ("tiles_url", "file:///tmp/{z}/{x}/{y}"),
        ("tiles_attribution", ""),
        ("tiles_file", str(tmp_path / "x.csv")),
        ("tiles_file", str(tmp_path / "none.mbtiles")),
    ):
        with pytest.raises(UserError):
            change_setting(database, name, value)

    assert settings_of(database) == Settings()
