"""The keyring of the account at this computer: macOS's, Windows', GNOME's or KDE's, where there is one.

It is only ever one more way to open a network: keyrings are reset, and lost with a new desktop.
"""

from __future__ import annotations

from typing import Final

from coordinator.errors import UserError
from coordinator.sayings import saying

_SERVICE: Final = "milkrun"


class NoKeyringError(UserError):
    """There is no keyring, or it refuses."""

    def __init__(self) -> None:
        super().__init__(
            saying("This computer has no keyring that can be used, or it is closed. Nothing was changed.")
        )


def keep(name: str, secret: str) -> None:
    """Keep *secret* under *name*, and see that it is there.

    Raises:
        NoKeyringError: If that fails.
    """
    import keyring  # noqa: PLC0415 - it looks for every keyring there could be: 0.3 s
    from keyring.errors import KeyringError  # noqa: PLC0415 - likewise

    try:
        keyring.set_password(_SERVICE, name, secret)
        is_there = keyring.get_password(_SERVICE, name) == secret
    except (KeyringError, OSError, RuntimeError):
        raise NoKeyringError from None
    if not is_there:
        raise NoKeyringError


def kept(name: str) -> str | None:
    """Return the secret under *name*; ``None`` where there is none, or no keyring."""
    import keyring  # noqa: PLC0415 - as above
    from keyring.errors import KeyringError  # noqa: PLC0415 - likewise

    try:
        return keyring.get_password(_SERVICE, name)
    except (KeyringError, OSError, RuntimeError):
        return None


def forget(name: str) -> None:
    """Delete what is kept under *name*, where that can be; without its slot it opens nothing anyway."""
    import keyring  # noqa: PLC0415 - as above
    from keyring.errors import KeyringError  # noqa: PLC0415 - likewise

    try:
        keyring.delete_password(_SERVICE, name)
    except (KeyringError, OSError, RuntimeError):
        return
