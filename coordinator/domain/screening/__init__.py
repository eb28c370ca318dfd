"""What is still missing of a donor, whether she rests, and whom to ring.

What her answers mean for her milk stands in ``suitability``.
"""
