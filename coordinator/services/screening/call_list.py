"""A donor's screening: her checklist under the policy in use, deferrals, sign-offs, and who offers milk."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db import facts, milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow, current_donors
from coordinator.db.facts import QuestionRow
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.living import living
from coordinator.db.recipients import RecipientRow
from coordinator.db.roles import living_role
from coordinator.db.screening import DeferralRow, SignOffRow, deferrals_by_donor, sign_offs_by_donor
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.facts.dated_facts import Fact, Question
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.households import Household
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.needs import is_stale
from coordinator.domain.planning.conditions import PUT_AS
from coordinator.domain.records.history import Action
from coordinator.domain.screening import call_list as rules
from coordinator.domain.screening.call_list import Screening
from coordinator.domain.screening.checklist import Told, people_to_sign, signed_under, signers
from coordinator.domain.screening.families import missing_of_family, questions_of_family
from coordinator.domain.suitability.mentions import answers_among
from coordinator.errors import NotThereError, UserError
from coordinator.sayings import Saying, saying
from coordinator.services.policies.profiles import policy_in_use
from coordinator.services.screening.needed import without_needless

Screener = Callable[[int, DonorState, date | None, Iterable[Lot]], Screening]


def screener(
    session: Session,
    today: date,
    donor_id: int | None = None,
    known_facts: Mapping[int, tuple[Fact, ...]] | None = None,
) -> Screener:
    """Return what screens donors on *today*; everything is read once, for one donor if given.

    *known_facts* are all answers by donor id, where they were read already.
    """
    policy = policy_in_use(session)
    if known_facts is None:
        known_facts = (
            facts.answers_by_donor(session) if donor_id is None else facts.facts_by_donor(session, donor_id)
        )
    told = known_facts
    deferrals = deferrals_by_donor(session, donor_id)
    signed = sign_offs_by_donor(session, donor_id)

    def screen(donor: int, decided: DonorState, spoken_on: date | None, lots: Iterable[Lot]) -> Screening:
        known = Told(answers_among(told.get(donor, ())), spoken_on, tuple(lots), signed.get(donor, ()))
        return rules.screen(decided, known, policy, today, deferrals.get(donor, ()))

    return screen


@dataclass(frozen=True, slots=True)
class Screened:
    """A donor's household, where she stands, and what to ask her."""

    household: Household
    screening: Screening
    questions: tuple[Question, ...]
    bereaved: bool

    @property
    def may_be_reminded(self) -> bool:
        """Whether a list may speak of her; with words to read first, or after a loss, none does."""
        return not self.bereaved and not self.household.read_before_ringing


def screenings(database: Database, today: date) -> dict[str, Screened]:
    """Return where every donor who is not archived stands, by code."""
    with database.reading() as session:
        lots = milk.lots(session, today)
        questions = facts.open_questions(session)
        aside, off = facts.topics_set_aside(session), facts.topics_off(session)
        screen, needed = screener(session, today), without_needless(session)
        result = {}
        for row, home in current_donors(session):
            screened = screen(row.id, row.state, home.first_spoken_on, lots.get(row.id, ()))
            asked = questions.get(home.id, ())
            if not row.bereaved:
                asked = rules.questions_with(asked, screened, home.id, off.union(aside.get(home.id, ())))
            family = to_household(home)
            result[row.code] = Screened(family, screened, needed(family.position, asked), row.bereaved)
        return result


def screening(database: Database, code: str, today: date) -> Screening:
    """Return where a donor stands on *today*.

    Raises:
        NotFoundError: If there is none with *code*.
    """
    with database.reading() as session:
        row = by_code(session, DonorRow, code)
        household = session.get_one(HouseholdRow, row.household_id)
        return screening_of(session, row, household, today)


def screening_of(session: Session, row: DonorRow, household: HouseholdRow, today: date) -> Screening:
    """Return where a donor stands on *today*, inside an action."""
    lots = milk.lots(session, today, row.id).get(row.id, [])
    return screener(session, today, row.id)(row.id, row.state, household.first_spoken_on, lots)


def questions_of(session: Session, row: DonorRow, screened: Screening) -> tuple[Question, ...]:
    """Return what to ask a donor: what is on the call list, and what her checklist asks for besides."""
    home = row.household_id
    stored = facts.open_questions(session, home).get(home, ())
    if row.bereaved:
        return stored
    aside = facts.topics_off(session) | facts.topics_set_aside(session, home).get(home, frozenset())
    place = to_household(session.get_one(HouseholdRow, home)).position
    return without_needless(session)(place, rules.questions_with(stored, screened, home, aside))


def offering_donors(session: Session, today: date) -> list[tuple[DonorRow, HouseholdRow, date | None]]:
    """Return the donors whose milk is looked at for babies on *today* or a day that is known, by code.

    With each stand her household, and the day she is open again if she rests today.
    """
    deferrals = deferrals_by_donor(session)
    found = []
    for row, household in current_donors(session):
        known = deferrals.get(row.id, ())
        until = rules.rests_until(row.state, known, today)
        if until is not None or rules.is_offering(row.state, known, today):
            found.append((row, household, until))
    return found


def offers_milk(session: Session, row: DonorRow, today: date) -> bool:
    """Whether a donor's milk is looked at for babies on *today*."""
    deferrals = deferrals_by_donor(session, row.id).get(row.id, ())
    return row.archived_on is None and rules.is_offering(row.state, deferrals, today)


