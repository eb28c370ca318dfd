"""Which letters the bytes of a text file mean: decided for the file, and again for what does not fit."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from coordinator.adapters.spreadsheets.raw_sheet import UnreadableFileError
from coordinator.sayings import Saying, plural, saying

NOT_TEXT = saying("This file is not a spreadsheet. Choose a CSV or XLSX file.")
_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|([\x80-\xff])"
)
"""A letter of UTF-8, or a byte that is none of one."""
_ODD_WORD = re.compile(r"[^\s\",;|\t]*[^\x00-\x7f][^\",;|\t\r\n]{0,30}")
_ODD_SPOT = re.compile(
    # A capital after a small letter, or a rare one after a capital.
    r"(?<=[a-zß-öø-ÿ])[A-ZÀ-ÖØ-ÞŒŠŽŸ]|(?<=[A-Z])[ŒŠŽŸ](?=[a-z])"
    # A sign between two letters or stuck to the front of one, a quote that opens at the end, a control.
    r"|(?<=[^\W\d_])[^\w\s'’.,;:/&@()\"+-](?=[^\W\d_])|[®©£ª±¤¥§¶÷™∞≠≤≥∂∑√≈∆◊](?=[a-z])|(?<=[^\W\d_])[‘“](?!\w)|[\x80-\x9f]"
    # A letter between two numbers, an apostrophe that begins none of the ends that have one.
    r"|(?<=\d)[^\W\d_](?<=[^\x00-\x7f])(?=\d)|(?<=[a-z][a-z])’(?=[a-z])(?!(?:s|t|d|m|ll|re|ve)\b)"
)
_SAMPLE_BYTES = 400_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the encoding it is in, and what to say of letters that were saved otherwise."""

    text: str
    encoding: str
    notices: tuple[Saying, ...] = ()


def decoded(content: bytes) -> Decoded:
    """Return the text of *content*: a byte-order mark decides, then UTF-8, UTF-16, and an old encoding.

    A letter that does not fit among UTF-8 is read in the old encoding, and said: one odd byte spoils one
    letter, not the file.

    Raises:
        UnreadableFileError: If it is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(_strict(content, "utf-16"), "UTF-16")
    if unmarked := _utf16_without_mark(content):
        return Decoded(_strict(content, unmarked), "UTF-16")
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(content.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _mixed(content)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(NOT_TEXT) from error


def _mixed(content: bytes) -> Decoded:
    odd = b"\n".join(line[:_SAMPLE_BYTES] for line in _lines_not_in_utf8(content))[:_SAMPLE_BYTES]
    old = _old_encoding(odd)
    if not any(found[1] is None for found in _LETTER.finditer(content)):
        return Decoded(_in_old(content, old), old, _told_of_old(odd, old))
    return Decoded(_in_both(content, old), "UTF-8", (_told_of_odd_lines(content, old),))


def _in_old(content: bytes, old: str) -> str:
    # Five bytes mean nothing in cp1252; what stands there are the controls of Latin-1.
    return content.decode(old, "replace") if old != "cp1252" else _sloppy(content)


def _sloppy(content: bytes) -> str:
    return "".join(
        piece.decode("cp1252", "ignore") if at % 2 == 0 else piece.decode("latin-1")
        for at, piece in enumerate(re.split(rb"([\x81\x8d\x8f\x90\x9d]+)", content))
    )


def _in_both(content: bytes, old: str) -> str:
    """Return what is UTF-8, each byte that is none of it in the old encoding."""
    letters = [_in_old(bytes([byte]), old).encode() for byte in range(256)]

    def as_utf8(found: re.Match[bytes]) -> bytes:
        return letters[found[1][0]] if found[1] else found[0]

    lines = content.splitlines(keepends=True)
    return "".join(line.decode() if line.isascii() else _LETTER.sub(as_utf8, line).decode() for line in lines)


def _lines_not_in_utf8(content: bytes) -> Iterator[bytes]:
    for line in content.splitlines():
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                yield line


def _told_of_odd_lines(content: bytes, old: str) -> Saying:
    lines = [line[:_SAMPLE_BYTES] for line in _lines_not_in_utf8(content)]
    return plural(
        "{n} line holds letters saved in another way than the rest; they are read as {encoding}, for example"
        " “{example}”. Check that it is right.",
        "{n} lines hold letters saved in another way than the rest; they are read as {encoding}, for example"
        " “{example}”. Check that it is right.",
        len(lines),
        encoding=old,
        example=_example(_in_both(lines[0], old)),
    )


def _told_of_old(odd: bytes, old: str) -> tuple[Saying, ...]:
    """Say what was guessed where it is not the usual encoding of Windows, or that looks odd."""
    text = _in_old(odd, old)
    if old == "cp1252" and not _oddness(text):
        return ()
    said = saying(
        "The letters of this file are read as {encoding}, for example “{example}”. Check that it is right.",
        encoding=old,
        example=_example(text),
    )
    return (said,)


def _example(text: str) -> str:
    found = _ODD_WORD.search(text)
    return found[0].strip() if found else ""


def _utf16_without_mark(content: bytes) -> str:
    """Return the byte order of UTF-16 without a mark: every other byte of Western text is then NUL."""
    sample = content[:2000]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if len(content) % 2 == 0 and max(odd, even) * 5 > len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _old_encoding(odd: bytes) -> str:
    """Return the encoding of before UTF-8 in which these lines look most like words."""
    if _is_of_another_script(odd) and (guess := from_bytes(odd).best()) is not None:
        return guess.encoding
    oddness = {name: _oddness(_in_old(odd, name)) for name in ("cp1252", "mac_roman")}
    return min(oddness, key=lambda name: oddness[name])


def _is_of_another_script(odd: bytes) -> bool:
    """Whether letters with marks are not the exception in words, but most of them."""
    high = len(re.findall(rb"[\x80-\xff]", odd))
    return high > len(re.findall(rb"[A-Za-z]", odd))


def _oddness(text: str) -> int:
    return len(_ODD_SPOT.findall(text))
