"""Households and what each does in the network: donors, babies, volunteers, contacts, typed fields, merging.

What a family said about health stands in ``facts``, its milk in ``milk``.
"""
