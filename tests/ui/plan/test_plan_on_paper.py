"""The plan on screen as a PDF: by codes or first names, by the weights it was made with."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from coordinator.bootstrap import Database
from coordinator.domain.records.history import Action
from coordinator.services.planning.settings import change_weight
from tests.builders import a_recipient
from tests.ui.file_answers import answer_with
from ui.desk import Desk
from ui.plan.page import PlanPage

CODES, FIRST, MAP = 0, 1, 2


def text_saved(page: PlanPage, monkeypatch: pytest.MonkeyPatch, path: Path, way: int = CODES) -> str:
    """Choose a line of the button's menu, and return what can be read on the page that was written."""
    answer_with(monkeypatch, path)
    page.save.menu().actions()[way].trigger()
    (only,) = PdfReader(path.with_suffix(".pdf")).pages
    return only.extract_text()


def test_the_plan_on_screen_is_saved_with_codes_or_with_first_names(
    page: PlanPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[str]()
    desk.said.connect(said.append)
    assert not page.save.isVisible()
    page.ask.make.click()
    assert page.save.isVisible()

    by_code = text_saved(page, monkeypatch, tmp_path / "codes.pdf")
    by_name = text_saved(page, monkeypatch, tmp_path / "names", FIRST)

    assert "R-0001" in by_code
    assert "Inès" not in by_code
    assert "Inès" in by_name
    assert "Roy" not in by_name
    on_map = text_saved(page, monkeypatch, tmp_path / "map", MAP)
    assert "R-0001" in on_map
    assert "dashed" in on_map
    assert "Inès" not in on_map
    assert said == [f"Saved the plan: {name}.pdf." for name in ("codes", "names", "map")]


def test_the_paper_has_the_weights_and_the_plan_on_screen(
    page: PlanPage, network: Database, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[str]()
    desk.said.connect(said.append)
    change_weight(network, "trip", "123")
    page.ask.minutes.setValue(45)
    page.ask.make.click()
    page.ask.minutes.setValue(90)  # typed, and not asked of the plan on screen
    with network.writing(Action("test", "Another family")) as session:
        a_recipient(session, "New Comer")
    desk.changed.emit()

    text = text_saved(page, monkeypatch, tmp_path / "plan.pdf")

    assert "123" in text
    assert "45 minutes" in text
    assert page.made is not None
    start = f"Saved the plan of {page.made.at:%H:%M}: plan.pdf."
    assert said[-1] == f"{start} The network has changed since it was made."


def test_a_plan_that_cannot_be_written_is_told(
    page: PlanPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = list[str]()
    desk.complained.connect(failed.append)
    page.ask.make.click()
    answer_with(monkeypatch, tmp_path / "no such folder" / "plan.pdf")

    page.save.menu().actions()[CODES].trigger()

    assert failed == ["The plan cannot be written there. Choose another folder or name."]
