"""Each thing the coordinator does, as one function over one transaction.

What is true without a database stands in ``domain``; the window and the command line call nothing below.
"""
