"""Tables and statements, one module a noun; the one door to them is ``database``.

What a row means stands in ``domain``, what is done with it in ``services``.
"""
