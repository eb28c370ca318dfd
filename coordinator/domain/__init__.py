"""What the program knows, as plain values and pure functions: no tables, files, clock or window.

Each room is one noun of the coordinator's week; ``pyproject.toml`` says which may use which.
"""
