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
_SHORTEST, _LONG = 5, 8  # letters: from here on one edit may be a slip, and two


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


@dataclass(frozen=True, slots=True)
class WordList:
    """The concepts of one kind by phrase; ``answers`` are phrases that mean it only in an answer about it.

    "Patch" is nicotine under "Nicotine?", and nothing in a note.
    """

    kind: str
    phrases: Mapping[Words, Concept]
    answers: frozenset[Words] = frozenset()

    @property
    def in_notes(self) -> Mapping[Words, Concept]:
        """The phrases that mean the same wherever they stand."""
        return {words: one for words, one in self.phrases.items() if words not in self.answers}


COVERING = ("foods", "infections", "supplements")
"""The lists in which a concept stands for others."""


@dataclass(frozen=True)
class Vocabulary:
    """All concepts of one language; ``ordinary`` words are never misspelt others."""

    lists: Mapping[str, WordList]
    ordinary: frozenset[str] = frozenset()
    _kept: dict[tuple[tuple[str, ...], bool], Mapping[Words, Concept]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _liked: dict[tuple[str, tuple[str, ...]], Concept | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    def find(self, kind: str) -> Mapping[str, Concept]:
        """Return the concepts of *kind* by phrase, one space between words."""
        return {" ".join(words): concept for words, concept in self.lists[kind].phrases.items()}

    def phrases(self, kinds: Iterable[str], *, in_notes: bool = False) -> Mapping[Words, Concept]:
        """Return the concepts of *kinds* by words; a phrase of several kinds is the first kind's.

        Args:
            kinds: Names of lists.
            in_notes: Leave out what means something only in an answer about it.
        """
        names = tuple(kinds)
        if (names, in_notes) not in self._kept:
            lists = [self.lists[kind] for kind in reversed(names)]
            told = [one.in_notes if in_notes else one.phrases for one in lists]
            self._kept[names, in_notes] = {words: one for kind in told for words, one in kind.items()}
        return self._kept[names, in_notes]

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
        names, typed = tuple(kinds), word.casefold().translate(_FOLDED)
        if (typed, names) not in self._liked:
            self._liked[typed, names] = self._nearest(typed, names)
        return self._liked[typed, names]

    def _nearest(self, typed: str, kinds: tuple[str, ...]) -> Concept | None:
        known = self.phrases(kinds)
        if (typed,) in known:
            return known[typed,]
        if len(typed) < _SHORTEST or not typed.isalpha() or typed in self._right_as_they_are:
            return None
        limit = 1 if len(typed) < _LONG else 2
        near = {concept for spelt, concept in known.items() if _is_near(typed, spelt, limit)}
        return near.pop() if len(near) == 1 else None

    @cached_property
    def _right_as_they_are(self) -> frozenset[str]:
        listed = (word for one in self.lists.values() for words in one.phrases for word in words)
        return self.ordinary.union(listed)

    @cached_property
    def _covers(self) -> Mapping[str, frozenset[str]]:
        told: dict[str, frozenset[str]] = {}
        for concept in (one for kind in COVERING for one in self.lists[kind].phrases.values()):
            told[concept.key] = told.get(concept.key, frozenset()) | concept.covers
        return told


def _is_near(typed: str, spelt: Words, limit: int) -> bool:
    if len(spelt) != 1 or spelt[0][0] != typed[0] or len(spelt[0]) < _SHORTEST:
        return False
    return OSA.distance(typed, spelt[0], score_cutoff=limit) <= limit


@lru_cache
def vocabulary(language: str = "en") -> Vocabulary:
    """Return the words of *language*, each list read once, when it is first asked for."""
    folder = resources.files("resources").joinpath("words", language)
    files = {
        file.name.removesuffix(".toml"): file for file in folder.iterdir() if file.name.endswith(".toml")
    }
    ordinary = folder.joinpath("ordinary.txt").read_text(encoding="utf-8")
    return Vocabulary(_Lists(files), frozenset(ordinary.split()))


class _Lists(Mapping[str, WordList]):
    """The lists of a folder by kind. Most of what is done with a network needs few of them."""

    def __init__(self, files: Mapping[str, Traversable]) -> None:
        self._files = dict(sorted(files.items()))
        self._read: dict[str, WordList] = {}

    def __getitem__(self, kind: str) -> WordList:
        if kind not in self._read:
            self._read[kind] = read_list(self._files[kind])
        return self._read[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def read_list(file: Traversable) -> WordList:
    """Read one list; its name is the kind.

    Raises:
        ValueError: If a phrase stands for two concepts.
    """
    kind, found = file.name.removesuffix(".toml"), dict[Words, Concept]()
    answers: set[Words] = set()
    for key, table in tomllib.loads(file.read_text(encoding="utf-8")).items():
        concept, only_answers = _concept(kind, key, table), _spellings(table.get("answers", ()))
        for words in _spellings(table.get("words", ())) | only_answers:
            if found.setdefault(words, concept) is not concept:
                raise ValueError(f"{' '.join(words)} is {found[words].key} and {key} in {kind}")
        answers |= only_answers
    return WordList(kind, found, frozenset(answers))


def _concept(kind: str, key: str, table: Mapping[str, Any]) -> Concept:
    label = table.get("label", key.replace("_", " "))
    return Concept(kind, key, label, frozenset(table.get("covers", ())), table.get("class", ""))


def _spellings(phrases: Iterable[str]) -> set[Words]:
    """Return the words of *phrases*, and once more without a slash or ampersand between them."""
    found = {words_of(phrase) for phrase in phrases}
    joined = {words for words in found if len(words) > 1 and _JOINING.intersection(words)}
    return found | {tuple(word for word in words if word not in _JOINING) for words in joined}
