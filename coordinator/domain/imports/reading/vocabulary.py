"""The words people use for foods, medicines, infections and the like, and the concepts they stand for.

The words are data: ``resources/words/<language>/<kind>.toml``, a table for each concept.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from rapidfuzz.distance import OSA

Words = tuple[str, ...]
_MARKS = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?|[+/&-]")
_INNER_HYPHEN = re.compile(r"(?<=\w)[-‐‑–](?=\w)")
_JOINING = frozenset("/&")
_FOLDED = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "−": "-", ".": None})
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing people write about, whatever word they chose; ``covers`` are the keys it stands for."""

    kind: str
    key: str
    label: str
    covers: frozenset[str] = frozenset()
    group: str = ""


def words_of(text: str) -> Words:
    """Split *text* as phrases are compared: casefolded, hyphenated words apart, periods dropped.

    A lone plus or minus, and a slash or an ampersand between words, are words too.
    """
    return tuple(_MARKS.findall(_INNER_HYPHEN.sub(" ", text.casefold().translate(_FOLDED))))


@dataclass(frozen=True)
class Vocabulary:
    """All concepts of one language, by kind and phrase; ``ordinary`` words are never misspelt others."""

    kinds: Mapping[str, Mapping[Words, Concept]]
    ordinary: frozenset[str] = frozenset()
    _phrases: dict[Words, Mapping[Words, Concept]] = field(default_factory=dict, repr=False, compare=False)

    def find(self, kind: str) -> Mapping[str, Concept]:
        """Return the concepts of *kind* by phrase, the words of which a space parts."""
        return {" ".join(words): concept for words, concept in self.kinds[kind].items()}

    def phrases(self, kinds: Iterable[str]) -> Mapping[Words, Concept]:
        """Return the concepts of *kinds* by words; a phrase of several kinds is the first kind's."""
        names = tuple(kinds)
        if names not in self._phrases:
            backwards = [self.kinds[kind] for kind in reversed(names)]
            self._phrases[names] = {words: one for kind in backwards for words, one in kind.items()}
        return self._phrases[names]

    def covered(self, key: str) -> frozenset[str]:
        """Return *key* and the keys of all it stands for, those of its parts included."""
        found, left = {key}, [key]
        while left:
            new = self._covers.get(left.pop(), frozenset()) - found
            found |= new
            left += new
        return frozenset(found)

    def like(self, word: str, kinds: Iterable[str]) -> Concept | None:
        """Return the one concept of *kinds* that *word* misspells, if it is plain which one.

        One edit in words of five to seven letters, two in longer ones, never in the first letter. A word
        that is right as it is, or that stands in any other list, is no misspelling.
        """
        known, typed = self.phrases(kinds), word.casefold().translate(_FOLDED)
        if (typed,) in known:
            return known[typed,]
        if len(typed) < 5 or not typed.isalpha() or typed in self.ordinary or typed in self._every_word:
            return None
        limit = 1 if len(typed) < 8 else 2
        near = {concept for spelt, concept in known.items() if _is_near(typed, spelt, limit)}
        return near.pop() if len(near) == 1 else None

    @cached_property
    def _every_word(self) -> frozenset[str]:
        return frozenset(word for kind in self.kinds.values() for words in kind for word in words)

    @cached_property
    def _covers(self) -> Mapping[str, frozenset[str]]:
        told: dict[str, frozenset[str]] = {}
        for kind in self.kinds.values():
            for concept in kind.values():
                told[concept.key] = told.get(concept.key, frozenset()) | concept.covers
        return told


def _is_near(typed: str, spelt: Words, limit: int) -> bool:
    if len(spelt) != 1 or spelt[0][0] != typed[0] or len(spelt[0]) < 5:
        return False
    return OSA.distance(typed, spelt[0], score_cutoff=limit) <= limit


@lru_cache
def vocabulary(language: str = _LANGUAGE) -> Vocabulary:
    """Return the words of *language*, read once."""
    folder = resources.files("resources").joinpath("words", language)
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    kinds = {
        file.name.removesuffix(".toml"): read_list(file) for file in sorted(files, key=lambda one: one.name)
    }
    ordinary = folder.joinpath("ordinary.txt").read_text(encoding="utf-8")
    return Vocabulary(kinds, frozenset(ordinary.split()))


def read_list(file: Traversable) -> Mapping[Words, Concept]:
    """Read one list.

    Raises:
        ValueError: If a phrase stands for two concepts.
    """
    kind, found = file.name.removesuffix(".toml"), dict[Words, Concept]()
    for key, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
        concept = _concept(kind, key, table)
        for words in (spelt for phrase in table["words"] for spelt in _spellings(phrase)):
            if found.setdefault(words, concept) is not concept:
                raise ValueError(f"{' '.join(words)} is {found[words].key} and {key} in {kind}")
    return found


def _concept(kind: str, key: str, table: Mapping[str, Any]) -> Concept:
    label = table.get("label", key.replace("_", " "))
    return Concept(kind, key, label, frozenset(table.get("covers", ())), table.get("class", ""))


def _spellings(phrase: str) -> Iterator[Words]:
    """Yield the words of *phrase*, and once more without the slash or ampersand between them."""
    words = words_of(phrase)
    yield words
    if len(words) > 1 and _JOINING.intersection(words):
        yield tuple(word for word in words if word not in _JOINING)
