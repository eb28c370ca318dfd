"""What a day asks for, in the order in which it is done: who is out, what is waited for, whom to ring.

Here is what stands on the lists and in which order. What a case is belongs to ``agreements``.
"""
