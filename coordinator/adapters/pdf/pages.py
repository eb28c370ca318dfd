"""A PDF's pages as pictures, from memory: nothing personal touches the disk on the way."""

from __future__ import annotations

from io import BytesIO

import pypdfium2


def page_count(pdf: bytes) -> int:
    """Return how many pages *pdf* has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def render_page_png(pdf: bytes, page: int, dpi: float = 96) -> bytes:
    """Return *page* (counted from 0) of *pdf* as a PNG at *dpi* dots per inch, on white.

    Raises:
        IndexError: If there is no such page.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 0 <= page < len(document):
            raise IndexError(f"no page {page} in a PDF of {len(document)}")
        picture = document[page].render(scale=dpi / 72, fill_color=(255, 255, 255, 255)).to_pil()
        buffer = BytesIO()
        picture.save(buffer, "PNG")
        return buffer.getvalue()
    finally:
        document.close()
