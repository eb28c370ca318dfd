"""An evening on the phone: the call list worked through without the mouse, and read back after it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import Program
from tests.e2e.driver import Keyboard
from ui.today.page import TodayPage

ANSWERS = "Type answers of "


def test_the_call_list_is_worked_through_by_keyboard_alone(qtbot: QtBot, program: Program) -> None:
    hands = Keyboard(qtbot)
    program.start(1093, 540)
    hands.push("Open the sample region")
    hands.wait_for(lambda: QApplication.activeModalWidget() is None)
    program.come_to_rest()

    hands.wait_for(lambda: len(calls(hands, program)) == 10)

    first = next(code for code in calls(hands, program) if code.startswith("D-"))
    answer_all(hands, program, first)
    second = calls(hands, program)[0]  # what a call opens is worked out again after each
    note(hands, program, second, "Left message")
    third = calls(hands, program)[0]
    ring_again(hands, program, third, "11/25/2026")
    assert calls(hands, program)[:3] != [first, second, third]

    hands.press("Ctrl+Q")
    hands.wait_for(lambda: not program.window.isVisible())
    program.start(1093, 540)

    assert not {first, second, third} & set(calls(hands, program))
    assert what_was_answered(hands, program, first) == "Nicotine\nNo"


def calls(hands: Keyboard, program: Program) -> list[str]:
    """Return the codes of the calls on the list, from the top."""
    program.come_to_rest()
    page = program.page(TodayPage)
    names = [one.accessibleName() for one in hands._names_in(page)]
    return [name.removeprefix(ANSWERS) for name in names if name.startswith(ANSWERS)]


def answer_all(hands: Keyboard, program: Program, code: str) -> None:
    """Type an answer to every question of a donor, one after the other, by Enter alone."""
    told = {
        "Answer to: Foods avoided: not answered": "none",
        "Answer to: Nicotine: not answered": "no",
        "Answer to: Blood tests": "HIV, HTLV, hep B, hep C and syphilis negative 10/2/2026",
    }
    hands.push(f"{ANSWERS}{code}")
    for _ in range(10):
        hands.wait_for(lambda: stands_on_an_answer() or code not in calls(hands, program))
        field = QApplication.focusWidget()
        if field is None or not stands_on_an_answer():
            break
        name = field.accessibleName()
        hands.write(next((words for start, words in told.items() if name.startswith(start)), "no"))
        hands.press("Return")
        hands.wait_for(partial(has_gone_on, name))
    assert code not in calls(hands, program)


def stands_on_an_answer() -> bool:
    """Tell whether the cursor stands where an answer is typed."""
    field = QApplication.focusWidget()
    return isinstance(field, QLineEdit) and field.accessibleName().startswith("Answer to: ")


def has_gone_on(name: str) -> bool:
    """Tell whether the cursor has left the answer called *name*."""
    focus = QApplication.focusWidget()
    return focus is None or focus.accessibleName() != name


def note(hands: Keyboard, program: Program, code: str, outcome: str) -> None:
    """Note what came of ringing somebody."""
    hands.push(f"{ANSWERS}{code}")
    hands.push(outcome, back=True)
    hands.wait_for(lambda: code not in calls(hands, program))


def ring_again(hands: Keyboard, program: Program, code: str, day: str) -> None:
    hands.push(f"{ANSWERS}{code}")
    hands.fill("Ring again on", day, back=True)
    hands.push("Ring on", back=True)
    hands.wait_for(lambda: code not in calls(hands, program))


def what_was_answered(hands: Keyboard, program: Program, code: str) -> str:
    """Open the donor and return what stands under her answers about nicotine."""
    hands.press("Ctrl+K")
    hands.write(code)
    hands.press("Return")
    program.come_to_rest()
    hands.tab_to("Call")
    hands.press("Right", times=2)
    program.come_to_rest()
    said = [label.text() for label in program.window.findChildren(QLabel) if label.isVisible()]
    at = said.index("Nicotine")
    return "\n".join(said[at : at + 2])
