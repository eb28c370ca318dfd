"""Theme, text size and language: chosen in the settings, seen at once, remembered on this computer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.bootstrap import Database
from tests.ui.network import dialog_of, idle, opened, started
from ui import looks, theme
from ui.policies.dialog import PoliciesDialog
from ui.settings.dialog import SettingsDialog
from ui.theme import Scheme
from ui.widgets.fields.value_fields import ChoiceField


@pytest.fixture(autouse=True)
def looks_put_back(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, Scheme.LIGHT)


def choose(qtbot: QtBot, field: ChoiceField, words: str) -> None:
    field.box.setCurrentText(words)
    field.box.activated.emit(field.box.currentIndex())


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    return started(tmp_path)


@pytest.fixture
def dialog(qtbot: QtBot, database: Database, memory: QSettings) -> SettingsDialog:
    window = opened(qtbot, database, memory)
    window.dialogs.open_settings()
    idle(qtbot, window)
    return dialog_of(window, SettingsDialog)


def test_colours_are_seen_at_once_and_kept(qtbot: QtBot, dialog: SettingsDialog, memory: QSettings) -> None:
    choose(qtbot, dialog.looks.scheme, "High contrast")

    assert theme.tokens() == theme.CONTRAST
    assert looks.kept_looks(memory).scheme is Scheme.CONTRAST

    choose(qtbot, dialog.looks.scheme, "As the system")
    assert theme.THEME.forced is None
    assert looks.kept_looks(memory).scheme is None


def test_larger_text_is_seen_at_once_and_stays_with_other_colours(
    qtbot: QtBot, dialog: SettingsDialog, memory: QSettings, qapp: QApplication
) -> None:
    theme.apply(qapp, Scheme.LIGHT)
    before = dialog.looks.scheme.box.fontMetrics().height()

    choose(qtbot, dialog.looks.text_size, "150 %")
    assert dialog.looks.scheme.box.fontMetrics().height() >= 1.4 * before

    choose(qtbot, dialog.looks.scheme, "Dark")
    assert dialog.looks.scheme.box.fontMetrics().height() >= 1.4 * before
    assert looks.kept_looks(memory) == looks.Looks(Scheme.DARK, 150)


def test_a_window_without_words_of_other_languages_asks_for_none(dialog: SettingsDialog) -> None:
    assert looks.languages() == ("en",)
    assert dialog.looks.language is None


def test_another_language_is_offered_once_its_words_are_there(tmp_path: Path) -> None:
    for name in ("en", "es", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "es" / "coordinator.mo").write_bytes(b"")

    assert looks.languages(tmp_path) == ("en", "es")


@pytest.mark.parametrize(
    ("key", "value"), [("looks/theme", "pink"), ("looks/text_size", "7000"), ("looks/language", "xx")]
)
def test_what_cannot_be_read_is_as_if_never_chosen(memory: QSettings, key: str, value: str) -> None:
    memory.setValue(key, value)

    assert looks.kept_looks(memory) == looks.Looks()


def test_what_was_chosen_comes_back_after_a_restart(tmp_path: Path) -> None:
    path = str(tmp_path / "looks.ini")
    kept = QSettings(path, QSettings.Format.IniFormat)
    looks.keep(kept, looks.Looks(Scheme.DARK, 125))
    kept.sync()

    assert looks.kept_looks(QSettings(path, QSettings.Format.IniFormat)) == looks.Looks(Scheme.DARK, 125)


def test_policy_profiles_are_opened_from_the_settings(
    qtbot: QtBot, database: Database, memory: QSettings
) -> None:
    window = opened(qtbot, database, memory)
    window.dialogs.open_settings()
    dialog = dialog_of(window, SettingsDialog)

    qtbot.mouseClick(dialog.policies_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, PoliciesDialog))

    assert not dialog.isVisible()
    dialog_of(window, PoliciesDialog).close()
    idle(qtbot, window)
