"""Which of two answers counts, and what it leaves blank."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.facts.dated_facts import FactKind
from coordinator.domain.imports.planning import FilePlan, Outcome, plan_file
from coordinator.domain.imports.row_answers import DonorAnswers
from tests.unit.imports.test_import_planning import ADA, but, donors, known

BEA = ("", "Bea Poe", "bea@example.org", "207 555 0101", "2 Elm St", "03909", "90", "yes", "")
OTHERS = [
    but(BEA, name=f"Bea{number} Poe", email=f"b{number}@x.org", phone="", street="") for number in range(4)
]


def plan(*rows: Sequence[str]) -> FilePlan:
    return plan_file(donors(*rows), ())


def counting(*stamps: str, others: Sequence[str] = ()) -> tuple[list[int], str]:
    """Return which of Ada's rows counts, 1 for the first, and what is said of the file's order."""
    rows = [but(ADA, timestamp=stamp) for stamp in stamps]
    rows += [but(row, timestamp=stamp) for row, stamp in zip(OTHERS, others, strict=False)]
    found = plan(*rows)
    places = [place for place, one in enumerate(found.rows[: len(stamps)], 1) if one.outcome is Outcome.NEW]
    return places, str(found.order)


def test_the_time_of_day_tells_which_of_two_answers_counts() -> None:
    assert counting("11/16/2026 9:00", "11/16/2026 18:00") == ([2], "")
    assert counting("11/16/2026 18:00", "11/16/2026 9:00") == ([1], "")


def test_the_zone_tells_which_of_two_answers_counts() -> None:
    assert counting("2026-11-16T18:00:00-05:00", "2026-11-16T20:00:00Z") == ([1], "")
    assert counting("2026-11-16T18:00:00-05:00", "2026-11-17T01:00:00Z") == ([2], "")


def test_where_the_newest_stand_first_the_upper_of_two_equal_stamps_counts() -> None:
    newest_first = ["11/15/2026 9:00", "11/14/2026 9:00", "11/13/2026 9:00"]

    counts, said = counting("11/16/2026", "11/16/2026", others=newest_first)

    assert counts == [1]
    assert "stand first" in said


def test_where_the_newest_stand_last_the_lower_of_two_unread_stamps_counts() -> None:
    newest_last = ["11/17/2026 9:00", "11/18/2026 9:00", "11/19/2026 9:00"]

    counts, said = counting("11/16/2026 9:00", "soon after", others=newest_last)

    assert counts == [2]
    assert "stand last" in said


def test_without_stamps_the_lower_row_counts_and_that_is_said() -> None:
    counts, said = counting("", "")

    assert counts == [2]
    assert "in no order" in said


def test_times_of_one_day_that_speak_against_the_order_of_rows_apart_are_asked() -> None:
    mixed = ["11/12/2026 9:00", "11/19/2026 9:00", "11/13/2026 9:00", "11/18/2026 9:00"]
    rows = [but(row, timestamp=stamp) for row, stamp in zip(OTHERS, mixed, strict=True)]
    upper, lower = but(ADA, timestamp="11/16/2026 18:00"), but(ADA, timestamp="11/16/2026 9:00", ounces="80")

    *_, last = plan(upper, *rows, lower).rows

    assert last.outcome is Outcome.NEW
    assert any("Which is the later one?" in question.text for question in last.questions)


def test_a_blank_stays_as_the_older_answer_told_it_with_its_facts() -> None:
    later = but(ADA, timestamp="11/18/2026", phone="", street="", dairy="", notes="")
    older, counts = plan(but(ADA, notes="side door"), later).rows

    assert (older.outcome, counts.outcome) == (Outcome.OLDER_ANSWER, Outcome.NEW)
    contact, detail = counts.answers.contact, counts.answers.detail
    assert isinstance(detail, DonorAnswers)
    assert (contact.phone, contact.address.street, contact.notes) == ("+12075550100", "1 Elm St", "side door")
    assert FactKind.DAIRY in {fact.kind for fact in detail.facts}
    assert not any(question.topic in {"phone", FactKind.DAIRY.value} for question in counts.questions)
    assert counts.filled == {"phone", "street", "dairy", "notes"}


def test_a_blank_that_an_unreadable_cell_left_is_asked_and_not_filled() -> None:
    later = but(ADA, timestamp="11/18/2026", ounces="two freezers")

    _, counts = plan(ADA, later).rows

    assert counts.filled == frozenset()
    assert any(question.raw == "two freezers" for question in counts.questions)


def test_a_new_address_is_not_mixed_with_the_old_one() -> None:
    moved = but(ADA, timestamp="11/18/2026", street="", zip="03820")

    _, counts = plan(ADA, moved).rows

    assert (counts.answers.contact.address.street, counts.answers.contact.address.zip_code) == ("", "03820")


STAMPS = st.sampled_from(
    ["11/16/2026 9:00", "11/16/2026 18:00", "11/17/2026 9:00", "11/18/2026", "2026-11-17T09:00:00-05:00"]
)


@given(st.lists(STAMPS, min_size=1, max_size=5, unique=True), st.data())
def test_of_different_days_the_order_of_the_rows_does_not_matter(
    stamps: list[str], data: st.DataObject
) -> None:
    days = list({stamp.replace("2026-11-17T", "11/17/2026")[:10]: stamp for stamp in stamps}.values())
    rows = [but(ADA, timestamp=stamp, ounces=str(number)) for number, stamp in enumerate(days)]
    shuffled = data.draw(st.permutations(rows))

    def counts(order: Sequence[Sequence[str]]) -> list[str]:
        found = plan(*order).rows
        return [one.answers.values["ounces"] for one in found if one.outcome is Outcome.NEW]

    assert counts(rows) == counts(shuffled)
    assert len(counts(rows)) == 1


def test_a_later_import_compares_the_time_too_and_an_old_stored_day_still_compares() -> None:
    (early,) = donors(but(ADA, timestamp="11/16/2026 9:00", ounces="80"))
    (stored,) = donors(but(ADA, timestamp="11/16/2026 18:00"))
    (old,) = donors(but(ADA, timestamp="11/16/2026"))

    after_a_time, after_a_day = (plan_file([early], [known(one)]).rows[0] for one in (stored, old))

    assert (after_a_time.outcome, after_a_day.outcome) == (Outcome.OLDER_ANSWER, Outcome.UPDATE)
