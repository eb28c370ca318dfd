"""Qt's own tools: lupdate, which gathers the window's texts, and lrelease, which makes a language of them."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.program_code import HOUSE


def gather(ts: Path) -> "ET.ElementTree[ET.Element]":
    """Let lupdate write every text of the window to *ts*, and return that."""
    sources = map(str, sorted((HOUSE / "ui").rglob("*.py")))
    _run("pyside6-lupdate", *sources, "-ts", str(ts), "-source-language", "en", "-target-language", "fr")
    return ET.parse(ts)  # noqa: S314 - written a moment ago


def released(ts: Path, translate: Callable[[str], str]) -> Path:
    """Return the window's texts as *translate* gives them, for a translator of Qt's to load."""
    gathered = gather(ts)
    for message in gathered.iter("message"):
        translation = message.find("translation")
        assert translation is not None
        translation.attrib.pop("type", None)
        translation.text = translate(message.findtext("source", ""))
    gathered.write(ts, encoding="utf-8", xml_declaration=True)
    _run("pyside6-lrelease", str(ts), "-qm", str(ts.with_suffix(".qm")))
    return ts.with_suffix(".qm")


def _run(tool: str, *words: str) -> None:
    program = Path(sys.executable).with_name(tool)
    subprocess.run([program, *words], check=True, capture_output=True)
