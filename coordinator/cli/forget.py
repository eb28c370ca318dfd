"""``milkrun forget``: what forgetting a family would do, and with ``--yes`` doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.cli.tables import aligned
from coordinator.domain.families.forgetting import TraceKind
from coordinator.domain.families.forgetting_plan import NO_WAY_BACK, NOT_REACHED, STAYS, ForgettingPlan
from coordinator.domain.families.forgotten_copies import CopyState
from coordinator.sayings import Saying, plural, saying
from coordinator.services.families import forgetting
from coordinator.services.families.forgetting_copies import copies_of_network, forget_in_copies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coordinator.cli.task import Task
    from coordinator.domain.families.forgetting import Trace
    from coordinator.domain.families.forgetting_plan import ForgottenFamily
    from coordinator.domain.families.forgotten_copies import FamilyCopy

_MOST_LISTED = 10


def forget(task: Task) -> None:
    """Say what forgetting a family would do; with ``--yes`` do it, with ``--backups`` in those, too."""
    words = task.words
    plan = forgetting.plan_to_forget(task.database, words.code, task.today)
    is_forgotten = plan.forgotten_on is not None
    if is_forgotten and not words.backups:
        raise forgetting.ForgottenError(plan.code, plan.forgotten_on or task.today)
    if not words.yes:
        for line in () if is_forgotten else plan_lines(plan):
            task.say(line)
        for line in copy_lines(copies_of_network(task.database, words.code)):
            task.say(line)
        task.say(saying("Nothing was changed. Add --yes to forget {code}.", code=plan.code))
        return
    if not is_forgotten:
        done = forgetting.forget_family(task.database, words.code, task.today, words_too=words.words_too)
        for line in done_lines(done):
            task.say(line)
    copies = copies_of_network(task.database, words.code)
    if words.backups:
        chosen = {one.path for one in copies}
        copies = forget_in_copies(task.database, words.code, chosen, words_too=words.words_too)
    for line in copy_lines(copies):
        task.say(line)


def copy_lines(copies: Sequence[FamilyCopy]) -> Iterator[Saying | str]:
    """Yield which backups still know the family or cannot be looked into."""
    holding = [one for one in copies if one.state is not CopyState.NOT_IN_IT]
    if not copies:
        return
    if not holding:
        yield plural("The {n} backup has nothing of it.", "None of the {n} backups has anything of it.",
                     len(copies))  # fmt: skip
        return
    yield saying("Backups; --backups with --yes forgets the family there, too:")
    yield from aligned(
        [(one.path.name, f"{one.made_at:%Y-%m-%d %H:%M}", _lock(one), one.state.words) for one in holding]
    )


def _lock(one: FamilyCopy) -> Saying:
    return saying("locked") if one.is_locked else saying("not locked")


def plan_lines(plan: ForgettingPlan) -> Iterator[Saying | str]:
    """Yield what forgetting a family would do."""
    yield saying(
        "Forgetting {name} ({codes}). {warning}", name=plan.name, codes=plan.codes, warning=NO_WAY_BACK
    )
    yield from plan.know_first
    yield saying("Erased, here and in the history:")
    yield from (saying("  {what}", what=one) for one in plan.goes)
    yield STAYS
    yield from _trace_lines(plan.traces)
    yield NOT_REACHED


def done_lines(done: ForgottenFamily) -> Iterator[Saying | str]:
    """Yield what was forgotten, and what is left to look at."""
    yield saying("Forgot {codes}.", codes=done.codes)
    if done.taken_out:
        yield plural(
            "Its words were taken out of {n} other text.",
            "Its words were taken out of {n} other texts.",
            done.taken_out,
        )
    yield from _trace_lines(done.left)
    yield from _swept_lines(done)
    yield NOT_REACHED


def _swept_lines(done: ForgottenFamily) -> Iterator[Saying]:
    """Yield what is left to do so that no byte of what was erased is left."""
    if done.is_swept is False:
        yield saying(
            "Another program has this network open: what was erased leaves the disk when that is closed."
        )
    if done.is_swept is None:
        yield saying("Ask whoever runs the server to run VACUUM FULL, and to treat its backups.")


def _trace_lines(traces: Sequence[Trace]) -> Iterator[Saying]:
    for kind, words in (
        (TraceKind.SURE, saying("Its words stand elsewhere, too; --words-too takes them out:")),
        (TraceKind.SHOWN, saying("Its words stand where they are somebody else’s, and stay:")),
        (TraceKind.MAYBE, saying("Perhaps about this family; look at it yourself:")),
    ):
        found = [one for one in traces if one.kind is kind]
        if not found:
            continue
        yield words
        named = [one for one in found if one.of]
        for one in named[:_MOST_LISTED]:
            yield saying("  {of}: {text}", of=one.of, text=one.text)
        if len(named) > _MOST_LISTED:
            yield saying("  … and {count} more.", count=len(named) - _MOST_LISTED)
        if old := len(found) - len(named):
            yield plural("  {n} place of the history", "  {n} places of the history", old)
