"""Who has milk for one baby, in which order, and how far away.

Whether the milk suits the baby stands in ``suitability``; holding it in ``agreements``.
"""
