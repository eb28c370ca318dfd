"""Two kinds of error: the coordinator's to mend (``UserError``) and everything else, which is ours."""


class UserError(Exception):
    """One sentence the coordinator can act on; shown as it stands.

    Subclasses keep the facts as attributes. The sentence may name codes and amounts,
    never a person, an address or a health fact: it is also written to the log.
    """


class NotFoundError(UserError):
    """Nothing has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"There is nothing with the code {code}.")
        self.code = code


class ChangedMeanwhileError(UserError):
    """Somebody else changed the row between reading and writing it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} was changed by somebody else meanwhile. Look at it again, then repeat.")
        self.what = what
