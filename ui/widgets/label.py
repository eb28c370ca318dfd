"""Words on the window: text, whatever it looks like."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Label(QLabel):
    """A label that never reads markup: a family called ``<img src=…>`` opens no file.

    Every label of the program is one. ``style.qss`` sees to those that Qt makes: tooltips, message boxes.
    """

    def __init__(self, text: str = "", **properties: Any) -> None:  # noqa: ANN401 - any property of Qt's
        super().__init__(textFormat=Qt.TextFormat.PlainText, **properties)
        self.setText(text)


def one_line(text: str) -> str:
    """Return *text* without line breaks and what else a row has no place for."""
    return _UNSEEN.sub(" ", text) if _UNSEEN.search(text) else text


def literal(text: str) -> str:
    """Return *text* for a button, a tab or a menu, where one ``&`` would underline what follows it."""
    return text.replace("&", "&&")
