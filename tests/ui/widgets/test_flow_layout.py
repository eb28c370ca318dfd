"""A layout that wraps forgets the items of widgets that are gone."""

from __future__ import annotations

import gc

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from ui.widgets.flow_layout import FlowLayout


def filled(parent: QWidget) -> FlowLayout:
    flow = FlowLayout(parent)
    for number in range(3):
        flow.addWidget(QPushButton(str(number)))
    return flow


def test_the_item_of_a_widget_that_is_gone_is_known_to_be_gone(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    flow = filled(parent)
    items = [flow.itemAt(place) for place in range(3)]

    delete(parent.findChildren(QPushButton)[0])
    flow.removeWidget(parent.findChildren(QPushButton)[0])

    assert flow.count() == 1
    assert [isValid(item) for item in items] == [False, False, True]


def test_widgets_live_on_in_a_flow_that_stands_in_another_layout(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    flow = FlowLayout()
    flow.addWidget(QLabel("one"))
    QVBoxLayout(parent).addLayout(flow)
    flow.addWidget(QLabel("two"))
    gc.collect()

    assert [label.text() for label in parent.findChildren(QLabel)] == ["one", "two"]
    assert flow.takeAt(0) is not None
    assert flow.count() == 1
