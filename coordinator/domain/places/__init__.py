"""Positions, distances, names of places, looking one address up.

How long a drive takes stands in ``driving``, how land is drawn in ``maps``.
"""
