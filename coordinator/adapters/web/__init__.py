"""Servers she switched on: addresses, roads, tiles; nothing else reaches the network."""
