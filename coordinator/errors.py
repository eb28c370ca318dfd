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


class FileProblemError(UserError):
    """The network file or its folder cannot be used as it is; nothing in it was changed."""


class NewerFileError(FileProblemError):
    """A newer program has already upgraded the file."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            "This network was last opened with a newer Milk Run. "
            "Update this program, then open it again; nothing in it was changed."
        )
        self.revision = revision


class NotANetworkError(FileProblemError):
    """The file is something else."""

    def __init__(self) -> None:
        super().__init__(
            "This file is not a Milk Run network. Choose another file; this one was not changed."
        )


class WrongKeyError(FileProblemError):
    """The file is locked, or locked with another passphrase."""

    def __init__(self, *, key_given: bool) -> None:
        super().__init__(
            "This passphrase does not open this network. Try again; nothing in it was changed."
            if key_given
            else "This network is locked, or it is not a Milk Run network: it opens only with its passphrase."
        )
        self.key_given = key_given


class DamagedFileError(FileProblemError):
    """The file's own check found a fault."""

    def __init__(self) -> None:
        super().__init__(
            "This network file is damaged. Restore the latest backup; the damaged file is kept beside it."
        )


class ReadOnlyError(FileProblemError):
    """The file or its folder refuses to be written."""

    def __init__(self) -> None:
        super().__init__(
            "The network cannot be written: its file or folder is read-only. "
            "Allow writing there, or keep the network in another folder; nothing was changed."
        )


class DiskError(FileProblemError):
    """The disk failed or went away: full, a stick pulled out, a network folder lost."""

    def __init__(
        self,
        sentence: str = "The disk with the network is full or no longer answers, so nothing was saved. "
        "Look after it, then repeat.",
    ) -> None:
        super().__init__(sentence)


class DiskFullError(DiskError):
    """No room is left for what was to be written."""

    def __init__(self) -> None:
        super().__init__("The disk is full, so nothing was saved. Make some room, then repeat.")


class BusyError(FileProblemError):
    """Another program held the file too long."""

    def __init__(self) -> None:
        super().__init__(
            "Another program is busy with this network, so nothing was saved. "
            "Close it, or try again in a moment."
        )


class AlreadyOpenError(FileProblemError):
    """Another window of this program has the file open."""

    def __init__(self) -> None:
        super().__init__("This network is already open in another Milk Run window, which comes to the front.")


class UnreachableError(UserError):
    """The database server does not answer."""

    def __init__(self) -> None:
        super().__init__(
            "The network's server cannot be reached. Check the connection and its address, then try again."
        )


class BrokenRuleError(UserError):
    """The database refused a change because it breaks one of its own rules.

    ``rule`` is the constraint's name or its columns, never a value.
    """

    def __init__(self, rule: str) -> None:
        super().__init__("This does not fit with what the network already holds, so nothing was saved.")
        self.rule = rule


class BackupError(UserError):
    """A backup could not be made, verified or restored."""
