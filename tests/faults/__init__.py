"""Runs that look for faults no single test shows; each is started by hand and ends when it is told to."""