def defer(
    database: Database, code: str, reason: str, until: date | None, today: date, *, by: str = ""
) -> int:
    """Rest a donor from *today*, and open her again by herself on *until*; ``None`` is until ended by hand.

    Raises:
        UserError: If no reason is given, or she would be open again before tomorrow.
    """
    if not reason.strip():
        raise UserError(saying("Type why she pauses; only you will see it."))
    if until is not None and until <= today:
        raise UserError(saying("Choose the day she is open again, tomorrow or later."))
    label = (
        saying("Paused {code} until {until}", code=code, until=until)
        if until
        else saying("Paused {code} until somebody ends it", code=code)
    )
    with database.writing(Action("donor.deferred", label), today) as session:
        row = DeferralRow(
            donor_id=living(by_code(session, DonorRow, code)).id,
            reason=reason.strip(),
            from_on=today,
            until_on=until,
            made_by=by.strip(),
        )
        session.add(row)
        session.flush()
        return row.id


def end_deferral(database: Database, code: str, deferral_id: int, today: date) -> None:
    """Open a donor again on *today*, before her deferral's own end; undo brings it back.

    Raises:
        UserError: If it has ended already.
        NotThereError: If she has no such pause.
    """
    with database.writing(
        Action("donor.opened", saying("Opened {code} again before the end", code=code)), today
    ) as session:
        donor = living(by_code(session, DonorRow, code))
        row = session.get(DeferralRow, deferral_id)
        if row is None or row.donor_id != donor.id:
            raise NotThereError
        if row.ended_on is not None or (row.until_on is not None and row.until_on <= today):
            raise UserError(saying("This pause has ended already."))
        row.ended_on = max(today, row.from_on)


def sign(database: Database, code: str, name: str, today: date, *, note: str = "") -> int:
    """Sign for a donor as a named person, under the policy in use.

    Raises:
        UserError: If no name is given, this person has signed, or the policy asks for no second person.
    """
    written = " ".join(name.split())
    if not written:
        raise UserError(saying("Type the name of the person who signs."))
    with database.writing(Action("donor.signed", saying("Signed for {code}", code=code)), today) as session:
        row, policy = living(by_code(session, DonorRow, code)), policy_in_use(session)
        if not people_to_sign(policy):
            raise UserError(saying("Nobody has to sign for donors under {policy}.", policy=policy.title))
        signed = sign_offs_by_donor(session, row.id).get(row.id, ())
        if written.casefold() in signers(signed_under(signed, policy)):
            raise UserError(saying("This person has signed already; somebody else has to be the other one."))
        signature = SignOffRow(
            donor_id=row.id, signed_by=written, signed_on=today, profile=policy.key, note=note.strip()
        )
        session.add(signature)
        session.flush()
        return signature.id


def take_back_signature(database: Database, code: str, sign_off_id: int) -> None:
    """Take a signature back; undo brings it back."""
    with database.writing(
        Action("donor.unsigned", saying("Took back a signature for {code}", code=code))
    ) as session:
        donor = living(by_code(session, DonorRow, code))
        row = session.get(SignOffRow, sign_off_id)
        if row is None or row.donor_id != donor.id:
            raise UserError(saying("This signature was taken back already."))
        session.delete(row)


def questions_of_recipient(session: Session, row: RecipientRow, today: date) -> tuple[Question, ...]:
    """Return what to ask a family: what is on the call list, and what its case needs to know besides."""
    home = row.household_id
    stored = facts.open_questions(session, home).get(home, ())
    aside = facts.topics_off(session) | facts.topics_set_aside(session, home).get(home, frozenset())
    return with_missing(row, stored, today, aside)


def with_missing(
    row: RecipientRow, stored: Sequence[Question], today: date, aside: Collection[str] = ()
) -> tuple[Question, ...]:
    """Return the *stored* questions of a family with what else it is asked; one that rests is not."""
    return questions_of_family(stored, _missing(row, today), row.household_id, aside)


def count_questions(row: RecipientRow, topics: Sequence[str], today: date, aside: Collection[str]) -> int:
    """Return how much there is to ask a family whose stored open questions are about *topics*."""
    return len(topics) + len(_missing(row, today).keys() - set(topics) - set(aside))


def _missing(row: RecipientRow, today: date) -> dict[str, Saying]:
    if row.paused:
        return {}
    old = is_stale(row.stock_on, today, timedelta(days=load_matching_policy().stale_stock_days))
    return missing_of_family(row.health, knows_stock=row.stock is not None and not old)


def put_on_call_list(session: Session, code: str, today: date, topic: str = "") -> list[QuestionRow]:
    """Write what is asked besides the stored questions as questions, so that something can be noted of them.

    Of a donor that is what her checklist asks for, of a family what its case needs to know. Only *topic* if
    given, which may be one that only milk of the plan waits for; a volunteer is asked nothing besides.
    """
    match letter_of(code):
        case CodeLetter.DONOR:
            donor = living(by_code(session, DonorRow, code))
            household = session.get_one(HouseholdRow, donor.household_id)
            asked = questions_of(session, donor, screening_of(session, donor, household, today))
        case CodeLetter.RECIPIENT:
            asked = questions_of_recipient(session, living(by_code(session, RecipientRow, code)), today)
        case _:
            return []
    added = [
        QuestionRow(household_id=one.household_id, topic=one.topic, text=one.said.stored())
        for one in asked
        if not one.id and topic in {"", one.topic}
    ]
    if topic in PUT_AS and topic not in {one.topic for one in asked}:
        home = living_role(session, code).household_id
        added.append(QuestionRow(household_id=home, topic=topic, text=PUT_AS[topic].stored()))
    session.add_all(added)
    session.flush()
    return added
