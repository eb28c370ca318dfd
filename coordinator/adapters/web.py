"""Asks servers on the web: only for what a setting allows, and never longer or more than said.

A server may be dead, slow, wrong or hostile. So every call has a deadline, a reply is read up to a limit
only, redirects are not followed (the address would go to somebody nobody chose), and what is not JSON is
refused. Errors and log lines name the host alone: the rest of a URL may hold an address.
"""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from coordinator.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import urllib3

# urllib3 writes whole URLs, and so addresses, when it is asked to be talkative.
logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)

MOST_BYTES = 5_000_000
"""A table of 100 x 100 roads is below 1 MB."""


class WebError(UserError):
    """A server gave no answer that can be used; the sentence says which server and what it did."""

    def __init__(self, url: str, did: str) -> None:
        self.host = urlsplit(url).hostname or "the server"
        super().__init__(f"{self.host} {did}")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take in all, in seconds, and how large its reply may be."""

    seconds: float = 10.0
    most_bytes: int = MOST_BYTES


def user_agent(own: str = "", contact: str = "") -> str:
    """Return how the program introduces itself: ``MilkRun/0.1.0 (me@example.org)``.

    *own* replaces name and version, *contact* is left out while it is empty.
    """
    return " ".join(part for part in (own or _name_and_version(), f"({contact})" if contact else "") if part)


@cache
def _name_and_version() -> str:
    try:
        return f"MilkRun/{version('milkrun')}"
    except PackageNotFoundError:
        return "MilkRun"


def get_json(
    url: str, query: Mapping[str, str] | None = None, *, agent: str, patience: Patience | None = None
) -> Any:  # noqa: ANN401 - whatever the server's JSON holds; callers look before they use it
    """Return the JSON that *url* answers with.

    Raises:
        WebError: If there is no answer in time, or it is too large, a redirect, a refusal or not JSON.
    """
    return _json(url, "GET", agent=agent, patience=patience or Patience(), fields=dict(query or {}))


def post_json(url: str, body: object, *, agent: str, patience: Patience | None = None) -> Any:  # noqa: ANN401 - as above
    """Return the JSON that *url* answers with when *body* is sent to it as JSON. Raises like ``get_json``."""
    return _json(
        url, "POST", agent=agent, patience=patience or Patience(), body=json.dumps(body).encode("utf-8")
    )


def _json(
    url: str,
    method: str,
    *,
    agent: str,
    patience: Patience,
    fields: dict[str, str] | None = None,
    body: bytes | None = None,
) -> Any:  # noqa: ANN401 - as above
    import urllib3  # noqa: PLC0415 - 60 ms that only whoever goes online pays

    deadline = time.monotonic() + patience.seconds
    headers = {"User-Agent": agent, "Accept": "application/json", "Accept-Encoding": "identity"}
    try:
        answer = _pool().request(
            method,
            url,
            fields=fields,
            body=body,
            headers=headers | ({"Content-Type": "application/json"} if body is not None else {}),
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=patience.seconds, read=patience.seconds),
        )
        return _read(answer, url, patience.most_bytes, deadline)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise WebError(url, _what_happened(error)) from None


@cache
def _pool() -> urllib3.PoolManager:
    import urllib3  # noqa: PLC0415 - as above

    return urllib3.PoolManager(num_pools=4, maxsize=2)


def _read(answer: urllib3.BaseHTTPResponse, url: str, most_bytes: int, deadline: float) -> Any:  # noqa: ANN401 - as above
    try:
        if 300 <= answer.status < 400:
            raise WebError(url, "wants to send us to another address; set that one, if you trust it.")
        if answer.status != 200:
            raise WebError(url, f"refused to answer (HTTP {answer.status}).")
        read = bytearray()
        while chunk := answer.read1(65_536):
            read += chunk
            if len(read) > most_bytes:
                raise WebError(url, "answered with far too much; it may be another kind of server.")
            if time.monotonic() > deadline:
                raise WebError(url, "was too slow.")
        return json.loads(read.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise WebError(url, "answered with something that is no JSON; look at its address again.") from None
    finally:
        answer.close()


def _what_happened(error: Exception) -> str:
    import urllib3  # noqa: PLC0415 - as above

    if isinstance(error, urllib3.exceptions.ReadTimeoutError):
        return "was too slow."
    if isinstance(error, urllib3.exceptions.LocationValueError | ValueError):
        return "is no address of a server; look at the settings again."
    return "could not be reached."
