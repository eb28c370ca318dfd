"""Every rule: what a donor's facts mean for her milk, lot by lot and baby by baby, and what would change it.

Which of many donors comes first stands in ``matching``, what is still to be asked in ``screening``.
"""
