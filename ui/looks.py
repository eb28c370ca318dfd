"""How the window looks on this computer: theme, text size and language, kept beside where it stood.

They are hers, not the network's: another coordinator of the same network may see less well, or better.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from coordinator import sayings
from ui import theme

ENGLISH: Final = "en"
TEXT_SIZES: Final = (100, 110, 125, 150)
"""Per cent of the system's own size."""

_KEYS: Final = {"scheme": "looks/theme", "text_size": "looks/text_size", "language": "looks/language"}
_WORDS: Final = "coordinator.mo"
_WINDOW_WORDS: Final = "window.qm"


@dataclass(frozen=True)
class Looks:
    """What she chose; without a *scheme* the window follows the system."""

    scheme: theme.Scheme | None = None
    text_size: int = 100
    language: str = ENGLISH


def kept_looks(settings: QSettings | None) -> Looks:
    """Return what was chosen on this computer; what cannot be read is as if never chosen."""
    if settings is None:
        return Looks()
    word, size, language = (str(settings.value(key, "")) for key in _KEYS.values())
    scheme = next((one for one in theme.Scheme if one.value == word), None)
    kept_size = int(size) if size.isdecimal() and int(size) in TEXT_SIZES else 100
    return Looks(scheme, kept_size, language if language in languages() else ENGLISH)


def keep(settings: QSettings | None, looks: Looks) -> None:
    """Remember *looks* for the next start."""
    if settings is None:
        return
    settings.setValue(_KEYS["scheme"], looks.scheme.value if looks.scheme else "")
    settings.setValue(_KEYS["text_size"], looks.text_size)
    settings.setValue(_KEYS["language"], looks.language)


def put_on(app: QApplication, looks: Looks) -> None:
    """Show every window in theme and text size of *looks*, at once."""
    theme.apply(app, looks.scheme, font_scale=looks.text_size / 100)


def change(app: QApplication, settings: QSettings | None, **changed: object) -> Looks:
    """Change one thing about the looks, keep it and show it; a language is spoken from the next start on."""
    looks = replace(kept_looks(settings), **changed)  # type: ignore[arg-type] # fields of Looks
    keep(settings, looks)
    put_on(app, looks)
    return looks


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """Return the languages the program speaks, English first; *folder* instead of the one that ships."""
    where = folder or _folder()
    found = {path.parent.name for path in where.glob(f"*/{_WORDS}")}
    return (ENGLISH, *sorted(found - {ENGLISH}))


def speak(app: QApplication, language: str, folder: Path | None = None) -> None:
    """Speak *language* from now on: what is made after this is in it. English needs nothing."""
    if language == ENGLISH:
        return
    where = (folder or _folder()) / language
    with (where / _WORDS).open("rb") as file:
        sayings.use_catalogue(gettext.GNUTranslations(file))
    translator = QTranslator(app)
    if translator.load(str(where / _WINDOW_WORDS)):
        app.installTranslator(translator)


def _folder() -> Path:
    return Path(str(files("resources").joinpath("words")))
