"""Two kinds of error: the coordinator's to mend (``UserError``) and everything else, which is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coordinator.sayings import NOTHING, Saying, as_written, saying

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


class UserError(Exception):
    """One sentence the coordinator can act on; shown as it stands.

    Subclasses keep the facts as attributes. The sentence may name codes and amounts,
    never a person, an address or a health fact: it is also written to the log.
    """

    more: tuple[str | Saying, ...] = ()
    """Lines for the terminal to say under the sentence."""

    def __init__(self, said: str | Saying) -> None:
        super().__init__(said)
        self.said = said if isinstance(said, Saying) else as_written(said)


class NotFoundError(UserError):
    """Nothing has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(saying("There is nothing with the code {code}.", code=code))
        self.code = code


class RemovedError(NotFoundError):
    """What has this code was removed: it stays in the history, and nothing new begins with it."""

    def __init__(self, code: str, on: date, *, part_of: str = "") -> None:
        UserError.__init__(
            self,
            saying("{code} is part of {part_of} now; use {part_of} instead.", code=code, part_of=part_of)
            if part_of
            else saying(
                "{code} was removed on {on}; undo that in the history first.", code=code, on=on.isoformat()
            ),
        )
        self.code = code
        self.on = on


class NotThereError(UserError):
    """What something belongs to is gone: another window, or the other hand, was faster."""

    def __init__(self) -> None:
        super().__init__(saying("This is not there any more; look at the page again. Nothing was saved."))


class TooMuchError(UserError):
    """A number or a day is beyond what can be counted."""

    def __init__(self) -> None:
        super().__init__(
            saying("That number is too large to count with; look at it again. Nothing was saved.")
        )


class ChangedMeanwhileError(UserError):
    """Somebody else changed the row between reading and writing it."""

    def __init__(self, what: str | Saying) -> None:
        super().__init__(
            saying("{what} was changed by somebody else meanwhile. Look at it again, then repeat.", what=what)
        )
        self.what = what


class FileProblemError(UserError):
    """The network file or its folder cannot be used as it is; nothing in it was changed."""


class NewerFileError(FileProblemError):
    """A newer program has already upgraded the file."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            saying(
                "This network was last opened with a newer Milk Run. "
                "Update this program, then open it again; nothing in it was changed."
            )
        )
        self.revision = revision


class NotANetworkError(FileProblemError):
    """The file is something else."""

    def __init__(self) -> None:
        super().__init__(
            saying("This file is not a Milk Run network. Choose another file; this one was not changed.")
        )


class NoNetworkError(FileProblemError):
    """There is no file where the network should be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            saying(
                "There is no network at {path}. Check the name; “milkrun new” makes an empty one there.",
                path=str(path),
            )
        )
        self.path = path


class WrongKeyError(FileProblemError):
    """The file is locked, or locked with another passphrase."""

    def __init__(self, *, key_given: bool) -> None:
        super().__init__(
            saying("This passphrase does not open this network. Try again; nothing in it was changed.")
            if key_given
            else saying(
                "This network is locked, or it is not a Milk Run network: it opens only with its passphrase."
            )
        )
        self.key_given = key_given


class WrongWordsError(WrongKeyError):
    """The recovery words are not as they stand on any sheet; the sentence says where to look."""

    def __init__(self, said: Saying) -> None:
        FileProblemError.__init__(self, said)
        self.key_given = True


class LockError(UserError):
    """The lock is not as what was asked needs it; the sentence says how it is."""


class DamagedSlotsError(UserError):
    """What lies where the slots of a locked network should be is not what we wrote."""

    def __init__(self) -> None:
        super().__init__(
            saying(
                "The file with the slots of this locked network is damaged. The folder with the backups has "
                "a copy of it: put that beside the network under the same name."
            )
        )


class DamagedFileError(FileProblemError):
    """The file's own check found a fault."""

    def __init__(self) -> None:
        super().__init__(
            saying(
                "This network file is damaged. Restore the latest backup; the damaged file is kept beside it."
            )
        )


class UnreadableTextError(FileProblemError):
    """Some text in the file is no text any more."""

    def __init__(self, column: str, where: str = "") -> None:
        place = (
            saying("{where}, {column}", where=where, column=column)
            if where
            else saying("column {column}", column=column)
        )
        super().__init__(
            saying(
                "Some text in this network is damaged ({place}). “Check the network” lists what is; "
                "restore a backup from before.",
                place=place,
            )
        )
        self.column = column
        self.where = where


class ExchangedError(FileProblemError):
    """Another program put something else in the place of the open network file, or took it away.

    ``lacks_something``: the file found now does not hold everything that was saved here; ``kept`` is the
    backup that does, where one could be made. ``put_back``: the file was gone, and is back.
    """

    def __init__(self, *, lacks_something: bool = False, kept: str = "", put_back: bool = False) -> None:
        super().__init__(_exchanged(lacks_something=lacks_something, kept=kept, put_back=put_back))
        self.lacks_something = lacks_something
        self.kept = kept
        self.put_back = put_back


