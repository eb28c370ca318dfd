"""What an import would do with each row, before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from coordinator.domain.families.households import Role
from coordinator.domain.imports.answer_order import AnswerOrder, order_of
from coordinator.domain.imports.babies import Baby
from coordinator.domain.imports.changes import (
    ANSWERED_AT,
    QUESTION,
    ROLE,
    FieldChange,
    changes_for,
    conflicts_of,
    questions_for,
)
from coordinator.domain.imports.choices import Chosen, Decision, FieldChoice, apart
from coordinator.domain.imports.directory import Directory
from coordinator.domain.imports.older_answers import fill_blanks
from coordinator.domain.imports.older_files import older_fill, with_older
from coordinator.domain.imports.people import KnownPerson, LookAlike, Someone
from coordinator.domain.imports.row_answers import Answers, Contact, QuestionAnswer
from coordinator.domain.imports.who_is_who import AskedBoth, ask_both
from coordinator.domain.reading.moments import is_earlier
from coordinator.sayings import NOTHING, Saying, coded, joined, saying


class Outcome(StrEnum):
    """What happens with a row; every row has exactly one."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    OLDER_ANSWER = "older answer"
    NEEDS_A_LOOK = "needs a look"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row of the preview.

    ``person`` is whom an update is for. ``replaced_by`` is the row of the later answer by the same
    person; ``None`` beside an older answer means that the network already knows a later one. A row that
    needs a look comes in as a family of its own unless the coordinator says that she is one of
    ``look_alikes``, or the row ``waits``: then it does not come in; other rows name theirs only for
    information. ``questions`` would come on her call list. ``choices`` are left to the coordinator: what is
    known stays and is asked if she makes none. ``filled`` are the fields that the row leaves blank and an
    older answer told.
    """

    answers: Answers
    outcome: Outcome
    person: KnownPerson | None = None
    replaced_by: int | None = None
    changes: tuple[FieldChange, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    questions: tuple[QuestionAnswer, ...] = ()
    choices: tuple[FieldChoice, ...] = ()
    filled: frozenset[str] = frozenset()
    removed: str = ""
    """The code the row is about, where that was removed and the row tells something new: it is left out."""
    part: Answers | None = None
    """What alone is taken of answers older than the known ones."""

    @property
    def taken(self) -> Answers:
        """The answers as they are written."""
        return self.part or self.answers

    @property
    def number(self) -> int:
        """The row's number in the file."""
        return self.answers.number

    @property
    def asked_both(self) -> tuple[AskedBoth, ...]:
        """What is asked where she is not sure who this is."""
        if self.outcome is not Outcome.NEEDS_A_LOOK:
            return ()
        told = self.answers.contact
        return tuple(ask_both(told.name or told.email or str(self.number), self.look_alikes))

    @property
    def waits(self) -> Saying:
        """Why the row is not written; nothing when it is."""
        return self.answers.waits


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are of each outcome; they add up to ``rows``.

    ``waiting`` are those among the ones that need a look that do not come in.
    """

    rows: int
    new: int
    updated: int
    unchanged: int
    older_answers: int
    needs_a_look: int
    left_out: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class FilePlan:
    """What an import would do with every row, in the order of the file.

    ``order`` says how the later of two answers was told where their times do not tell; nothing if they do.
    """

    rows: tuple[RowPlan, ...]
    order: Saying = NOTHING


def plan_rows(answers: Sequence[Answers], known: Sequence[KnownPerson]) -> tuple[RowPlan, ...]:
    """Return a plan for every row, in the order of the file; as :func:`plan_file`."""
    return plan_file(answers, known).rows


def plan_file(answers: Sequence[Answers], known: Sequence[KnownPerson]) -> FilePlan:
    """Return what an import would do with *answers*.

    Of two answers by one person the later one counts, by day, time and zone; where those do not tell, by the
    order of the file. What it leaves blank stays as the older one told it. A person surely known is updated;
    whoever only resembles somebody needs a look. Nothing is taken for a code that was removed.
    A row that waits for the coordinator's word needs a look too, and is compared with nobody.
    """
    people = _People([row for row in answers if not row.waits], known)
    settled = {plan.number: plan for plan in people.plans()}
    plans = (settled.get(row.number) or RowPlan(row, Outcome.NEEDS_A_LOOK) for row in answers)
    return FilePlan(tuple(plans), people.order_notice)


def decided(plan: RowPlan, decision: Decision) -> RowPlan:
    """Return *plan* with what she chose among its changes; what she did not is among its questions."""
    taken = [choice for choice in plan.choices if decision.about(choice) is Chosen.TAKE]
    asked = [choice for choice in plan.choices if decision.about(choice) is Chosen.ASK]
    changes = (
        FieldChange(key, choice.change.said, "", plan.answers.values.get(key, ""))
        for choice in taken
        for key in sorted(choice.keys)
    )
    questions = (question for choice in asked for question in choice.questions)
    return replace(
        plan, changes=(*plan.changes, *changes), questions=(*plan.questions, *questions), choices=()
    )


def resembling(contact: Contact, people: Sequence[KnownPerson]) -> tuple[LookAlike, ...]:
    """Return who of *people* resembles somebody, each of them once."""
    directory = Directory(map(_somebody_known, people))
    found = [LookAlike(why, people[index].code) for index, why in directory.alike(Someone(contact))]
    return tuple(dict.fromkeys(found))


class _People:
    """The rows of a file as people, and the people of the network."""

    def __init__(self, answers: Sequence[Answers], known: Sequence[KnownPerson]) -> None:
        self.known = known
        self.rows = list(answers)
        self._told = answers
        self.replaced_by: dict[int, int] = {}
        """Of an older answer the place of the one that counts instead."""
        self.order_notice = NOTHING
        self._everyone = Directory(map(_somebody_known, known))
        rows = Directory(map(_somebody_told, answers))
        self._known_as = [self._find(row, one) for row, one in zip(answers, rows.people, strict=True)]
        self._keep_latest(self._groups(rows), order_of([row.answered_at for row in answers]))
        counting = [place for place in range(len(answers)) if place not in self.replaced_by]
        self._counting = counting
        self._in_file = Directory(rows.people[place] for place in counting)
        self._someone = rows.people

    def plans(self) -> Iterator[RowPlan]:
        """Yield a plan for every row."""
        for place, row in enumerate(self.rows):
            if place in self.replaced_by:
                later = self.rows[self.replaced_by[place]].number
                yield RowPlan(row, Outcome.OLDER_ANSWER, replaced_by=later)
                continue
            person = self.known_as(place)
            plan = _plan(row, person, self.alikes(place, person))
            yield replace(plan, filled=frozenset(row.values.keys() - self._told[place].values.keys()))

    def known_as(self, place: int) -> KnownPerson | None:
        """Return who of the network a row surely is."""
        index = self._known_as[place]
        return None if index is None else self.known[index]

    def alikes(self, place: int, person: KnownPerson | None) -> tuple[LookAlike, ...]:
        """Return whom a row resembles; each pair of a file is named once, at its lower row."""
        one = self._someone[place]
        found = ((self.known[index], why) for index, why in self._everyone.alike(one))
        in_network = [
            LookAlike(why, code=other.code, values=_shown(other))
            for other, why in found
            if person is None or other.household_id != person.household_id
        ]
        shown = {alike.code for alike in in_network} | ({person.code} if person else set())
        above = ((self._counting[index], why) for index, why in self._in_file.alike(one))
        in_file = [
            LookAlike(why, row=self.rows[other].number, values=self.rows[other].values)
            for other, why in above
            if other < place and self._code(other) not in shown
        ]
        return (*in_network, *in_file)

    def _code(self, place: int) -> str | None:
        """Return the code of a row's family; ``None`` for one that is new."""
        person = self.known_as(place)
        return None if person is None else person.code

    def _find(self, row: Answers, one: Someone) -> int | None:
        same = self._everyone.same(one)
        # A household that already has this role, and was told of by e-mail, comes first.
        same.sort(
            key=lambda index: (
                row.role not in self.known[index].codes,
                self.known[index].contact.email != row.contact.email,
            )
        )
        return same[0] if same else None

    def _groups(self, rows: Directory) -> Iterator[list[int]]:
        """Yield the rows of each person who answered more than once, two of one known person among them."""
        groups: dict[int, list[int]] = defaultdict(list)
        of_known: dict[int, int] = {}
        for place, first in enumerate(rows.groups()):
            known = self._known_as[place]
            group = first if known is None else of_known.setdefault(known, first)
            groups[group if rows.are_one((group, place)) else first].append(place)
        yield from (group for group in groups.values() if len(group) > 1)

    def _keep_latest(self, groups: Iterable[list[int]], order: AnswerOrder) -> None:
        for group in groups:
            latest, *older = order.latest_first(group)
            self.replaced_by |= dict.fromkeys(older, latest)
            self.rows[latest] = fill_blanks(self.rows[latest], [self.rows[place] for place in older])
            known = (self._known_as[place] for place in (latest, *older))
            self._known_as[latest] = next((index for index in known if index is not None), None)
            if order.goes_by_file(group):
                self.order_notice = order.notice()
            if order.is_doubtful(group):
                self.rows[latest] = _asked_which(self.rows[latest], [self.rows[place] for place in older])


