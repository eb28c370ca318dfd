"""From what people typed into forms and lists to answers, facts and questions; all pure.

A cell is never dropped: what a reader understands becomes a value, what it does not becomes a question
that carries the cell, and the journal keeps every cell as it stood. We read each field with small rules
of our own over well-kept libraries (dateutil, phonenumbers, nameparser, rapidfuzz …) rather than with
one clever parser, because a wrong guess about milk is worse than a question.
"""
