"""The sample region and the demo's week of work in it."""
