"""A pickup from plan to settling: its trip, the order of stops, coolers, what came.

What is printed of it stands in ``paper``.
"""
