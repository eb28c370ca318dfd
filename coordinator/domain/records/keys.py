"""The key of a locked network while it is in memory, and how far it can be taken out of there again.

What we hold longer than a moment is a ``bytearray``: those can be overwritten (:func:`wipe`), and every
engine made with one then has nothing that opens. What Python cannot do: SQLCipher is told its key as a line
of text, and a text cannot be overwritten; it is dropped with its connection, and its memory is used again
when something else happens to need it. In the memory of a window that was locked the 32 bytes were found
nowhere, and that text one to three times. SQLCipher would overwrite it, too (``cipher_memory_security``), at
half as much time again for every list. The same goes for a passphrase that was typed. Nor does this undo
what the system wrote to its swap file meanwhile.
"""

from __future__ import annotations

from typing import TypeAlias

Key: TypeAlias = bytes | bytearray
"""32 raw bytes; as ``bytes`` only where it is gone in a moment."""


def held(key: Key | None) -> bytearray | None:
    """Return a copy of *key* that is the caller's own, to be wiped by nobody else."""
    return None if key is None else bytearray(key)


def wipe(key: bytearray | None) -> None:
    """Overwrite *key*, wherever it is held."""
    if key is not None:
        key[:] = bytes(len(key))
