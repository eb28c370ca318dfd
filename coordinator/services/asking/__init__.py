"""Asking families in writing: the message, that it was sent, and the reply read back.

Which question is asked is screening's; how an answer is read and kept, the imports'.
"""
