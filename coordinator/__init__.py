"""Milk sharing itself: runs without a window, imports no Qt."""

__version__ = "0.1.0"
