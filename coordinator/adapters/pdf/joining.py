"""Several PDFs in one."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO


def joined_pdf(parts: Sequence[bytes]) -> bytes:
    """Return the pages of all *parts* in their order; each part begins on a new page."""
    import pypdfium2  # noqa: PLC0415 - only when something is printed

    whole = pypdfium2.PdfDocument.new()
    try:
        for part in parts:
            source = pypdfium2.PdfDocument(part)
            try:
                whole.import_pages(source)
            finally:
                source.close()
        target = BytesIO()
        whole.save(target)
        return target.getvalue()
    finally:
        whole.close()
