"""Answers told on the phone: read as the form's own would be, and kept where they belong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.gazetteer.placing import placer
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.db.living import living
from coordinator.db.milk import LotRow, balance_of
from coordinator.db.recipients import RecipientRow
from coordinator.db.roles import RoleRow
from coordinator.db.writing import writing_of
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence, QuestionState
from coordinator.domain.families.households import Role, SpokenHow
from coordinator.domain.imports.amounts import Amount, read_amount
from coordinator.domain.imports.free_words import babies_told
from coordinator.domain.imports.health import HEALTH
from coordinator.domain.imports.one_cell import read_one_cell
from coordinator.domain.imports.place_answers import answered_address
from coordinator.domain.imports.row_answers import DonorAnswers, LotAnswer
from coordinator.domain.imports.typed import NotClearError, hint, is_field, read_clear_field, read_facts
from coordinator.domain.milk.lots import HeatTreated
from coordinator.domain.places.positions import Address
from coordinator.domain.plausible import count_of
from coordinator.domain.records.history import Action
from coordinator.domain.screening.checklist import FIRST_CONTACT
from coordinator.domain.suitability.contradictions import COLOSTRUM
from coordinator.domain.suitability.mentions import mentioned_kind
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import plural, saying
from coordinator.services.families.placing import address_of, choose_address
from coordinator.services.imports.mentioned import settle_mention
from coordinator.services.imports.told import heated_bags, told_health
from coordinator.services.imports.writing_lots import LOT_KEYS, write_lots
from coordinator.services.imports.writing_rows import role_of, write_changes
from coordinator.services.milk.lots import set_in_lot
from coordinator.services.screening.call_list import put_on_call_list
from coordinator.services.screening.facts import close_questions, note_spoken, store_fact

_HABITS = {FactKind.DAIRY, FactKind.NICOTINE, FactKind.ALCOHOL, FactKind.CANNABIS, FactKind.HEAT_TREATED}
"""Kinds of which only one answer can hold at a time; the others are lists that grow."""


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """The *words* told to a question; ``question_id`` is 0 for what is asked about ``topic`` besides."""

    words: str
    question_id: int = 0
    topic: str = ""


def record_answer(database: Database, donor_code: str, kind: FactKind, words: str, today: date) -> None:
    """Keep what a donor said about *kind* as dated facts, and close the questions about it.

    Raises:
        NotClearError: If the words leave open what was so, or when.
    """
    told = read_facts(kind, _some(words), today)
    with database.writing(
        Action("fact.recorded", saying("Recorded an answer of {donor}", donor=donor_code)), today
    ) as session:
        donor = living(by_code(session, DonorRow, donor_code))
        _keep_facts(session, donor, kind, told, today)
        close_questions(session, donor.household_id, kind.value, words.strip())


def answer_question(
    database: Database,
    question_id: int,
    words: str,
    today: date,
    *,
    code: str = "",
    topic: str = "",
    on_phone: bool = False,
) -> None:
    """Keep the answer to a question of the call list where it belongs, and close the question.

    An answer about a fact becomes facts, one about a field of a form goes into the profile or the lot.
    A question of the coordinator's own, or one that no field stands for, keeps the words.

    Args:
        database: The open network.
        question_id: Of an open question; 0 for what a donor's checklist asks for about *topic*.
        words: As told.
        today: The day of the call.
        code: The role the coordinator is looking at, where the family has several.
        topic: What the checklist asks about, where the question has no number yet.
        on_phone: Whether she is on the phone now, so that this is a talk with her.

    Raises:
        NotClearError: If the words cannot be read; it says what would be, and the question stays.
    """
    told = ToldAnswer(words, question_id, topic)
    with database.writing(Action("question.answered", saying("Answered a question")), today) as session:
        role = answer_in(session, told, today, code=code, on_phone=on_phone)
        if role:
            label = saying("Answered a question of {code}", code=role)
            writing_of(session).action = Action("question.answered", label)


def answer_questions(database: Database, answers: Sequence[ToldAnswer], today: date, code: str) -> None:
    """Keep several answers of the family with *code* at once, as one step of the history: all or none.

    Raises:
        NotClearError: If one of them cannot be read; then none is kept and all stay asked.
        UserError: If nothing is answered, or one of the questions is not asked any more.
    """
    if not answers:
        raise UserError(saying("Choose at least one answer that counts."))
    label = plural(
        "Answered {n} question of {code}", "Answered {n} questions of {code}", len(answers), code=code
    )
    with database.writing(Action("question.answered", label), today) as session:
        for told in answers:
            answer_in(session, told, today, code=code)


def answer_in(
    session: Session, told: ToldAnswer, today: date, *, code: str = "", on_phone: bool = False
) -> str:
    """Keep one answer in the caller's transaction; return the code of the role it is of, if any.

    Raises:
        NotClearError: If the words cannot be read.
        UserError: If the question is not asked any more.
    """
    words = _some(told.words)
    question = _question(session, told.question_id, code, told.topic, today)
    if question is None or question.state is not QuestionState.OPEN:
        raise UserError(saying("This question is not on the call list any more."))
    roles = _roles(session, question.household_id, code)
    household = session.get_one(HouseholdRow, question.household_id)
    if on_phone:
        note_spoken(session, household, SpokenHow.PHONE, today)
    elif question.topic == FIRST_CONTACT:
        note_spoken(session, household, _how_spoken(words), today)
    _keep(session, question, roles, words, today)
    question.state, question.answer = QuestionState.ANSWERED, words
    return roles[0][1].code if roles else ""


def _question(session: Session, question_id: int, code: str, topic: str, today: date) -> QuestionRow | None:
    if question_id:
        return session.get(QuestionRow, question_id)
    return next(iter(put_on_call_list(session, code, today, topic)), None)


def _how_spoken(words: str) -> SpokenHow:
    """Read how somebody spoke with her.

    Raises:
        NotClearError: If the words tell neither way.
    """
    said = words.casefold()
    if re.search(r"person|met|visit|face", said):
        return SpokenHow.IN_PERSON
    if re.search(r"phone|call|rang|ring|video", said):
        return SpokenHow.PHONE
    raise NotClearError(saying("Type “by phone” or “in person”, once somebody has spoken with her."))


def _some(words: str) -> str:
    if not words.strip():
        raise UserError(saying("Type the answer first."))
    return words.strip()


def _roles(session: Session, household_id: int, code: str) -> list[tuple[Role, RoleRow]]:
    """Return the household's roles in use, the one with *code* first.

    Raises:
        RemovedError: If every role it had was removed.
    """
    found = [(role, row) for role in Role if (row := role_of(session, household_id, role)) is not None]
    in_use = [(role, row) for role, row in found if row.archived_on is None]
    if found and not in_use:
        living(found[0][1])
    return sorted(in_use, key=lambda pair: pair[1].code != code)


def _keep(
    session: Session, question: QuestionRow, roles: Sequence[tuple[Role, RoleRow]], words: str, today: date
) -> None:
    topic = question.topic
    donor = next((row for _, row in roles if isinstance(row, DonorRow)), None)
    recipient = next((row for _, row in roles if isinstance(row, RecipientRow)), None)
    kind = next((kind for kind in FactKind if kind.value == topic), None)
    mentioned = mentioned_kind(topic)
    if mentioned is not None and donor is not None:
        settle_mention(session, donor, mentioned, question.raw, words, today)
    elif kind is not None and donor is not None:
        told = heated_bags(kind, words) or read_facts(kind, words, today)
        _keep_facts(session, donor, kind, told, today)
        close_questions(session, question.household_id, topic, words)
    elif topic == HEALTH and recipient is not None:
        recipient.health = told_health(words)
    elif topic == "babies" and recipient is not None:
        recipient.babies = babies_in(words)
    elif topic == "has_car" and recipient is not None:
        said = _yes_or_no(words)
        recipient.has_car = recipient.has_car if said is None else said
    elif topic == "formula" and recipient is not None:
        recipient.formula = formula_in(words, recipient.formula_mentioned)
    elif topic in LOT_KEYS and donor is not None:
        _keep_in_lot(session, donor, topic, words, today)
    else:
        _keep_in_profile(session, question.household_id, roles, topic, words, today)


def _keep_in_profile(
    session: Session,
    household_id: int,
    roles: Sequence[tuple[Role, RoleRow]],
    topic: str,
    words: str,
    today: date,
) -> None:
    household = session.get_one(HouseholdRow, household_id)
    if topic in {"town", "address"}:
        _keep_where(session, household, topic, words)
        return
    found = next(((role, row) for role, row in roles if is_field(role, topic)), None)
    if found is None:
        return
    role, row = found
    write_changes(session, household, row, read_clear_field(role, topic, words, today), {topic}, today)


def _keep_where(session: Session, household: HouseholdRow, topic: str, words: str) -> None:
    """Write where a family lives: "Dover, NH 03820", any part of it, or which of two places is right."""
    if topic == "address":
        told = read_one_cell(words, placer(), household.state)
        if not told.is_understood:
            raise NotClearError(hint("town"))
        household.street = told.whole.street or household.street
        right: Address | None = told.whole
    else:
        right = answered_address(words, address_of(household), placer())
    if right is None:
        raise NotClearError(hint("town"))
    choose_address(session, household, right)


def _keep_facts(session: Session, donor: DonorRow, kind: FactKind, told: Sequence[Fact], today: date) -> None:
    """Write new facts over what they put right: unclear answers, and for a habit the one still open."""
    for old in session.scalars(sa.select(FactRow).where(FactRow.donor_id == donor.id, FactRow.kind == kind)):
        if old.source is FactSource.NOTES:
            continue
        is_unclear = old.presence is Presence.UNCLEAR
        is_old_habit = kind in _HABITS and old.end_on is None
        is_old_none = old.presence is Presence.NO and any(f.presence is Presence.YES for f in told)
        if is_unclear or is_old_habit or is_old_none:
            session.delete(old)
    for fact in told:
        store_fact(session, donor.id, fact, today)
    if kind is FactKind.HEAT_TREATED:
        _tell_lots(session, donor, told)


def _tell_lots(session: Session, donor: DonorRow, told: Sequence[Fact]) -> None:
    """Note "no" and "all" on each lot nobody was asked about; of "some" only the bags themselves tell."""
    fact = told[0]
    if fact.presence is Presence.YES and fact.subject:
        return
    state = HeatTreated.NO if fact.presence is Presence.NO else HeatTreated.ALL
    for lot in _lots(session, donor):
        if lot.heat_treated is None:
            lot.heat_treated = state


def _keep_in_lot(session: Session, donor: DonorRow, topic: str, words: str, today: date) -> None:
    """Write the answer into the lot it is for; with several it is kept in words, and she looks herself."""
    lots = _lots(session, donor)
    waiting = [lot for lot in lots if _is_missing(lot, topic)] if len(lots) > 1 else lots
    if len(lots) > 1 and len(waiting) != 1:
        return
    if topic == "expressed_from" and words.casefold().strip(" .!") == COLOSTRUM:
        for lot in waiting:
            lot.note = "; ".join(filter(None, (lot.note, COLOSTRUM)))
        return
    detail = read_clear_field(Role.DONOR, topic, words, today).detail
    told = detail.lot if isinstance(detail, DonorAnswers) else LotAnswer()
    if not waiting:
        write_lots(session, [(donor, told, None)])
        return
    for field, value in _lot_values(session, waiting[0], topic, told, today):
        set_in_lot(session, waiting[0], field, value, today)


def _lot_values(
    session: Session, lot: LotRow, topic: str, told: LotAnswer, today: date
) -> list[tuple[str, object]]:
    # What she tells is what is there now; what was carried away before still counts as offered.
    balance = balance_of(session, today, lot.id)
    if topic == "bags" and told.bags is not None:
        return [("bags", told.bags + balance.gone_bags)]
    if topic != "ounces" or told.offered is None:
        return [(topic, getattr(told, topic))]
    volume = told.offered.low + balance.gone
    is_estimate = told.offered.is_estimate or told.offered.low != told.offered.high
    return [("volume", volume), ("is_estimate", is_estimate)]


def _lots(session: Session, donor: DonorRow) -> list[LotRow]:
    query = sa.select(LotRow).where(LotRow.donor_id == donor.id, LotRow.archived_on.is_(None))
    return list(session.scalars(query.order_by(LotRow.id)))


def _is_missing(lot: LotRow, topic: str) -> bool:
    return lot.volume == Volume() if topic == "ounces" else getattr(lot, topic) is None


_ONLY = re.compile(r"^(?:just|only) (?=one$)")


def babies_in(words: str) -> int:
    """Return how many babies are told.

    Raises:
        NotClearError: If no number is plain.
    """
    count = babies_told(words)
    number = {"one": 1, "two": 2, "three": 3, "four": 4}.get(_ONLY.sub("", words.casefold()))
    number = number or count_of(words, 8)
    if number is None and count == 1:
        raise NotClearError(hint("babies"))
    return number or count


def formula_told(words: str) -> Amount | None:
    """Return the amount of formula that *words* tell; ``None`` where they only say yes or no."""
    return read_amount(re.sub(r"^(?:yes|stays?)\b[\s,:;–-]*", "", words, flags=re.IGNORECASE))


def keeps_lower(topic: str, words: str) -> bool:
    """Whether *words* are a range of milk or formula of which the lower figure is kept.

    Of no range more is kept than is surely there: less milk, less formula, so that the need is no smaller
    than it may be. Own milk a day keeps both figures, and needs go by the lower.
    """
    amount = formula_told(words) if topic in _OF_THE_LOWER else None
    return amount is not None and amount.low != amount.high


_OF_THE_LOWER = frozenset({"formula", "ounces", "stock"})


def formula_in(words: str, mentioned: Volume | None) -> Volume:
    """Return how much formula a day stays; "yes" is as much as their own words mention.

    Raises:
        NotClearError: If no amount is told.
    """
    amount = formula_told(words)
    if amount is not None:
        return amount.low
    said = re.fullmatch(r"(yes|no)\b\D*|(?:it )?(stays)\W*", words.strip(), re.IGNORECASE)
    if said and (said[1] or "").casefold() == "no":
        return Volume()
    if said and mentioned:
        return mentioned
    raise NotClearError(hint("formula"))


def _yes_or_no(words: str) -> bool | None:
    """Return what plain words say; ``None`` for others, such as who fetches the milk."""
    said = re.fullmatch(r"(?P<yes>yes|has a car)|(?:no|no car)", words.strip(" ."), re.IGNORECASE)
    return bool(said["yes"]) if said else None
