"""Lots, splitting, expiry, what a family needs and how long it lasts, milk banks.

Who was promised which milk stands in ``agreements``, whether it suits a baby in ``suitability``.
"""
