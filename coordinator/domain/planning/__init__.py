"""The plan for the whole network: which milk goes to which baby, and which calls would change it most.

What is allowed and what it is worth is written here as a linear program; who solves it is in ``adapters``.
Whether milk suits a baby is ``suitability``'s to say, the list of one family ``matching``'s.
"""
