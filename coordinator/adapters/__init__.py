"""Everything outside the program, by what it is: files, paper, servers, this computer.

Nothing here decides; what comes in is made into the domain's values.
"""
