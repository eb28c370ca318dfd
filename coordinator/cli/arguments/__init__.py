"""The words of the command line, and which function each command runs (``module:function``).

One module for each kind of command; what they all have is in ``commands``, the whole in ``every_command``.
What a command does is not here but in the module of ``coordinator.cli`` that it names.
"""
