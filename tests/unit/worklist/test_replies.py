"""A reply to numbered questions is cut by number, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.worklist.replies import PieceKind, split_reply

_WORDS = st.sampled_from(
    ["no", "yes", "since June", "40 oz in 2 bags", "not any more", "about 2.5 oz", "at 6:30"]
)
_BITS = st.sampled_from(
    [
        *("1 ", "2. ", "3) ", "no", " June ", "\n", "\n\n", "> ", "On Monday Ada wrote:\n", "x", "\r"),
        *("all no", " except ", ", ", "1️⃣", "- ", "#", "no to all", "On ", "> 1. q\n"),
    ]
)


def _answers(text: str, count: int) -> dict[int, str]:
    return {one.number: one.words for one in split_reply(text, count) if one.kind is PieceKind.ANSWER}


def _doubtful(text: str, count: int) -> set[int]:
    return {one.number for one in split_reply(text, count) if one.is_doubtful}


@pytest.mark.parametrize(
    ("text", "count", "answers"),
    [
        ("1 no 2 since June 3 yes", 3, {1: "no", 2: "since June", 3: "yes"}),
        ("1 no 2 since June 3", 2, {1: "no", 2: "since June 3"}),
        ("1. No\n2) since June 3\n3: yes", 3, {1: "No", 2: "since June 3", 3: "yes"}),
        ("sorry! 2: yes, 1: no", 2, {1: "no", 2: "yes"}),
        ("1. 2.5 oz\n2. 3 bags", 3, {1: "2.5 oz", 2: "3 bags"}),
        ("1 no 2 2 bags", 2, {1: "no", 2: "2 bags"}),
        ("1. at 6:30\n2. no", 7, {1: "at 6:30", 2: "no"}),
        ("no\nyes", 2, {1: "no", 2: "yes"}),
        ("hello\nno\nyes", 2, {}),
        ("No, never", 1, {1: "No, never"}),
        ("1 no 1 yes 2 no", 2, {2: "no"}),
        ("2. no\n\nOn Monday Ada wrote:\n1. Do you smoke?\n2. Dairy?", 2, {2: "no"}),
        ("> 1. Do you smoke?\nno\n> 2. Dairy?\nyes", 2, {1: "no", 2: "yes"}),
        ("9 no", 2, {}),
        ("1️⃣ no 2️⃣ yes", 2, {1: "no", 2: "yes"}),
        ("1- no\n2 - yes", 2, {1: "no", 2: "yes"}),
        ("#1 no\n#2 yes", 2, {1: "no", 2: "yes"}),
        ("Q1: no Q2: yes", 2, {1: "no", 2: "yes"}),
        ("1no 2yes", 2, {1: "no", 2: "yes"}),
        ("1.no 2.yes", 2, {1: "no", 2: "yes"}),
        ("No, no, yes!", 3, {1: "No", 2: "no", 3: "yes"}),
        ("no, yes", 3, {}),
        ("yes to 1, no to 2", 2, {}),
        ("1 and 2 no, 3 yes", 3, {2: "no", 3: "yes"}),
        ("1 & 2 no, 3 yes", 3, {2: "no", 3: "yes"}),
        ("1. and 2. no", 2, {2: "no"}),
        ("1. 👍 2. no", 2, {1: "👍", 2: "no"}),
        ("1-3 no", 3, {}),
        ("All no except 3", 4, {1: "no", 2: "no", 4: "no"}),
        ("no to all.", 3, {1: "no", 2: "no", 3: "no"}),
        ("all no except 2: since June", 3, {1: "no", 2: "since June", 3: "no"}),
        ("No to everything but 1 and 3", 3, {2: "No"}),
        ("all good", 3, {}),
        ("1. no\n2. yes\n\nSent from my iPhone", 2, {1: "no", 2: "yes"}),
        (
            "1 no, 2 yes\nOn Sat, Nov 28, 2026 at 9:12 AM Sam Roy\n<sam@x.org> wrote:\n> 1. Dairy?",
            2,
            {1: "no", 2: "yes"},
        ),
        ("> 1. Dairy?\n> 2. Coffee?\nno\nyes", 2, {1: "no", 2: "yes"}),
        ("> 2. Coffee?\nnone\n\n> 1. Dairy?\nyes, lots", 2, {2: "none", 1: "yes, lots"}),
        ("1 no 2. since june 3 yes", 3, {1: "no", 2: "since june", 3: "yes"}),
        ("1. no 2 since june 3. yes", 3, {1: "no", 2: "since june", 3: "yes"}),
        ("1 no\n2) no\n3 no", 3, {1: "no", 2: "no", 3: "no"}),
        ("1. he is 2 now 3) no", 3, {1: "he is 2 now", 3: "no"}),
        ("1. 2 of them 3. no", 3, {1: "2 of them", 3: "no"}),
        ("3. no 1 yes", 3, {3: "no 1 yes"}),
        ("", 3, {}),
    ],
)
def test_an_answer_belongs_to_the_number_before_it(text: str, count: int, answers: dict[int, str]) -> None:
    assert _answers(text, count) == answers


def test_a_number_after_a_month_may_be_its_day_and_is_looked_at() -> None:
    assert _doubtful("1 no 2 since June 3 yes", 3) == {2, 3}


def test_a_number_without_the_point_the_others_have_is_looked_at() -> None:
    assert _doubtful("1 no 2. since june 3 yes", 3) == {1, 2, 3}


def test_what_is_typed_below_a_quote_without_signs_is_shown_and_no_answer() -> None:
    sent = ("Do you eat dairy?", "Do you smoke?")
    text = "1. no\n\nOn Monday Ada wrote:\n1. Do you eat dairy?\nnever\n2. Do you smoke?\nyes, sometimes"

    pieces = split_reply(text, 2, sent)

    assert "".join(one.text for one in pieces) == text
    assert {one.number: one.words for one in pieces if one.kind is PieceKind.ANSWER} == {1: "no"}
    assert [one.text.strip() for one in pieces if one.kind is PieceKind.BELOW] == ["never", "yes, sometimes"]
    assert all(one.kind.is_hers for one in pieces if one.kind is PieceKind.BELOW)


def test_lines_without_numbers_are_looked_at() -> None:
    assert _doubtful("no\nyes", 2) == {1, 2}


@pytest.mark.parametrize(
    ("text", "count"),
    [("no, no, yes", 3), ("all no except 2: since June", 3), ("1no 2yes", 2), ("> 1. Dairy?\nno", 2)],
)
def test_what_is_cut_by_a_guess_is_looked_at(text: str, count: int) -> None:
    assert _doubtful(text, count) == set(_answers(text, count))


def test_questions_that_come_back_without_a_sign_are_no_answers() -> None:
    sent = ("Do you eat dairy?", "Do you smoke?")
    text = "1. no\n2. yes\n\nHi Ada\n1. Do you eat dairy?\n2. Do you smoke?"

    pieces = split_reply(text, 2, sent)

    told = {one.number: one.words for one in pieces if one.kind is PieceKind.ANSWER}
    assert told == {1: "no", 2: "yes"}
    assert "".join(one.text for one in pieces) == text


def test_what_stands_below_an_answer_is_kept_apart_and_makes_it_doubtful() -> None:
    pieces = split_reply("1. no\n2. no\n\nActually I took ibuprofen in May", 2)

    assert [one.kind for one in pieces] == [PieceKind.ANSWER, PieceKind.ANSWER, PieceKind.UNASSIGNED]
    assert [one.is_doubtful for one in pieces] == [False, True, False]


@given(st.text() | st.lists(_BITS).map("".join), st.integers(0, 5))
def test_nothing_of_a_reply_is_lost(text: str, count: int) -> None:
    pieces = split_reply(text, count)

    assert "".join(one.text for one in pieces) == text
    assert all(one.words in one.text for one in pieces if one.text)


@given(st.lists(_WORDS, min_size=2, max_size=6))
def test_the_order_of_the_numbers_does_not_matter(words: list[str]) -> None:
    numbered = list(enumerate(words, start=1))
    turned = numbered[::-1]

    in_order, backwards = (
        _answers("\n".join(f"{number}. {said}" for number, said in order), len(words))
        for order in (numbered, turned)
    )

    assert in_order == backwards == dict(numbered)
