"""What somebody answers who was asked where she lives: ``Keene``, ``03431``, ``the ZIP is right``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator.domain.imports.place_parts import split_place
from coordinator.domain.places.positions import Address, town_key
from coordinator.domain.places.states import state_code

if TYPE_CHECKING:
    from coordinator.domain.places.placing import Candidate, KnownPlaces

_THE_TOWN = re.compile(r"(?:the )?town(?: is right)?", re.IGNORECASE)
_THE_ZIP = re.compile(r"(?:the )?zip(?: code)?(?: is right)?", re.IGNORECASE)


def answered_address(words: str, now: Address, places: KnownPlaces) -> Address | None:
    """Return the address that is right after *words*, ``None`` if they name no place.

    Of two places that contradict each other the one that is named stays and the other goes. A ZIP or a state
    that does not go with the town that is told goes, too.
    """
    text = words.strip(" .!")
    doubt = places.placing(now).doubt
    chosen = _chosen(text, doubt.candidates) if doubt else []
    if chosen:
        return replace(chosen[0].address, street=now.street) if len(chosen) == 1 else None
    is_state = bool(now.town and state_code(text))
    told = Address(state=state_code(text)) if is_state else split_place(text, places)
    if not (told.town or told.zip_code or told.state) or re.search(r"\d", told.town):
        return None
    return _fitting(told, now, places)


def _chosen(text: str, candidates: tuple[Candidate, Candidate]) -> list[Candidate]:
    """Return the candidates whose words, town or ZIP are said."""
    first, second = candidates
    if _THE_TOWN.fullmatch(text):
        return [first]
    if _THE_ZIP.fullmatch(text):
        return [second]
    return [one for one in candidates if town_key(text) in _names_of(one)]


def _names_of(candidate: Candidate) -> set[str]:
    told = candidate.address
    lines = (candidate.words, told.line, told.town, told.zip_code, f"{told.town} {told.state}")
    return {key for line in lines if (key := town_key(line))}


def _fitting(told: Address, now: Address, places: KnownPlaces) -> Address | None:
    """Return *now* with what is told in it and nothing that contradicts it; ``None`` if that is no place."""
    state, zip_code = told.state or now.state, told.zip_code or now.zip_code
    tries = [Address(now.street, told.town or now.town, state, zip_code)]
    if told.town:
        tries.append(Address(now.street, told.town, state, told.zip_code))
        tries.append(Address(now.street, told.town, told.state, told.zip_code))
    elif told.zip_code:
        tries.append(Address(now.street, "", told.state, told.zip_code))
    right = next((one for one in tries if _is_one_place(one, told.town, places)), None)
    if right is None or right.state or not right.town:
        return right
    place = places.placing(right).place
    return replace(right, state=state_code(place.label.rpartition(" ")[2]) if place else "")


def _is_one_place(address: Address, town: str, places: KnownPlaces) -> bool:
    """Whether *address* is somewhere, and no *town* that is known elsewhere is put where it is not."""
    found = places.placing(address)
    is_elsewhere = bool(town) and places.is_town(town) and not places.is_town(town, address.state)
    return found.place is not None and found.doubt is None and not is_elsewhere
