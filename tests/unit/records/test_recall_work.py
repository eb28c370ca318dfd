"""What is answered, open and set aside at one of those to ring, whatever was told in whatever order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.records.recall import ANY_DAY, Recall
from coordinator.domain.records.recall_work import (
    Contact,
    ContactOutcome,
    Party,
    PartyKind,
    RecallWork,
    Told,
    ToldBack,
    in_words,
)
from coordinator.domain.volume import Volume, total

ON = date(2026, 11, 28)
BEGAN = datetime(2026, 11, 28, 13, tzinfo=UTC)

answers = st.lists(st.tuples(st.sampled_from(ToldBack), st.integers(1, 3_000_000)), max_size=12)


def party(due: Volume, *told: tuple[ToldBack, Volume], contacts: tuple[Contact, ...] = ()) -> Party:
    said = tuple(Told(at, "R-0001", became, volume, ON) for at, (became, volume) in enumerate(told))
    return Party("R-0001", "Inès Roy", "", PartyKind.FAMILY, due, said, contacts)


def work(*parties: Party) -> RecallWork:
    nothing = Recall(ANY_DAY, (), (), (), (), (), {})
    return RecallWork("Q-0001", "D-0001", "", BEGAN, None, nothing, parties)


@given(due=st.integers(0, 5_000_000), told=answers)
def test_what_may_be_told_adds_up_after_each_answer_and_undo_gives_the_one_before(
    due: int, told: list[tuple[ToldBack, int]]
) -> None:
    steps: list[Party] = [party(Volume(due))]
    said: list[tuple[ToldBack, Volume]] = []
    for became, microlitres in told:
        volume = min(Volume(microlitres), steps[-1].most(became))
        if not volume:
            continue
        said.append((became, volume))
        now, before = party(Volume(due), *said), steps[-1]
        assert now.answered <= now.due
        assert now.answered >= before.answered
        assert now.open <= before.open
        assert not now.too_much
        assert total([now.of(one) for one in ToldBack]) == now.answered
        steps.append(now)
    assert party(Volume(due), *said[:-1]) == (steps[-2] if said else steps[0])


@given(due=st.integers(0, 5_000_000), told=answers)
def test_no_answer_whatever_makes_more_than_is_due_look_answered(
    due: int, told: list[tuple[ToldBack, int]]
) -> None:
    one = party(Volume(due), *((became, Volume(microlitres)) for became, microlitres in told))
    assert Volume() <= one.set_aside <= one.answered <= one.due
    assert work(one).may_close is (not one.open)


def test_a_letter_or_a_message_reaches_nobody() -> None:
    tried = (ContactOutcome.WRITTEN, ContactOutcome.MESSAGE_LEFT, ContactOutcome.NO_ANSWER)
    contacts = tuple(
        Contact(at, "R-0001", BEGAN + timedelta(minutes=at), one) for at, one in enumerate(tried)
    )
    one = party(Volume(1_000_000), contacts=contacts)
    assert not one.reached
    assert one.rung_at == BEGAN + timedelta(minutes=2)
    assert work(one).took is None


def test_how_long_it_took_is_said_in_hours_and_minutes() -> None:
    said = [str(in_words(timedelta(minutes=minutes))) for minutes in (0, 1, 59, 60, 190)]
    assert said == ["0 minutes", "1 minute", "59 minutes", "1 h 0 min", "3 h 10 min"]
