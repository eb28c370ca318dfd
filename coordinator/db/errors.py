"""What the driver says, turned into sentences the coordinator can act on.

Only codes are looked at, never texts: PostgreSQL's texts quote values, and values are private.
"""

import errno
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2
from sqlalchemy.exc import DBAPIError, NoResultFound, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from coordinator.db.rules import SENTENCES
from coordinator.errors import (
    BrokenRuleError,
    BusyError,
    ChangedMeanwhileError,
    DamagedFileError,
    DiskError,
    DiskFullError,
    NotThereError,
    ReadOnlyError,
    TooMuchError,
    UnreachableError,
    UnreadableTextError,
    UserError,
    WrongKeyError,
)
from coordinator.sayings import NOTHING, saying

log = logging.getLogger(__name__)

# Primary result codes of https://sqlite.org/rescode.html; the upper bytes say where it happened.
SQLITE_BUSY, SQLITE_LOCKED, SQLITE_READONLY = 5, 6, 8
SQLITE_PROTOCOL = 15
SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_CANTOPEN, SQLITE_CONSTRAINT, SQLITE_NOTADB = (
    10,
    11,
    13,
    14,
    19,
    26,
)

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_SQLSTATES: dict[str, Callable[[], UserError]] = {
    "22003": TooMuchError,  # numeric_value_out_of_range
    "55P03": BusyError,  # lock_not_available
    "53100": DiskFullError,
    "25006": ReadOnlyError,
    "57P01": UnreachableError,  # admin_shutdown
}

_SQLITE_CODES: dict[int, Callable[[], UserError]] = {
    SQLITE_BUSY: BusyError,
    SQLITE_LOCKED: BusyError,
    SQLITE_READONLY: ReadOnlyError,
    SQLITE_CANTOPEN: ReadOnlyError,
    SQLITE_IOERR: DiskError,  # a full disk, too, when the log's index finds no room
    SQLITE_CORRUPT: DamagedFileError,
    SQLITE_FULL: DiskFullError,
    SQLITE_NOTADB: lambda: WrongKeyError(key_given=False),
}


_UNDECODABLE = re.compile("Could not decode to UTF-8 column '([^']*)'")


def sqlite_code(error: BaseException | None) -> int | None:
    """Return the primary SQLite result code of a driver's *error*, None for others."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def is_busy(error: DBAPIError) -> bool:
    """Say whether somebody else held the file or the writers' lock."""
    return sqlite_code(error.orig) in {SQLITE_BUSY, SQLITE_LOCKED} or _sqlstate(error.orig) == "55P03"


def sentence_for(error: DBAPIError | sqlcipher3.dbapi2.Error) -> UserError | None:
    """Return the sentence for *error*, None where only we can mend it."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code, state = sqlite_code(original), _sqlstate(original)
    if code == SQLITE_CONSTRAINT or (state or "").startswith("23"):
        rule = _broken_rule(original)
        return BrokenRuleError(rule, SENTENCES.get(rule, NOTHING))
    if code is not None:
        make = _SQLITE_CODES.get(code)
        return make() if make else None
    if state in _SQLSTATES:
        return _SQLSTATES[state]()
    if isinstance(original, sqlcipher3.dbapi2.Error):
        # The driver itself refuses text that is no UTF-8; the column is all of it that may be repeated.
        found = _UNDECODABLE.match(str(original))
        return UnreadableTextError(found[1]) if found else None
    # psycopg has no code for "the server is not there".
    return UnreachableError() if state is None and isinstance(error, OperationalError) else None


def has_lost_locks(error: DBAPIError | sqlcipher3.dbapi2.Error) -> bool:
    """Say whether SQLite found that it has no lock where it took one: somebody closed the file under it."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return sqlite_code(original) == SQLITE_PROTOCOL


@contextmanager
def told_in_sentences() -> Iterator[None]:
    """Raise the ``UserError`` for what the database refuses inside; let everything else through.

    The cause is cut off on purpose: the driver's texts may quote what a family told us.
    """
    try:
        yield
    except StaleDataError:
        raise ChangedMeanwhileError(saying("This entry")) from None
    except NoResultFound:
        log.warning("NotThereError for a row that is gone")
        raise NotThereError from None
    except OverflowError:
        log.warning("TooMuchError for a number or a day")
        raise TooMuchError from None
    except (DBAPIError, sqlcipher3.dbapi2.Error) as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        log.warning("%s for %s", type(sentence).__name__, _code_name(error))
        raise sentence from None
    except UnicodeDecodeError as error:  # the driver quotes a schema that is damaged, and stumbles over it
        if not error.object.startswith(_DAMAGED_SCHEMA):
            raise
        log.warning("DamagedFileError for a schema that is no text")
        raise DamagedFileError from None


_DAMAGED_SCHEMA = b"malformed database schema"


class FileExchangedError(Exception):
    """What lies at the network's path is no longer what a connection has open; the door opens it anew."""


_NOT_WRITABLE = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENOENT, errno.EEXIST,
}  # fmt: skip
"""What the system says where we may not write, or where a file stands in a folder's place."""


@contextmanager
def files_told_in_sentences() -> Iterator[None]:
    """Do the same for what the operating system refuses inside."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFullError from error
        if error.errno in _NOT_WRITABLE:
            raise ReadOnlyError from error
        raise


def _sqlstate(error: BaseException | None) -> str | None:
    """Return the five characters PostgreSQL gives an error, None without."""
    return getattr(error, "sqlstate", None)


def _broken_rule(error: BaseException | None) -> str:
    """Return which rule was broken: SQLite's text names it, and no value; PostgreSQL has a field for it."""
    diagnosis = getattr(error, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or diagnosis.column_name or type(error).__name__)
    return str(error).removeprefix("CHECK constraint failed: ").removeprefix("UNIQUE constraint failed: ")


def _code_name(error: DBAPIError | sqlcipher3.dbapi2.Error) -> str:
    """Return the driver's code, which holds no private text."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(original, "sqlite_errorname", None) or _sqlstate(original) or type(original).__name__)
