"""What the command line says when something is wrong: one sentence, the right exit code, nothing else."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from coordinator.bootstrap import data_folder, make_network
from coordinator.services.families import donors
from tests.integration.cli.cli import CommandLine
from tests.seacoast import DONORS

ROOT = Path(__file__).parents[3]


@pytest.fixture
def milkrun(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "network.db")


def in_a_process(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``milkrun`` as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ui", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("match", "R-0099"), "milkrun: There is nothing with the code R-0099."),
        (("hold", "R-0099", "L-0099"), "milkrun: There is nothing with the code L-0099."),
        (("pickup", "show", "P-0099"), "milkrun: There is nothing with the code P-0099."),
        (("yes", "H-0099", "donor"), "milkrun: There is nothing with the code H-0099."),
        (("import", "nowhere.csv"), "milkrun: There is no such file. Choose a CSV or XLSX file."),
        (
            ("restore", "nowhere.db"),
            "milkrun: There is no backup nowhere.db; “milkrun restore” alone lists them.",
        ),
    ],
)
def test_what_she_can_mend_is_one_sentence(
    milkrun: CommandLine, words: tuple[str, ...], sentence: str
) -> None:
    assert milkrun.refused(*words) == sentence


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("donor",),
        ("donors", "--jsn"),
        ("match",),
        ("hold", "R-0001", "L-0001", "--oz", "much"),
        ("hold", "R-0001", "L-0001", "--oz", "-4"),
        ("hold", "R-0001", "L-0001", "--oz", "4", "--ml", "100"),
        ("hold", "R-0001", "L-0001", "--bags", "0"),
        ("hold", "R-0001", "L-0001", "--from", "11/21/2026"),
        ("yes", "H-0001", "mother"),
        ("pickup",),
        ("pickup", "new", "H-0001", "--at", "noon"),
        ("pickup", "settle", "P-0001", "H-0001"),
        ("schedule", "2026-W60", "-o", "week.pdf"),
        ("sheet", "P-0001"),
    ],
)
def test_unknown_words_are_told_and_end_with_2(milkrun: CommandLine, words: tuple[str, ...]) -> None:
    milkrun = replace(milkrun, makes=False)
    assert "usage: milkrun" in milkrun.refused(*words, code=2)
    assert not milkrun.network.exists()


def test_a_file_that_is_no_network_is_left_as_it_is(milkrun: CommandLine) -> None:
    milkrun.network.write_bytes(b"a letter to grandmother, quite long, and no database at all" * 20)
    before = milkrun.network.read_bytes()
    assert "not a Milk Run network" in milkrun.refused("donors")
    assert milkrun.network.read_bytes() == before


def test_paper_without_a_folder_is_refused_before_it_counts_as_printed(milkrun: CommandLine) -> None:
    assert "folder that exists" in milkrun.refused("sheet", "P-0001", "-o", "nowhere/sheet.pdf")
    assert "folder that exists" in milkrun.refused("schedule", "2026-W48", "-o", "nowhere/week.pdf")


@pytest.mark.parametrize(
    "words", [("import",), ("sheet", "P-0001", "-o"), ("map", "-o")], ids=lambda words: words[0]
)
def test_the_network_itself_is_neither_read_nor_written_over(
    milkrun: CommandLine, words: tuple[str, ...]
) -> None:
    milkrun.do("donors")
    before = milkrun.network.stat().st_ino

    assert "belongs to the network that is open" in milkrun.refused(*words, milkrun.network)

    assert milkrun.network.stat().st_ino == before


def test_our_own_mistake_is_told_calmly_and_logged(
    milkrun: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("joy.thibodeau0@example.org of (207) 555-0141")

    monkeypatch.setattr(donors, "list_donors", fail)
    said = milkrun.refused("donors")
    assert said.startswith("milkrun: Something went wrong inside the program")
    assert said.count("\n") == 0
    (log,) = tmp_path.rglob("milkrun.log")
    noted = log.read_text("utf-8")
    assert "RuntimeError > main (start.py:" in noted
    assert "fail (test_cli_errors.py:" in noted
    assert noted.count("\n") == 1
    assert "joy" not in noted
    assert "0141" not in noted


def test_an_empty_network_says_that_there_is_nothing_yet(milkrun: CommandLine) -> None:
    for name in ("donors", "recipients", "lots", "drivers", "holds"):
        assert milkrun.do(name).startswith(("There ", "No milk"))
        assert milkrun.read(name) == []


def test_the_options_go_before_or_after_the_command(tmp_path: Path) -> None:
    here, there = CommandLine(tmp_path / "here.db", makes=False), CommandLine(tmp_path / "there.db")
    there.do("donors")
    here.do("import", DONORS, "--database", there.network)
    assert len(there.read("donors")) == 40
    assert not here.network.exists()


def test_the_program_reads_its_network_from_the_environment(tmp_path: Path) -> None:
    network = make_network(tmp_path / "own.db")
    done = in_a_process("lots", "--json", MILKRUN_DATABASE=str(network))
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_a_typo_in_the_name_of_a_network_is_told_and_makes_nothing(tmp_path: Path) -> None:
    for words in (("donors",), ("import", DONORS), ("today",), ("backup",), ("check",)):
        said = CommandLine(tmp_path / "netwrok.db", makes=False).refused(*words)
        assert said.startswith(f"milkrun: There is no network at {tmp_path / 'netwrok.db'}.")
    done = in_a_process("donors", MILKRUN_DATABASE=str(tmp_path / "netwrok.db"))
    assert (done.returncode, done.stdout) == (1, "")
    assert list(tmp_path.glob("netwrok*")) == []


def test_new_makes_an_empty_network_where_it_is_told_and_never_over_something(tmp_path: Path) -> None:
    milkrun = CommandLine(tmp_path / "own.db", makes=False)
    assert str(tmp_path / "own.db") in milkrun.do("new")
    assert milkrun.read("donors") == []
    before = milkrun.network.read_bytes()
    assert "already" in milkrun.refused("new")
    assert milkrun.network.read_bytes() == before


def test_the_first_import_makes_the_network_in_its_usual_place_and_says_so() -> None:
    dry = in_a_process("import", "--dry-run", str(DONORS))
    assert (dry.returncode, dry.stderr) == (0, "")
    assert not data_folder().exists()

    done = in_a_process("import", str(DONORS))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("There was no network yet; an empty one was made: ")
    assert len(json.loads(in_a_process("donors", "--json").stdout)) == 40


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755])
def test_a_file_that_is_no_network_keeps_its_mode_and_bytes(tmp_path: Path, mode: int) -> None:
    milkrun = CommandLine(tmp_path / "README.md")
    milkrun.network.write_bytes(b"# A letter to grandmother\n" * 200)
    milkrun.network.chmod(mode)
    for words in (("donors",), ("check",), ("import", DONORS), ("backup",)):
        assert "not a Milk Run network" in milkrun.refused(*words)
    assert milkrun.network.read_bytes() == b"# A letter to grandmother\n" * 200
    assert stat.S_IMODE(milkrun.network.stat().st_mode) == mode
    assert [path.name for path in tmp_path.glob("README*")] == ["README.md"]


def test_devices_folders_and_empty_files_are_no_networks(tmp_path: Path) -> None:
    device = Path(os.devnull)
    before = stat.S_IMODE(device.stat().st_mode)
    (tmp_path / "empty.db").touch(0o644)
    for path in (device, tmp_path, tmp_path / "empty.db"):
        assert "not a Milk Run network" in CommandLine(path, makes=False).refused("donors")
    assert stat.S_IMODE(device.stat().st_mode) == before
    assert (tmp_path / "empty.db").stat().st_size == 0
    assert stat.S_IMODE((tmp_path / "empty.db").stat().st_mode) == 0o644


def test_the_program_tells_its_version() -> None:
    done = in_a_process("--version")
    assert (done.returncode, done.stdout) == (0, f"Milk Run {version('milkrun')}\n")


def test_a_reader_who_leaves_early_hears_no_complaint(tmp_path: Path) -> None:
    network = tmp_path / "network.db"
    CommandLine(network).do("import", DONORS)
    program = subprocess.Popen(
        [sys.executable, "-m", "ui", "donors", "--json", "--database", str(network)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    with program.stderr:
        assert program.stderr.read() == b""
    program.wait()


def test_no_command_imports_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from ui.app import main; main(sys.argv[1:]);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    words = ["today", "--database", str(tmp_path / "network.db")]
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0


def test_a_server_nobody_reaches_is_one_sentence_without_a_log_line() -> None:
    done = in_a_process("--database", "postgresql+psycopg://localhost:1/nobody", "donors")

    assert done.returncode == 1
    assert done.stderr == (
        "milkrun: The network's server cannot be reached. Check the connection and its address, "
        "then try again.\n"
    )
