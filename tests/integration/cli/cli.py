"""The command line, called as ``milkrun`` calls it, with what it said and how it ended."""

from __future__ import annotations

import io
import json
from argparse import ArgumentParser
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from coordinator import sayings
from coordinator.cli import main, start
from coordinator.cli.arguments import every_command
from tests.networks import put_network


@cache
def _parser_in(_catalogue: NullTranslations) -> ArgumentParser:
    return every_command.parser()


def _parser() -> ArgumentParser:
    """Return the parser of all commands in the language in use; a program makes it once, so do the tests."""
    return _parser_in(sayings._catalogue)


vars(start)["parser"] = _parser


@dataclass(frozen=True)
class Answer:
    """What one command said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - whatever the JSON holds
        return json.loads(self.out)


@dataclass(frozen=True)
class CommandLine:
    """``milkrun`` on one network on one day."""

    network: Path
    today: str = "2026-11-21"
    makes: bool = True
    """Whether an empty network is made there first; the program itself makes one only when asked."""

    def __call__(self, *words: str | Path) -> Answer:
        """Run a command and return whatever came of it."""
        if self.makes and not self.network.exists():
            put_network(self.network)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["--database", str(self.network), "--today", self.today, *map(str, words)])
        return Answer(code, out.getvalue(), err.getvalue())

    def do(self, *words: str | Path) -> str:
        """Run a command that must succeed without complaint, and return what it printed."""
        answer = self(*words)
        assert (answer.code, answer.err) == (0, ""), answer
        return answer.out

    def read(self, *words: str | Path) -> Any:  # noqa: ANN401 - whatever the JSON holds
        """Run a command with ``--json`` and return its document."""
        return json.loads(self.do(*words, "--json"))

    def refused(self, *words: str | Path, code: int = 1) -> str:
        """Run a command that must be refused in one sentence, and return the sentence."""
        answer = self(*words)
        assert (answer.code, answer.out) == (code, ""), answer
        assert "Traceback" not in answer.err
        return answer.err.strip()
