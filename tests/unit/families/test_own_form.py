"""Our own form is the table of fields, asked: as text to paste and as a script for Google."""

from __future__ import annotations

import json
import re

import pytest

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.form_to_paste import to_paste
from coordinator.domain.families.google_form import google_script
from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Asked
from coordinator.domain.families.own_form import ABOUT_HEALTH, own_form


@pytest.mark.parametrize("role", Role)
def test_every_field_that_has_a_question_is_asked_once(role: Role) -> None:
    asked = [asking.field.topic for asking in own_form(role).askings]

    assert sorted(asked) == sorted(field.topic for field in FIELDS[role] if field.question)


@pytest.mark.parametrize("role", Role)
def test_all_a_list_can_tell_is_asked_but_what_it_tells_in_other_parts(role: Role) -> None:
    in_other_parts = {"first_name", "last_name", "address"}

    assert {field.topic for field in FIELDS[role] if not field.question} == in_other_parts


def test_no_two_fields_ask_the_same() -> None:
    for role in Role:
        words = [str(asking.question.words).casefold() for asking in own_form(role).askings]
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("role", Role)
def test_the_text_to_paste_has_each_question_with_its_kind_and_options(role: Role) -> None:
    text = to_paste(own_form(role))

    for asking in own_form(role).askings:
        question = asking.question
        assert asking.is_written_down_online is (f". {question.words}\n" not in text)
        assert all(f"   - {option}\n" in text for option in question.options)
        assert str(question.help) in text
    assert text.count("multiple choice") == sum(
        asking.question.asked is Asked.CHOICE for asking in own_form(role).askings
    )
    assert text.count("required") == 1


def test_health_is_not_asked_without_saying_what_it_is_for() -> None:
    for role in (Role.DONOR, Role.RECIPIENT):
        assert str(ABOUT_HEALTH) in to_paste(own_form(role))
        assert json.dumps(str(ABOUT_HEALTH), ensure_ascii=False) in google_script(own_form(role))
    assert str(ABOUT_HEALTH) not in to_paste(own_form(Role.DRIVER))


@pytest.mark.parametrize("role", Role)
def test_the_script_asks_the_same_questions_in_the_same_order(role: Role) -> None:
    script = google_script(own_form(role))
    titles = re.findall(r'add(?!Section)\w+Item\(\)\.setTitle\("((?:[^"\\]|\\.)*)"\)', script)

    online = [asking for asking in own_form(role).askings if not asking.is_written_down_online]
    assert [json.loads(f'"{title}"') for title in titles] == [str(one.question.words) for one in online]
    assert script.count("showOtherOption(true)") == sum(bool(one.question.options) for one in online)
    assert "form.addDateItem()" in script or role is Role.DRIVER
    assert all(line.startswith("//") or line[-1:] in "{};" for line in script.splitlines())
