"""From a file to families: the preview, the writing row by row, an answer told later, reading again.

What a cell means stands in ``domain/reading`` and ``domain/imports``.
"""