def _asked_which(latest: Answers, older: Iterable[Answers]) -> Answers:
    """Return the row that counts with the question whether it is the later one of its day."""
    times = [row.answered_at.isoformat(sep=" ")[:16] for row in (latest, *older) if row.answered_at]
    said = coded(
        "asked.which_is_later",
        "Two answers of one day: the one of {taken} was taken, not that of {others}. Which is the later one?",
        taken=times[0],
        others=joined(", ", times[1:]),
    )
    question = QuestionAnswer("own", said)
    if question in latest.questions:
        return latest
    return replace(latest, questions=(*latest.questions, question))


def _somebody_told(row: Answers) -> Someone:
    babies = _babies(row.values) if row.role is Role.RECIPIENT else ()
    return Someone(row.contact, frozenset(_days(row.values)), frozenset(babies))


def _somebody_known(person: KnownPerson) -> Someone:
    told = (person.stored, *person.last_values.values())
    request = (person.before or person.stored, person.last_values.get(Role.RECIPIENT, {}))
    babies = _babies(*request) if Role.RECIPIENT in person.codes else ()
    return Someone(person.contact, frozenset(_days(*told)), frozenset(babies))


def _days(*told: Mapping[str, str]) -> Iterator[str]:
    return (values["baby_born"] for values in told if values.get("baby_born"))


