"""``milkrun fate`` and ``used``: what became of milk no family got, and of milk a family had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.json_documents import written
from coordinator.cli.tables import aligned, amount
from coordinator.domain.milk.fates import Fate, ToldFate, Used
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.milk import fates
from coordinator.services.milk import used as milk_used
from coordinator.services.settings.values import settings

if TYPE_CHECKING:
    from coordinator.cli.task import Task


def tell(task: Task) -> None:
    """Say what became of milk of a lot that no family got."""
    words = task.words
    told = ToldFate(Fate(words.fate), words.amount, words.on or task.today, words.bags, words.why, words.bank)
    number = fates.tell_fate(task.database, words.lot, told, task.today)
    if words.json:
        task.say_document(written({"number": number, "lot": words.lot.upper(), "fate": told.fate.value}))
        return
    task.say(
        saying(
            "{lot}: {fate}, number {number}.", lot=words.lot.upper(), fate=told.fate.words, number=str(number)
        )
    )


def back(task: Task) -> None:
    """Let milk be there again that was told of as gone."""
    fates.take_fate_back(task.database, task.words.number, task.today)
    task.say(saying("It is there again."))


def used(task: Task) -> None:
    """Say what a family did with milk it had, or show what it told."""
    words, family = task.words, task.words.family.upper()
    if words.how is not None:
        if words.amount is None:
            raise UserError(saying("Type how much milk it is."))
        how, on = Used(words.how.replace("-", " ")), words.on or task.today
        milk_used.tell_used(task.database, family, how, words.amount, on, task.today, note=words.note)
    found = milk_used.milk_used(task.database, family)
    if words.json:
        documents: list[dict[str, object]] = [
            {
                "how": one.how.value,
                "ounces": round(one.volume.oz, 2),
                "on": one.on.isoformat(),
                "note": one.note,
            }
            for one in found
        ]
        task.say_document(written(documents))
        return
    if not found:
        task.say(saying("{family} has told of no milk it used.", family=family))
    unit = settings(task.database).volume_unit
    rows = [(str(one.on), amount(one.volume, unit), one.how.words, one.note) for one in found]
    for line in aligned(rows):
        task.say(line)
