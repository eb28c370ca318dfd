"""Paper: values in, bytes of a PDF out.

We draw on reportlab's canvas with blocks of our own (``blocks.py``) instead of its platypus tables: a stop
must never split, counts stand in a column whatever wraps beside them, and names need several fonts on one
line. Measured, it is also faster (``tests/benchmarks/bench_sheet.py``). We also weighed typst (tagged PDF,
34 MB), WeasyPrint and fpdf2 (ten times slower); tagged PDF as a promise would change our mind.
"""

from coordinator.adapters.pdf.fonts import missing_glyphs
from coordinator.adapters.pdf.pages import page_count, render_page_png
from coordinator.adapters.pdf.schedule import render_week_schedule
from coordinator.adapters.pdf.sheet import render_pickup_sheet, render_pickup_sheets

__all__ = [
    "missing_glyphs",
    "page_count",
    "render_page_png",
    "render_pickup_sheet",
    "render_pickup_sheets",
    "render_week_schedule",
]