def _exchanged(*, lacks_something: bool, kept: str, put_back: bool) -> Saying:
    if put_back:
        return saying(
            "Another program took the network file away. It is back, with everything in it; "
            "the last step was not done, so repeat it."
        )
    if kept:
        return saying(
            "Another program put another file in the place of this network. That file is open now; what "
            "was here until then is kept as the backup {kept}. Look at both; "
            "the last step was not done, so repeat it.",
            kept=kept,
        )
    if lacks_something:
        return saying(
            "Another program exchanged the network’s files, and what was saved last may be missing: "
            "look at the history; the last step was not done, so repeat it."
        )
    return saying(
        "Another program exchanged the network’s files. They were opened anew, and nothing that "
        "was saved is lost; the last step was not done, so repeat it."
    )


class LastCopyError(FileProblemError):
    """The network's file is gone, only this program still has it, and nowhere is there room for a copy."""

    def __init__(self) -> None:
        super().__init__(
            saying(
                "The network file was taken away, and there is no room to save what this program still has. "
                "Do not close the program: make room on the disk, then repeat the last step."
            )
        )


class OthersWroteError(FileProblemError):
    """Another program went on with the network where this one could no longer see it."""

    def __init__(self, kept: str) -> None:
        super().__init__(
            saying(
                "Another program exchanged the network’s log and went on writing, so this one writes no "
                "more. Close it and open it again; the last step was not done, and what was open here is "
                "kept as the backup {kept}.",
                kept=kept,
            )
            if kept
            else saying(
                "Another program exchanged the network’s log and went on writing, so this one writes no "
                "more. Close it and open it again; the last step was not done."
            )
        )
        self.kept = kept


class RestartError(FileProblemError):
    """What lies in the place of the network needs a start of its own."""

    def __init__(self) -> None:
        super().__init__(
            saying(
                "Another file was put in the place of this network. Close the program and open it again; "
                "what was here is among the backups."
            )
        )


class ReadOnlyError(FileProblemError):
    """The file or its folder refuses to be written."""

    def __init__(self) -> None:
        super().__init__(
            saying(
                "The network cannot be written: its file or folder is read-only. "
                "Allow writing there, or keep the network in another folder; nothing was changed."
            )
        )


class DiskError(FileProblemError):
    """The disk failed or went away: full, a stick pulled out, a network folder lost."""

    def __init__(self, sentence: Saying = NOTHING) -> None:
        super().__init__(
            sentence
            or saying(
                "The disk with the network is full or no longer answers, so nothing was saved. "
                "Look after it, then repeat."
            )
        )


class DiskFullError(DiskError):
    """No room is left for what was to be written."""

    def __init__(self) -> None:
        super().__init__(saying("The disk is full, so nothing was saved. Make some room, then repeat."))


class BusyError(FileProblemError):
    """Another program held the file too long."""

    def __init__(self) -> None:
        super().__init__(
            saying(
                "Another program is busy with this network, so nothing was saved. "
                "Close it, or try again in a moment."
            )
        )


class AlreadyOpenError(FileProblemError):
    """Another window of this program has the file open."""

    def __init__(self) -> None:
        super().__init__(
            saying("This network is already open in another Milk Run window, which comes to the front.")
        )


class UnreachableError(UserError):
    """The database server does not answer."""

    def __init__(self) -> None:
        super().__init__(
            saying(
                "The network's server cannot be reached. "
                "Check the connection and its address, then try again."
            )
        )


class BrokenRuleError(UserError):
    """The database refused a change because it breaks one of its own rules.

    ``rule`` is the constraint's name or its columns, never a value; *problem* says it in a sentence.
    """

    def __init__(self, rule: str, problem: Saying = NOTHING) -> None:
        super().__init__(
            saying("{problem} Nothing was saved.", problem=problem)
            if problem
            else saying("This does not fit with what the network already holds, so nothing was saved.")
        )
        self.rule = rule


class BackupError(UserError):
    """A backup could not be made, verified or restored."""


class BackupFolderError(BackupError):
    """The folder for backups refuses; the network itself is as it was."""

    def __init__(self, folder: Path, *, is_full: bool = False) -> None:
        super().__init__(_refused(str(folder), is_full=is_full))
        self.folder = folder
        self.is_full = is_full


def _refused(folder: str, *, is_full: bool) -> Saying:
    if is_full:
        return saying(
            "No backup was made: the backup folder {folder} is full or no longer answers. "
            "The network itself is fine. Look after the folder, or choose another in the settings.",
            folder=folder,
        )
    return saying(
        "No backup was made: the backup folder {folder} cannot be written or is not there. "
        "The network itself is fine. Look after the folder, or choose another in the settings.",
        folder=folder,
    )
