"""What older programs wrote into the history as words, word for word, to be read back into sayings.

Until November 2026 a line of the history was stored as its English words. These lines are sealed by the chain
of digests, so they are never rewritten. A sentence of the history that is reworded or given up stays or comes
here too: what is stored of it keeps its English words by itself, and its translation only if it is gathered.
"""

from __future__ import annotations

from typing import Final

from coordinator.sayings import NOTHING, Saying, once_said, read_back, saying


def read_label(text: str) -> Saying:
    """Return what the history holds as *text*, of this program or an older one."""
    said = read_back(text, OLD_LABELS)
    what = dict(said.params).get("label")
    if said.code in _OF_ANOTHER and isinstance(what, str):
        return Saying(said.code, said.source, (("label", read_label(what)),))
    return said


def undid(label: Saying) -> Saying:
    """Return how the history tells that an action was undone."""
    return saying("Undid: {label}", label=label)


def did_again(label: Saying) -> Saying:
    """Return how the history tells that an undone action was done again."""
    return saying("Did again: {label}", label=label)


_OF_ANOTHER: Final = {undid(NOTHING).code, did_again(NOTHING).code}

OLD_LABELS: Final = (
    once_said("Undid: {label}"),
    once_said("Did again: {label}"),
    once_said("Planned a pickup for {holds}"),
    once_said("Planned {pickup} for {holds}"),
    once_said("Moved a stop to place {place} of {pickup}"),
    once_said("Ordered the stops of {pickup}"),
    once_said("Set a time window of {pickup}"),
    once_said("Placed the meeting of {pickup}"),
    once_said("Noted the volunteer's yes for {pickup}"),
    once_said("Took back the volunteer's yes for {pickup}"),
    once_said("Settled {pickup}"),
    once_said("Cancelled {pickup}"),
    once_said("Printed {sheet}"),
    once_said("Held {amount} of {lot} for {family} ({hold})"),
    once_said("Held {amount} of {lot} for {family}"),
    once_said("Released {hold}"),
    once_said("Extended {hold}"),
    once_said("Noted the donor's yes to {hold}"),
    once_said("Noted the family's yes to {hold}"),
    once_said("Took back the donor's yes to {hold}"),
    once_said("Took back the family's yes to {hold}"),
    once_said("Noted that {family} is not kept from milk of {donor}"),
    once_said("Noted that {lot} is wanted for {family}"),
    once_said("Took an overruling back"),
    once_said("Set {donor} aside for {family}"),
    once_said("Brought {donor} back for {family}"),
    once_said("Looked up the place of {code}"),
    once_said("Set the place of {code} back to its address"),
    once_said("Set the place of {code} by hand"),
    once_said("Forgot an address looked up online"),
    once_said("Forgot what was looked up online"),
    once_said("Looked up an address online"),
    once_said("Paused {code} until somebody ends it"),
    once_said("Paused {code} until {until}"),
    once_said("Opened {code} again before the end"),
    once_said("Signed for {code}"),
    once_said("Took back a signature for {code}"),
    once_said("Noted a decision about a medicine of every donor"),
    once_said("Noted a decision about a medicine of {donor}"),
    once_said("Noted a decision on a medicine of {donor}"),
    once_said("Took a decision on a medicine back"),
    once_said("Recorded an answer of {donor}"),
    once_said("Recorded {kind} for {donor}"),
    once_said("Removed a fact of {donor}"),
    once_said("Added a question for {code}"),
    once_said("Set a question aside"),
    once_said("Set a question of {code} aside"),
    once_said("Answered a question"),
    once_said("Answered a question of {code}"),
    once_said("Noted a talk with {code}"),
    once_said("Noted a call to {code}: {outcome}"),
    once_said("Read {n} answer of a form again"),
    once_said("Read {n} answers of forms again"),
    once_said("Imported {n} row of a {kind} list"),
    once_said("Imported {n} rows of a {kind} list"),
    once_said("Made the policy profile “{title}”"),
    once_said("Changed “{title}” in a policy profile"),
    once_said("Noted a review of “{title}”"),
    once_said("Set “{title}” back in a policy profile"),
    once_said("Chose a policy profile"),
    once_said("Chose the policy profile “{title}”"),
    once_said("Removed a policy profile"),
    once_said("Split {lot}: {later} is its later part"),
    once_said("Split {later} off {lot} at {on}"),
    once_said("Split {lot} at {on}"),
    once_said("Split {lot}"),
    once_said("Made {other} part of {kept}"),
    once_said("Took two families apart"),
    once_said("Took {one} and {other} apart"),
    once_said("Took {hold} off {pickup}"),
    once_said("Changed the phone of {bank}"),
    once_said("Changed the setting “{setting}”"),
    once_said("Changed the {field} of {code}"),
    once_said("Changed milk at home of {code}"),
    once_said("Changed {field} of {code}"),
    once_said("Added a {role}"),
    once_said("Added milk of {donor}"),
    once_said("Added {lot} of {donor}"),
    once_said("Added {hold} to {pickup}"),
    once_said("Added {code}"),
    once_said("Removed {code}"),
)
"""In the order they are tried: of two that fit a text, the one that says more comes first."""
