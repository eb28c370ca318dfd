"""PySide6 6.12 took a reference from None with every void call and ended Python 3.11 after about 5,000."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_a_thousand_texts_on_a_label_leave_none_alone(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)

    for number in range(1000):
        label.setText(str(number))

    # Others may pick up or drop a None meanwhile; a leak shows as a thousand.
    assert abs(sys.getrefcount(None) - before) < 100