def _babies(*told: Mapping[str, str]) -> Iterator[Baby]:
    for values in told:
        name, born = values.get("baby_name", ""), values.get("baby_born", "")
        if name or born:
            yield Baby(name, date.fromisoformat(born) if born else None)


def _shown(person: KnownPerson) -> Mapping[str, str]:
    """Return what is known of a look-alike; one that was merged away under its own contact."""
    last = max((values.get(ANSWERED_AT, "") for values in person.last_values.values()), default="")
    return {**(person.before if person.is_merged else person.stored), ANSWERED_AT: last}


def count(plans: Sequence[RowPlan]) -> Counts:
    """Return how many rows have each outcome."""
    by = Counter(plan.outcome for plan in plans)
    return Counts(
        rows=len(plans),
        new=by[Outcome.NEW],
        updated=by[Outcome.UPDATE],
        unchanged=by[Outcome.UNCHANGED],
        older_answers=by[Outcome.OLDER_ANSWER],
        needs_a_look=by[Outcome.NEEDS_A_LOOK],
        left_out=by[Outcome.LEFT_OUT],
        waiting=sum(bool(plan.waits) for plan in plans),
    )


def _plan(row: Answers, person: KnownPerson | None, alikes: tuple[LookAlike, ...]) -> RowPlan:
    if person is None:
        outcome = Outcome.NEEDS_A_LOOK if alikes else Outcome.NEW
        return RowPlan(row, outcome, look_alikes=alikes, questions=row.questions)
    if _is_older(row, person):
        return _plan_older(row, person, alikes)
    conflicts = tuple(one for one in conflicts_of(row, person) if one.key not in person.asked)
    questions = questions_for(row, person)
    changes, choices = apart(row, person, changes_for(row, person))
    choices = tuple(one for one in choices if not {asked.key for asked in one.questions} <= person.asked)
    shown = questions if row.role in person.last_values else ()
    questions += conflicts
    changes += tuple(FieldChange(QUESTION, saying("Question"), "", one.text) for one in (*shown, *conflicts))
    if row.role not in person.codes:
        role = FieldChange(ROLE, saying("Role"), ", ".join(person.codes), str(row.role.words))
        changes = (role, *changes)
    if changes and row.role in person.removed:
        return RowPlan(row, Outcome.LEFT_OUT, person, look_alikes=alikes, removed=person.codes[row.role])
    outcome = Outcome.UPDATE if changes else Outcome.UNCHANGED
    return RowPlan(
        row, outcome, person, changes=changes, look_alikes=alikes, questions=questions, choices=choices
    )


def _plan_older(row: Answers, person: KnownPerson, alikes: tuple[LookAlike, ...]) -> RowPlan:
    """Return the plan for an answer older than the known one: it changes nothing but what is blank."""
    fill = older_fill(row, person)
    if fill is None:
        return RowPlan(row, Outcome.OLDER_ANSWER, person, look_alikes=alikes)
    asked = (FieldChange(QUESTION, saying("Question"), "", one.text) for one in fill.questions)
    return RowPlan(
        row,
        Outcome.UPDATE,
        person,
        part=fill.row,
        changes=(*fill.changes, *asked),
        look_alikes=alikes,
        questions=fill.questions,
    )


def latest_values(plan: RowPlan, today: date) -> dict[str, str]:
    """Return what is kept of a row, with the latest moment known of her answers.

    A row without one that changes something counts as of the day it came in: an older file does not undo it.
    """
    row, values = plan.answers, dict(plan.answers.values)
    if plan.part and plan.person:
        return with_older(plan.person.last_values[row.role], plan.part)
    last = plan.person.last_values.get(row.role, {}).get(ANSWERED_AT, "") if plan.person else ""
    if row.answered_at is None and last:
        is_later = plan.outcome is Outcome.UPDATE and datetime.fromisoformat(last).date() < today
        values[ANSWERED_AT] = datetime.combine(today, time()).isoformat() if is_later else last
    return values


def _is_older(row: Answers, person: KnownPerson) -> bool:
    """Whether the network knows a later answer; an earlier program kept the time, too, and compared days."""
    last = person.last_values.get(row.role, {}).get(ANSWERED_AT, "")
    if row.answered_at is None or not last:
        return False
    return is_earlier(row.answered_at, datetime.fromisoformat(last))
