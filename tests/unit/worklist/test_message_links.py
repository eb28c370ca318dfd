"""A message's link carries its text whole, and nothing in the text changes whom it goes to."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.worklist.message_links import mailto_link, sms_link

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1)


def test_a_text_message_has_its_number_and_its_lines() -> None:
    assert (
        sms_link("+16035550141", "Hi Ada,\n1. 5 oz?")
        == "sms:+16035550141?body=Hi%20Ada%2C%0D%0A1.%205%20oz%3F"
    )


def test_without_a_number_or_an_address_there_is_no_link() -> None:
    assert sms_link("", "Hi") == mailto_link("", "A question", "Hi") == ""


def test_a_line_break_in_a_subject_adds_no_line_to_the_heading() -> None:
    link = mailto_link("ada@example.org", "A question\r\nBcc: x@example.org", "Hi")

    assert "%0D" not in link
    assert "%0A" not in link


def test_an_address_adds_no_field() -> None:
    assert mailto_link("a&b?cc=x@example.org", "A", "B").startswith(
        "mailto:a%26b%3Fcc%3Dx@example.org?subject=A&"
    )


@given(_TEXTS, _TEXTS)
def test_what_is_written_arrives_whole(subject: str, text: str) -> None:
    link = urlsplit(mailto_link("ada@example.org", subject, text))
    told = parse_qs(link.query, keep_blank_values=True)

    assert link.path == "ada@example.org"
    assert told == {"subject": [" ".join(subject.split())], "body": [text]}
    assert parse_qs(urlsplit(sms_link("+16035550141", text)).query)["body"] == [text]
