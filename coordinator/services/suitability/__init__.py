"""Verdicts of lots, what a change of facts would flip, overruling, the timeline."""
