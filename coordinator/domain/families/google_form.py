"""A form as a script that makes it at Google: nothing but the form, with the words it asks in.

The script does what ``FormApp`` of Google's Apps Script offers. Nobody can run it but at Google.

Source:
    developers.google.com/apps-script/reference/forms (seen November 2026).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from coordinator.domain.families.one_field import Asked
from coordinator.domain.families.own_form import Asking, OwnForm
from coordinator.sayings import Saying, saying

_ITEMS: Final[Mapping[Asked, str]] = {
    Asked.SHORT: "addTextItem",
    Asked.AT_LENGTH: "addParagraphTextItem",
    Asked.DAY: "addDateItem",
    Asked.CHOICE: "addMultipleChoiceItem",
}


def google_script(form: OwnForm) -> str:
    """Return a script for script.google.com that makes *form*, not published yet."""
    lines = ["function makeForm() {", f"  const form = FormApp.create({_quoted(form.title)}, false);"]
    if form.note:
        lines.append(f"  form.setDescription({_quoted(form.note)});")
    for part in form.parts:
        if part.title:
            lines.append(f"  form.addSectionHeaderItem().setTitle({_quoted(part.title)});")
        lines += [f"  {_item(asking)};" for asking in part.askings if not asking.is_written_down_online]
    lines += ["  Logger.log(form.getEditUrl());", "}"]
    return "\n".join([*(f"// {line}" for line in map(str, _about_script())), *lines]) + "\n"


def _about_script() -> Iterator[Saying]:
    yield saying("Open script.google.com, make a new project, paste all of this in place of what is there.")
    yield saying("Click Run, and let Google ask whether the script may make forms of yours.")
    yield saying("The log has the address of the new form: look through it there, then publish it.")


def _item(asking: Asking) -> str:
    question = asking.question
    made = f"form.{_ITEMS[question.asked]}().setTitle({_quoted(question.words)})"
    if question.options:
        options = ", ".join(_quoted(option) for option in question.options)
        made += f".setChoiceValues([{options}]).showOtherOption(true)"
    if question.help:
        made += f".setHelpText({_quoted(question.help)})"
    return f"{made}.setRequired(true)" if asking.is_required else made


def _quoted(words: Saying) -> str:
    """Return *words* as JavaScript writes a text."""
    return json.dumps(str(words), ensure_ascii=False)
