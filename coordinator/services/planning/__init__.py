"""The plan for the whole network: gathered, solved, and taken up as holds."""
