"""No picture of this process on the disk when it ends badly: the key and the names would be in it."""

from __future__ import annotations

from contextlib import suppress


def keep_none() -> None:
    """Let the system write no core dump of this process from now on; Windows writes none unless told to."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
