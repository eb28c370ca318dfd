"""Milk of which nobody told how much there is: that is not none."""

from __future__ import annotations

from pathlib import Path

from tests.integration.cli.cli import CommandLine

ANN = "Ann Hill,ann@example.org,Dover,NH,03820,,40,6/15/2026"
BEA = "Bea Moss,bea@example.org,Dover,NH,03820,200,40,6/15/2026"


def test_how_much_there_is_is_open_and_not_nothing(tmp_path: Path) -> None:
    path, milkrun = tmp_path / "donors.csv", CommandLine(tmp_path / "network.db")
    heads = "Name,Email,Town,State,ZIP,Ounces,Bags,Oldest milk"
    path.write_text(f"{heads}\n{ANN}\n{BEA}", "utf-8")
    milkrun.do("import", path)

    listed = {one["name"]: (one["ounces"], one["free_oz"]) for one in milkrun.read("lots")}
    assert listed == {"Ann Hill": (None, None), "Bea Moss": (200.0, 200.0)}
    lines = {line.split()[0]: line for line in milkrun.do("lots").splitlines() if line.startswith("L-")}
    assert lines["L-0001"].count("?") == 2
    assert " 0 " not in lines["L-0001"]
    assert "?" not in lines["L-0002"]
