"""How every text of the window is marked, so that lupdate finds it under the context Qt asks for.

In a class that Qt knows: ``self.tr("Undo")``, which asks for the class and then for those above it. Anywhere
else: ``translate("Columns", "to ask")``. lupdate finds both by name, each text written out in its call, and
neither of them inside an f-string.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def translate(context: str, text: str) -> str:
    """Return *text*, a whole sentence with named fields, in the language of the window."""
    return QCoreApplication.translate(context, text)
