"""Runs that look for faults no single test shows; each is started by hand and ends when it is told to.

None of them is a test that pytest gathers; the few ``test_*.py`` here do a handful of what the long ones do.

- ``python -m tests.faults.kills``: a network is killed at while it is saved, backed up, restored or made.
- ``python -m tests.faults.locked_kills``: the same for a locked one, and its lock; 1,000 kills in all.
- ``python -m tests.faults.flips``: flipped bits and truncations, and what notices them.
- ``python -m tests.faults.locked_flips``: the same of a locked network, its slots and a backup.
"""
