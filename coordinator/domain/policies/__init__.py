"""Policy profiles, the kinds of rules they fill with values, and the words of a verdict.

What a rule makes of a fact stands in ``suitability``; the values are data, in ``resources/policies``.
"""
