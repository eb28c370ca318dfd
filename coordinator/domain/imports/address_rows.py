"""Where a row's family lives: its columns put together, one cell taken apart, and what contradicts asked."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.domain.imports.answer_cells import is_filler
from coordinator.domain.imports.contacts import read_zip
from coordinator.domain.imports.one_cell import OneCell, read_one_cell
from coordinator.domain.imports.place_parts import split_place
from coordinator.domain.imports.row import RowReader, not_answered
from coordinator.domain.places.placing import Placing, Unplaced
from coordinator.domain.places.positions import Address, town_key
from coordinator.domain.places.short_forms import long_forms
from coordinator.domain.places.states import state_code
from coordinator.sayings import Saying, coded, saying

_NOTHING = OneCell(Address())


def read_cell(row: RowReader) -> OneCell:
    """Return what the cell for the whole address says, or the street's where town and ZIP are blank."""
    state = state_code(_text(row, "state"))
    if _text(row, "address"):
        return read_one_cell(row.lines("address"), row.places, state)
    if not _text(row, "street"):
        return read_one_cell(row.lines("town"), row.places, state) if _is_street_in_town(row) else _NOTHING
    if not (_text(row, "town") or _text(row, "zip")):
        found = read_one_cell(row.lines("street"), row.places, state)
        return found if found.is_understood else _NOTHING
    return _told_again(row, state) or _NOTHING


def _text(row: RowReader, key: str) -> str:
    """Return the words of a field; "N/A" and a dash are none."""
    text = row.text(key)
    return "" if is_filler(text) else text


def _is_street_in_town(row: RowReader) -> bool:
    """Whether the town's column holds all of an address: ``12 Main St, Dover NH 03820``."""
    if _text(row, "street") or _text(row, "address") or not _has_digit(_text(row, "town")):
        return False
    return _has_digit(split_place(_text(row, "town"), row.places).town)


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _told_again(row: RowReader, state: str) -> OneCell | None:
    """Return a street's cell that repeats what the columns beside it say."""
    zip_code = read_zip(_text(row, "zip"))
    if not zip_code or zip_code not in _text(row, "street"):
        return None
    found = read_one_cell(row.lines("street"), row.places, state)
    told = found.address
    columns = ((told.town, _text(row, "town")), (told.state, state), (told.zip_code, zip_code))
    return found if all(town_key(one) == town_key(other) for one, other in columns) else None


def read_address(row: RowReader, cell: OneCell, *, has_name: bool) -> Address:
    """Return the address of *row*, of which *cell* is told in one; what is not plain becomes a question.

    Args:
        row: The row.
        cell: As ``read_cell`` returned it.
        has_name: Whether what stands before the street in *cell* is the family's name.
    """
    state = state_code(_text(row, "state"))
    told = [_town(row, state), _state(row), _zip(row)]
    in_cell = cell.address if has_name else cell.whole
    address = _put_together(row, [*told, in_cell])
    street = _street(row, in_cell)
    for key, value in (
        ("street", street),
        ("town", address.town),
        ("state", address.state),
        ("zip", address.zip_code),
    ):
        row.keep(key, value)
    if _text(row, "address") and not cell.is_understood:
        row.ask_about("address", saying("Address"))
    elif _is_street_in_town(row) and not cell.is_understood:
        row.ask_about("town", saying("Town"))
    _ask_about_place(row, address, row.places.placing(address))
    return Address(street, address.town, address.state, address.zip_code)


def _street(row: RowReader, in_cell: Address) -> str:
    own = _text(row, "street")
    if not in_cell.street or not _text(row, "address"):
        return in_cell.street or own
    return in_cell.street if town_key(own) in town_key(in_cell.street) else f"{own}, {in_cell.street}"


def _town(row: RowReader, state: str) -> Address:
    """Return what the town's column says; a state in it may be another than its own column tells."""
    if _is_street_in_town(row):
        return Address()
    found = split_place(_text(row, "town"), row.places, state)
    other = split_place(_text(row, "town"), row.places) if state and not found.state else found
    return other if other.state and not row.places.is_town(_text(row, "town"), state) else found


def _state(row: RowReader) -> Address:
    """Return what the state's column says; what nobody knows stays as typed and is asked about."""
    text = _text(row, "state")
    if not text or state_code(text):
        return Address(state=state_code(text))
    found = split_place(text, row.places)
    if found.state:
        return found
    is_abroad = row.places.is_abroad(text)
    if not is_abroad:
        row.ask_about("state", saying("State"))
    return Address(state=text.strip() if is_abroad else text.replace(".", "").strip())


def _zip(row: RowReader) -> Address:
    text = _text(row, "zip")
    if not text or read_zip(text):
        return Address(zip_code=read_zip(text))
    found = split_place(text, row.places)
    if found.zip_code and not _has_digit(found.town):
        return found
    row.ask("zip", coded("asked.no_zip", "ZIP: “{words}” is not a ZIP", words=text), text)
    return Address()


def _put_together(row: RowReader, told: list[Address]) -> Address:
    """Return the address that the columns and the one cell tell; what two tell otherwise is asked."""
    town = _agreed(row, "town", [one.town for one in told])
    # The state's and the ZIP's own columns come before what stands with the town.
    state = _agreed(row, "state", [told[1].state, *(one.state for one in told)])
    zip_code = _agreed(row, "zip", [told[2].zip_code, *(one.zip_code for one in told)])
    return Address("", town, state, zip_code)


def _agreed(row: RowReader, key: str, told: list[str]) -> str:
    values = [one for one in told if one]
    meant = set(long_forms(town_key(values[0]))) if values else set()
    other = next((one for one in values if meant.isdisjoint(long_forms(town_key(one)))), "")
    if other:
        said = coded(
            "asked.which_of_two",
            "Address: “{one}” is told, and “{other}”: which is right?",
            one=values[0],
            other=other,
        )
        row.ask(key, said, f"{values[0]}, {other}")
    return values[0] if values else ""


def _ask_about_place(row: RowReader, address: Address, placing: Placing) -> None:
    if placing.doubt is not None:
        row.ask("town", placing.doubt.said, address.line)
    if not placing.is_zip_known:
        said = coded("asked.unknown_zip", "ZIP: there is no {zip}; which is it?", zip=address.zip_code)
        row.ask("zip", said, address.zip_code)
    for said in _unplaced(address, placing):
        row.ask("town", said, address.line)
    has_words = any(
        (address.town, address.zip_code, *(_text(row, key) for key in ("town", "zip", "address")))
    )
    if not has_words:
        row.ask("town", not_answered(saying("Town and ZIP")))


def _unplaced(address: Address, placing: Placing) -> Iterator[Saying]:
    """Yield what to ask of an address that says something and has no place."""
    words = " ".join(part for part in (address.town, address.state) if part)
    if placing.why is Unplaced.MILITARY:
        yield coded(
            "asked.military",
            "Town: “{words}” is a military address, which is on no map: where can the milk be met?",
            words=address.line,
        )
    if placing.why is Unplaced.SEVERAL:
        yield coded("asked.several_towns", "Town: there are several {town}: in which state?", town=words)
    if placing.why is Unplaced.STATE_ONLY and address.town:
        yield coded("asked.only_a_state", "Town: “{words}” is a state: which town?", words=words)
    if placing.why is Unplaced.UNKNOWN:
        yield coded("asked.unknown_town", "Town: “{words}” is in no list of towns: where is it?", words=words)
