"""Links that open a text or an e-mail, filled in, in the system's own program; nothing is sent here."""

from __future__ import annotations

from urllib.parse import quote

_KEPT_IN_ADDRESS = "@!$'*"
"""What RFC 6068 lets stand in an address as it is, besides letters, digits and ``-._~``."""


def sms_link(phone: str, text: str) -> str:
    """Return the link of a text message to *phone*, which is in E.164; "" without one.

    Source:
        RFC 5724, "URI Scheme for Global System for Mobile Communications (GSM) Short Message Service" (2010).
    """
    return f"sms:{phone}?body={_filled_in(text)}" if phone else ""


def mailto_link(address: str, subject: str, text: str) -> str:
    """Return the link of an e-mail to *address*; "" without one. No health word belongs in *subject*.

    Source:
        RFC 6068, "The 'mailto' URI Scheme" (2010); a line break is ``%0D%0A`` (section 5).
    """
    if not address:
        return ""
    whom, about = quote(address, safe=_KEPT_IN_ADDRESS), _filled_in(" ".join(subject.split()))
    return f"mailto:{whom}?subject={about}&body={_filled_in(text)}"


def _filled_in(text: str) -> str:
    return quote("\r\n".join(text.splitlines()), safe="")
