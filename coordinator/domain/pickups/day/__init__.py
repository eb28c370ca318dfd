"""A day planned by one call: who drives which agreed milk when, and why a hold is not planned.

``question`` is what is asked and ``answer`` what comes of it. ``routing`` is the part that a solver answers;
its times are laid anew by ``timing``, what it left is set in by ``inserting``, and ``planning`` does it all.
"""
