"""Every benchmark runs, so that none breaks unseen; what it measures is told by its own run."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

BENCHMARKS = sorted(path.stem for path in (Path(__file__).parents[1] / "benchmarks").glob("bench_*.py"))


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_runs_in_its_small_form_and_prints_a_figure(
    name: str, qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_module(f"tests.benchmarks.{name}").main(["--small"]) == 0

    assert re.search(r"\d", capsys.readouterr().out)
