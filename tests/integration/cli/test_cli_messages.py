"""``milkrun ask`` and ``milkrun reply``."""

import io
import shutil
from pathlib import Path

import pytest

from tests.integration.cli.cli import CommandLine


@pytest.fixture
def milkrun(tmp_path: Path, seacoast_file: Path) -> CommandLine:
    """Give the command line on the sample region."""
    return CommandLine(Path(shutil.copy(seacoast_file, tmp_path / "network.db")))


def reply(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "reply.txt"
    path.write_text(text, "utf-8")
    return path


def numbers(milkrun: CommandLine) -> dict[str, int]:
    return {one["topic"]: one["number"] for one in milkrun.read("ask", "D-0002")["questions"]}


def test_the_message_is_shown_and_noted_as_sent_only_when_asked(milkrun: CommandLine) -> None:
    shown = milkrun.do("ask", "d-0002", "--message")
    assert shown.startswith("Hi Chloé")
    assert "\n1. " in shown, "its lines stand as lines, to be pasted"
    assert milkrun.read("ask", "D-0002")["asked_on"] is None

    assert "D-0002: noted as sent." in milkrun.do("ask", "D-0002", "--sent", "--by", "text")

    assert milkrun.read("ask", "D-0002")["asked_on"] == "2026-11-21"


def test_a_reply_is_shown_and_written_only_with_accept(milkrun: CommandLine, tmp_path: Path) -> None:
    milkrun.do("ask", "D-0002", "--sent")
    asked = numbers(milkrun)
    file = reply(tmp_path, f"{asked['nicotine']}. no\n{asked['illness']}. flu since Oct 3")
    shown = milkrun.read("reply", "D-0002", file)
    assert not any(one["kept"] for one in shown["answers"])
    assert numbers(milkrun) == asked

    kept = milkrun.read("reply", "D-0002", file, "--accept")

    assert {one["topic"]: one["kept"] for one in kept["answers"]} == {"nicotine": True, "illness": False}
    assert "nicotine" not in numbers(milkrun)
    assert "illness" in numbers(milkrun)


def test_a_reply_that_says_more_than_its_answers_is_not_accepted(
    milkrun: CommandLine, tmp_path: Path
) -> None:
    milkrun.do("ask", "D-0002", "--sent")
    asked = numbers(milkrun)
    file = reply(tmp_path, f"I started zoloft last week\n{asked['nicotine']}. no")

    assert "Look first:" in milkrun.do("reply", "D-0002", file)
    milkrun.refused("reply", "D-0002", file, "--accept")

    assert numbers(milkrun) == asked


def test_a_reply_is_piped_in(milkrun: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    milkrun.do("ask", "D-0002", "--sent")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{numbers(milkrun)['nicotine']} no"))

    assert "“no”: no" in milkrun.do("reply", "D-0002", "-")


def test_an_unanswered_message_is_among_what_is_waited_for(milkrun: CommandLine) -> None:
    milkrun.do("ask", "D-0002", "--sent")
    later = CommandLine(milkrun.network, today="2026-11-23")

    (nudge,) = later.read("today")["nudges"]
    assert (nudge["whom"], nudge["asked_on"]) == ("D-0002", "2026-11-21")
    assert "asked by message on 2026-11-21" in later.do("today")
    assert milkrun.read("today")["nudges"] == []


def test_a_file_that_is_not_there_and_a_family_that_is_nobody_are_refused(milkrun: CommandLine) -> None:
    assert "no such file" in milkrun.refused("reply", "D-0002", "no.txt")
    assert "D-9999" in milkrun.refused("ask", "D-9999")
