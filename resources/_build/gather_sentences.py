"""Gather every sentence the coordinator package says into the catalogue that translators begin with.

Run ``python resources/_build/gather_sentences.py`` after changing a sentence; a test compares.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

HOUSE = Path(__file__).parents[2]
CATALOGUE = HOUSE / "resources" / "words" / "coordinator.pot"
KEYWORDS = {"saying": None, "coded": (2,), "plural": (1, 2), "once_said": None}


def catalogue() -> Catalog:
    """Return each English source once, with the modules that say it."""
    found = Catalog(project="Milk Run", charset="utf-8")
    method = [("**.py", "python")]
    for path, _, source, _, _ in extract_from_dir(HOUSE / "coordinator", method, keywords=KEYWORDS):
        found.add(source, locations=[(f"coordinator/{path}", 0)])
    return found


def gathered() -> str:
    """Return the catalogue as text, the sources in their order."""
    file = BytesIO()
    write_po(file, catalogue(), width=110, omit_header=True, sort_output=True, include_lineno=False)
    return f"{_HEAD}\n{file.getvalue().decode()}"


_HEAD = """# The sentences of Milk Run's layers without a window, gathered by resources/_build/gather_sentences.py.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"""


if __name__ == "__main__":
    CATALOGUE.write_text(gathered(), encoding="utf-8")
