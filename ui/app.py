"""The one door into the program: words are commands, none opens the window."""

import sys

from coordinator import cli


def main() -> int:
    """Run ``milkrun`` with the words of the command line; return the exit code. Commands never import Qt."""
    words = sys.argv[1:]
    return cli.main(words)
