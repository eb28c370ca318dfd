"""Wrapping the key of a locked network for a secret, and opening it again.

The 32-byte key of the database is encrypted (AES-256-GCM) with what a passphrase or the recovery words give
through Argon2id. Without one of them nobody can open it, we included.

Parameters: RFC 9106, "Argon2 Memory-Hard Function", IETF, 2021, section 4, second recommended option,
https://www.rfc-editor.org/rfc/rfc9106.html
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from mnemonic import Mnemonic

from coordinator.adapters.computer.key_slots import Slot, SlotKind, Slots, id_of
from coordinator.domain.records.keys import Key, wipe
from coordinator.errors import DamagedSlotsError, WrongKeyError

_KEY_BYTES: Final = 32
_ITERATIONS, _LANES, _MEMORY_KIB = 3, 4, 64 * 1024
_SALT_BYTES, _NONCE_BYTES = 16, 12
_RECOVERY_BITS: Final = 128
WORDS: Final = 12
"""On a recovery sheet."""


def new_key() -> bytearray:
    """Return a random key for a database."""
    return bytearray(secrets.token_bytes(_KEY_BYTES))


def slot_for(kind: SlotKind, secret: str, key: Key) -> Slot:
    """Return *key* wrapped so that *secret* opens it."""
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    slot = Slot(kind, _text(salt), _text(nonce), "", _ITERATIONS, _LANES, _MEMORY_KIB)
    with _derived(slot, secret) as derived:
        wrapped = AESGCM(derived).encrypt(nonce, key, _about(kind, id_of(key)))
    return replace(slot, wrapped=_text(wrapped))


def opened(slots: Slots, secret: str) -> bytearray:
    """Return the 32 raw bytes that *secret*, a passphrase or recovery words, opens.

    Raises:
        WrongKeyError: If no slot opens with it.
        DamagedSlotsError: If a slot cannot be what we wrote.
    """
    for slot in slots.slots:
        found = _opened(slot, secret, slots.key_id)
        if found is not None and hmac.compare_digest(id_of(found), slots.key_id):
            return found
    raise WrongKeyError(key_given=True)


def new_words() -> str:
    """Return twelve random words, 128 bits, with a checksum that finds most slips of the pen."""
    return str(_words().generate(_RECOVERY_BITS))


def wrong_word(text: str) -> int | None:
    """Return which of the recovery words in *text* is none, counted from 1; ``None`` if all are."""
    known = set(_words().wordlist)
    for number, word in enumerate(text.casefold().split(), 1):
        if word not in known:
            return number
    return None


def are_words_of_a_sheet(text: str) -> bool:
    """Return whether *text* is twelve words that agree with the checksum in the last of them."""
    return len(text.split()) == WORDS and bool(_words().check(" ".join(text.casefold().split())))


def _words() -> Mnemonic:
    return Mnemonic("english")


def _opened(slot: Slot, secret: str, key_id: str) -> bytearray | None:
    key = bytearray(_KEY_BYTES)
    try:
        with _derived(slot, secret) as derived:
            AESGCM(derived).decrypt_into(
                b64decode(slot.nonce), b64decode(slot.wrapped), _about(slot.kind, key_id), key
            )
    except InvalidTag:
        return None
    except ValueError:
        raise DamagedSlotsError from None
    return key


@contextmanager
def _derived(slot: Slot, secret: str) -> Iterator[bytearray]:
    """Give what *secret* opens *slot* with, and overwrite it afterwards."""
    kdf = Argon2id(
        salt=b64decode(slot.salt),
        length=_KEY_BYTES,
        iterations=slot.iterations,
        lanes=slot.lanes,
        memory_cost=slot.memory_kib,
    )
    derived = bytearray(_KEY_BYTES)
    kdf.derive_into(_normal(slot.kind, secret).encode(), derived)
    try:
        yield derived
    finally:
        wipe(derived)


def _normal(kind: SlotKind, secret: str) -> str:
    """Return *secret* as it counts: however an accent is typed, and words however they are spaced."""
    same = unicodedata.normalize("NFC", secret)
    return same if kind is SlotKind.PASSPHRASE else " ".join(same.casefold().split())


def _about(kind: SlotKind, key_id: str) -> bytes:
    return b" ".join((b"milkrun", kind.encode(), key_id.encode()))


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
