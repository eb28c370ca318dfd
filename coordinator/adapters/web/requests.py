"""Asks servers on the web: only for what a setting allows, and never longer or more than said.

A server may be dead, slow, wrong or hostile. So every call has a deadline as a whole (``calls``), a reply is
read up to a limit only and never unpacked, redirects are not followed (the address would go to somebody
nobody chose), and what is not JSON is refused. Errors and log lines name the host alone: the rest of a URL
may hold an address. Proxies named in the environment are not used.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias
from urllib.parse import urlsplit

from coordinator.errors import UserError
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Mapping

    import urllib3

# urllib3 writes whole URLs, and so addresses, when it is asked to be talkative. A level can be set back, so
# each of its voices is switched off by name too.
logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)
for _voice in ("", ".connection", ".connectionpool", ".poolmanager", ".response", ".util.retry"):
    logging.getLogger(f"urllib3{_voice}").disabled = True

log = logging.getLogger(__name__)

MOST_BYTES = 5_000_000
"""A table of 100 x 100 roads is below 1 MB."""


Did: TypeAlias = Callable[[str], Saying]
"""What a server did, in a sentence with its name."""


class WebError(UserError):
    """A server gave no answer that can be used; the sentence says which server and what it did."""

    def __init__(self, url: str, did: Did) -> None:
        self.host = name_of(url)
        super().__init__(did(self.host))


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take in all, in seconds, and how large its reply may be."""

    seconds: float = 10.0
    most_bytes: int = MOST_BYTES


def host_of(url: str) -> str:
    """Return the host that *url* asks, without user, port and path; empty if it names none."""
    try:
        parts = urlsplit(url)
    except ValueError:  # half of an IPv6 address
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def name_of(url: str) -> str:
    """Return the host that *url* asks, for a sentence."""
    return host_of(url) or str(saying("The server"))


def hang_up() -> None:
    """Let go of every server that is being waited for; whoever waits gets a ``WebError`` at once."""
    if "coordinator.adapters.web.calls" in sys.modules:  # else nobody waits
        from coordinator.adapters.web import calls  # noqa: PLC0415 - as below

        calls.hang_up()


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
    from coordinator.adapters.web import calls  # noqa: PLC0415 - 60 ms that only whoever goes online pays

    if not host_of(url):
        raise WebError(url, no_address)
    headers = {"User-Agent": agent, "Accept": "application/json", "Accept-Encoding": "identity"}
    asked = _Asked(method, url, fields, body, headers | (_JSON_BODY if body is not None else {}), patience)
    try:
        content = calls.Call().run(asked.content, patience.seconds)
    except calls.TooSlowError:
        _fail(url, _too_slow)
    except calls.LeftError:
        _fail(url, lambda host: saying("{host} was not waited for any longer.", host=host))
    except OSError:
        _fail(url, _unreached)
    except ValueError:  # a header that cannot be sent, a port that is none
        _fail(url, no_address)
    log.info("%s answered, %d bytes", host_of(url), len(content))
    return _read_json(content, url)


_JSON_BODY = {"Content-Type": "application/json"}
_BLOCK_BYTES = 65_536


def no_address(host: str) -> Saying:
    """Say that an address is none."""
    return saying("{host} is no address of a server; look at the settings again.", host=host)


def _unreached(host: str) -> Saying:
    return saying("{host} could not be reached.", host=host)


def _too_slow(host: str) -> Saying:
    return saying("{host} was too slow.", host=host)


def _no_web_page(host: str) -> Saying:
    return saying("{host} hung up, or answered with something that is no web page.", host=host)


def _fail(url: str, did: Did) -> NoReturn:
    log.warning("%s", did(host_of(url)).in_english)
    raise WebError(url, did) from None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked; ``content`` runs beside whoever waits for it."""

    method: str
    url: str
    fields: dict[str, str] | None
    body: bytes | None
    headers: dict[str, str]
    patience: Patience

    def content(self) -> bytes:
        """Return the reply as it came.

        Raises:
            WebError: If it is no reply we take.
        """
        import urllib3  # noqa: PLC0415 - as above

        try:
            return self._content()
        except urllib3.exceptions.HTTPError as error:
            did = _what_happened(error)
        _fail(self.url, did)

    def _content(self) -> bytes:
        import urllib3  # noqa: PLC0415 - as above

        from coordinator.adapters.web import calls  # noqa: PLC0415 - as above

        answer = calls.pool().request(
            self.method,
            self.url,
            fields=self.fields,
            body=self.body,
            headers=self.headers,
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
            timeout=urllib3.Timeout(connect=self.patience.seconds, read=self.patience.seconds),
        )
        try:
            content = _read(answer, self.url, self.patience.most_bytes)
        except BaseException:
            answer.close()
            raise
        answer.release_conn()
        return content


def _read(answer: urllib3.BaseHTTPResponse, url: str, most_bytes: int) -> bytes:
    if 300 <= answer.status < 400:
        _fail(url, _elsewhere)
    if answer.status != 200:
        status = answer.status
        _fail(url, lambda host: saying("{host} refused to answer (HTTP {status}).", host=host, status=status))
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        _fail(url, _packed)
    read = bytearray()
    while chunk := answer.read1(_BLOCK_BYTES):
        read += chunk
        if len(read) > most_bytes:
            _fail(url, _far_too_much)
    return bytes(read)


def _elsewhere(host: str) -> Saying:
    return saying("{host} wants to send us to another address; set that one, if you trust it.", host=host)


def _packed(host: str) -> Saying:
    return saying("{host} answered with something packed that we did not ask for.", host=host)


def _far_too_much(host: str) -> Saying:
    return saying("{host} answered with far too much; it may be another kind of server.", host=host)


def _read_json(content: bytes, url: str) -> Any:  # noqa: ANN401 - as above
    try:
        return json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        _fail(url, _no_json)


def _no_json(host: str) -> Saying:
    return saying("{host} answered with something that is no JSON; look at its address again.", host=host)


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and infinity, which Python reads and JSON does not know."""
    raise ValueError(name)


def _what_happened(error: Exception) -> Did:
    import urllib3  # noqa: PLC0415 - as above

    if isinstance(error, urllib3.exceptions.ReadTimeoutError):
        return _too_slow
    if isinstance(error, urllib3.exceptions.LocationValueError):
        return no_address
    if isinstance(error, urllib3.exceptions.ProtocolError):
        return _no_web_page
    return _unreached
