"""A recall as work: begun, promises held back, everybody rung, every ounce answered for, closed; the drill.

Which homes have the milk is worked out in ``records.recalling``, which needs nothing of this.
"""
