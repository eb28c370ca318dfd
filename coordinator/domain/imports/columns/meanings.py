"""What the words of headings mean, language by language: ``resources/headings/<language>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources

from rapidfuzz.distance import OSA

from coordinator.domain.imports.columns.heading import Words, words_of

_FOLDER = "headings"
_MAIN = "en"
_SHORTEST, _LONG, _PART = 5, 8, 4  # letters: from here on one edit may be a slip, and two


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a heading and what they mean; nothing, where nobody knows them."""

    words: Words
    meanings: frozenset[str] = frozenset()
    is_light: bool = False
    is_slip: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether these words are known nowhere; numbers say nothing either way."""
        return not self.meanings and not self.is_light


@dataclass(frozen=True)
class Lexicon:
    """Phrases and what they mean. ``light`` meanings never make a heading another one."""

    phrases: Mapping[Words, frozenset[str]]
    groups: Mapping[str, frozenset[str]]
    main: str = _MAIN
    _by_first: dict[str, list[Words]] = field(default_factory=dict, repr=False, compare=False)
    _slips: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for phrase in sorted(self.phrases, key=len, reverse=True):
            self._by_first.setdefault(phrase[0], []).append(phrase)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of its phrases."""
        return frozenset(word for phrase in self.phrases for word in phrase)

    def spans(self, words: Words) -> tuple[Span, ...]:
        """Return *words* cut into phrases, the longest at each place."""
        return tuple(self._spans(words))

    def _spans(self, words: Words) -> Iterator[Span]:
        at = 0
        words = tuple(part for word in words for part in self._parted(word))
        while at < len(words):
            is_slip, phrase = False, self._phrase_at(words, at)
            if phrase is None and words[at] not in self.words and (right := self._righted(words[at])):
                is_slip, phrase = True, (right,)
            if phrase is None:
                yield Span(words[at : at + 1], is_light=_is_number(words[at]))
                at += 1
                continue
            meanings = self.phrases[phrase]
            yield Span(phrase, meanings, meanings <= self.groups["light"], is_slip)
            at += len(phrase)

    def _parted(self, word: str) -> Words:
        """Return the two words that an unknown one is made of: "babyname"."""
        if word in self.words or not word.isalpha():
            return (word,)
        cuts = range(_PART, len(word) - _PART + 1)
        both = ((word[:at], word[at:]) for at in cuts)
        return next((parts for parts in both if self.words.issuperset(parts)), (word,))

    def _phrase_at(self, words: Words, at: int) -> Words | None:
        found = self._by_first.get(words[at], ())
        return next((phrase for phrase in found if words[at : at + len(phrase)] == phrase), None)

    def _righted(self, word: str) -> str:
        """Return the one word that *word* misspells; nothing when it is not plain which one."""
        if word not in self._slips:
            self._slips[word] = _nearest(word, (p[0] for p in self.phrases if len(p) == 1))
        return self._slips[word]


def _nearest(word: str, known: Iterable[str]) -> str:
    if len(word) < _SHORTEST or not word.isalpha():
        return ""
    most = 1 if len(word) < _LONG else 2
    near = {
        other
        for other in known
        if len(other) >= _SHORTEST
        and other[0] == word[0]
        and abs(len(other) - len(word)) <= most
        and OSA.distance(word, other, score_cutoff=most) <= most
    }
    return near.pop() if len(near) == 1 else ""


def _is_number(word: str) -> bool:
    return any(char.isdigit() for char in word)


@lru_cache
def languages() -> tuple[str, ...]:
    """Return the languages there are words of, the one everybody uses first."""
    folder = resources.files("resources").joinpath(_FOLDER)
    names = {file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")}
    return (_MAIN, *sorted(names - {_MAIN, "fields"}))


@lru_cache
def lexicon(order: tuple[str, ...]) -> Lexicon:
    """Return the words of several languages as one; a phrase means what the first that has it says."""
    phrases: dict[Words, frozenset[str]] = {}
    groups: dict[str, frozenset[str]] = {}
    for language in order:
        own: dict[Words, set[str]] = {}
        for group, meanings in _read(language).items():
            groups[group] = groups.get(group, frozenset()) | frozenset(meanings)
            for meaning, told in meanings.items():
                for words in map(words_of, told):
                    own.setdefault(words, set()).add(meaning)
        for words, meant in own.items():
            phrases.setdefault(words, frozenset(meant))
    return Lexicon({words: meant for words, meant in phrases.items() if words}, groups, order[0])


@lru_cache
def _read(language: str) -> dict[str, dict[str, list[str]]]:
    file = resources.files("resources").joinpath(_FOLDER, f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def lexicon_for(headings: Iterable[Words]) -> Lexicon:
    """Return the words to read a sheet with: its own language first, the others where it has none."""
    told = [word for words in headings for word in words]
    known = {language: sum(word in lexicon((language,)).words for word in told) for language in languages()}
    order = sorted(known, key=lambda language: -known[language])
    used = tuple(language for language in order if language == _MAIN or known[language] >= len(told) / 3)
    return lexicon(used)
