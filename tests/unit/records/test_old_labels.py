"""A line of the history that an older program wrote in words says the same, and has its code again."""

import pytest

from coordinator.domain.records.old_labels import OLD_LABELS, did_again, read_label, undid
from coordinator.sayings import as_written, saying

WRITTEN = """
Undid: Undid: Held 100 oz of L-0031 for R-0012 (H-0004)
Did again: Imported 30 rows of a donor list
Planned a pickup for H-0001, H-0002
Planned P-0001 for H-0001, H-0002
Moved a stop to place 2 of P-0001
Ordered the stops of P-0001
Set a time window of P-0001
Placed the meeting of P-0001
Noted the volunteer's yes for P-0001
Took back the volunteer's yes for P-0001
Settled P-0001
Cancelled P-0001
Printed P-0001-2
Held 100 oz of L-0031 for R-0012 (H-0004)
Held 1,000 oz of L-0031 for R-0012
Released H-0004
Extended H-0004
Noted the donor's yes to H-0004
Noted the family's yes to H-0004
Took back the donor's yes to H-0004
Took back the family's yes to H-0004
Noted that R-0012 is not kept from milk of D-0007
Noted that L-0031 is wanted for R-0012
Took an overruling back
Set D-0007 aside for R-0012
Brought D-0007 back for R-0012
Looked up the place of D-0007
Set the place of D-0007 back to its address
Set the place of D-0007 by hand
Forgot an address looked up online
Forgot what was looked up online
Looked up an address online
Paused D-0007 until somebody ends it
Paused D-0007 until Dec 1, 2026
Opened D-0007 again before the end
Signed for D-0007
Took back a signature for D-0007
Noted a decision about a medicine of every donor
Noted a decision about a medicine of D-0007
Noted a decision on a medicine of D-0007
Took a decision on a medicine back
Recorded an answer of D-0007
Recorded blood test for D-0007
Removed a fact of D-0007
Added a question for D-0007
Set a question aside
Set a question of D-0007 aside
Answered a question
Answered a question of D-0007
Noted a talk with D-0007
Noted a call to D-0007: left message
Read 1 answer of a form again
Read 12 answers of forms again
Imported 1 row of a donor list
Imported 30 rows of a donor list
Made the policy profile “Ours”
Changed “Smoking” in a policy profile
Noted a review of “Smoking”
Set “Smoking” back in a policy profile
Chose a policy profile
Chose the policy profile “Ours”
Removed a policy profile
Split L-0031: L-0032 is its later part
Split L-0032 off L-0031 at 2026-10-09
Split L-0031 at 2026-10-09
Split L-0031
Made D-0008 part of D-0007
Took two families apart
Took D-0008 and D-0007 apart
Took H-0004 off P-0001
Changed the phone of Mothers' Milk Bank
Changed the setting “volume unit”
Changed the day it was thawed of L-0031
Changed milk at home of R-0012
Changed weeks at birth of D-0007
Added a donor
Added milk of D-0007
Added L-0031 of D-0007
Added H-0004 to P-0001
Added D-0007
Removed D-0007
""".strip().splitlines()
"""One line for each sentence of :data:`OLD_LABELS`, in its order."""


@pytest.mark.parametrize("text", [*WRITTEN, "Set up a test", "", "[", "Undid: ", "Added {x}"])
def test_a_line_of_an_older_program_says_the_same_words(text: str) -> None:
    assert str(read_label(text)) == text
    assert str(read_label(read_label(text).stored())) == text


def test_each_old_sentence_is_told_from_the_others() -> None:
    assert [read_label(text).code for text in WRITTEN] == [code for code, _ in OLD_LABELS]


def test_what_was_undone_has_its_code_again_too() -> None:
    held = read_label("Released H-0004")

    assert held == saying("Released {hold}", hold="H-0004")
    assert read_label("Did again: Undid: Released H-0004") == did_again(undid(held))
    assert read_label("Undid: Set up a test") == undid(as_written("Set up a test"))


def test_what_is_stored_today_is_read_as_it_was_said() -> None:
    for said in (
        undid(saying("Released {hold}", hold="H-0004")),
        undid(as_written("A test")),
        as_written("[x]"),
    ):
        assert read_label(said.stored()) == said
