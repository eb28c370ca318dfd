"""Holds, the two yeses, and the messages that ask for them.

How held milk travels stands in ``pickups``.
"""
