"""Dated facts, what they are called, questions nobody has answered, decisions about medicines.

How words become facts stands in ``reading``, what follows from a fact in ``suitability``.
"""
