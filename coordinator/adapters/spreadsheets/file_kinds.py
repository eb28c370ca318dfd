"""What a file is that is no list, and how to make one of it."""

from __future__ import annotations

import re
import zipfile

from coordinator.sayings import NOTHING, Saying, saying

OLD_BOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Office begin that are no ZIP: old ones, and new ones with a password."""

_PLAINLY_OTHER = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"SQLite format 3", b"\x1f\x8b", b"MZ", b"Rar!",
    b"7z\xbc\xaf", b"\x7fELF", b"RIFF", b"II*\0", b"MM\0*", b"BZh", b"bplist",
)  # fmt: skip
_NO_LIST = saying("This file is not a spreadsheet. Choose a CSV or XLSX file.")
_WEB_PAGE = saying(
    "This is a web page, not a spreadsheet. Open it in a spreadsheet program and save it as XLSX or CSV;"
    " if it asks you to sign in, download the list again."
)
_NUMBERS = saying(
    "This is an Apple Numbers document. In Numbers choose File › Export To › CSV, then import that."
)
_LOCKED = saying("This workbook is locked with a password. Save it without one, then import it.")
_XML_BOOK = saying("This is an Excel list saved as XML. Open it in Excel and save it as XLSX or CSV.")
_SHORTCUT = saying(
    "This is only a shortcut to a list on the web. Open it there and choose File › Download › CSV or Excel."
)
_CARDS = saying("These are address cards (vCard). Export the contacts as CSV, then import that.")
_JSON = saying("This is data for programs (JSON). Export the list as CSV or XLSX, then import that.")
_PDF = saying("This is a PDF, not a spreadsheet. Export the list as CSV or XLSX instead.")
_VERY_OLD = saying("This is a very old Excel workbook. Save it as XLSX or CSV, then import it.")
_STARTS = (
    (rb"<\?xml.{0,400}urn:schemas-microsoft-com:office:spreadsheet", _XML_BOOK),
    (rb"(?:<!--.{0,200}-->\s*)?<(?:!doctype|html|head|meta|body|table|div|style)\b", _WEB_PAGE),
    (rb"(?:mime-version|from): .{0,800}text/html", _WEB_PAGE),
    (rb"<(?:\?xml|svg|plist)\b", _NO_LIST),
    (rb"\{[^}]{0,400}\"(?:doc_id|resource_id)\"|\[InternetShortcut\]", _SHORTCUT),
    (rb"BEGIN:VCARD", _CARDS),
    (rb"[\[{]\s*[\"{\[]", _JSON),
    (rb"%PDF", _PDF),
    (rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00", _VERY_OLD),
)
_IN_ZIP = (
    ("index/document.iwa", _NUMBERS),
    ("index.zip", _NUMBERS),
    (
        "word/document.xml",
        saying("This is a Word document. Copy its table into a spreadsheet and save that as XLSX."),
    ),
    ("ppt/presentation.xml", saying("This is a presentation. Choose the spreadsheet with the list.")),
)


def other_kind(content: bytes, name: str) -> Saying:
    """Return what a file is and what to do with it; nothing when it may be a list."""
    if name.startswith("~$"):
        return saying("This file only marks that Excel has the list open. Choose the list itself.")
    if content.startswith(_PLAINLY_OTHER):
        return _NO_LIST
    if content.startswith(OLD_BOOK) and "EncryptedPackage".encode("utf-16-le") in content:
        return _LOCKED
    head = content[:2000].removeprefix(b"\xef\xbb\xbf")
    head = head if head.startswith(b"\x09") else head.lstrip()
    flags = re.IGNORECASE | re.DOTALL
    return next((said for pattern, said in _STARTS if re.match(pattern, head, flags)), NOTHING)


def kind_in_zip(archive: zipfile.ZipFile) -> Saying:
    """Return what a ZIP is that holds neither workbook nor list."""
    names = {name.casefold() for name in archive.namelist()}
    for part, said in _IN_ZIP:
        if part in names:
            return said
    return saying("This ZIP archive holds no list that is read. Unpack it, then choose the list itself.")


def list_in_zip(archive: zipfile.ZipFile, most_bytes: int) -> bytes | None:
    """Return the one text file in an archive, as Google Forms sends answers; ``None`` when there is none."""
    lists = [
        member
        for member in archive.infolist()
        if member.filename.casefold().endswith((".csv", ".tsv", ".txt"))
        and not member.filename.startswith("__MACOSX")
    ]
    if len(lists) != 1 or lists[0].file_size > most_bytes:
        return None
    return archive.read(lists[0])
