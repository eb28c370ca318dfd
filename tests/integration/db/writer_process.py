"""What another process does in the tests: counts up, and says so on stdout after each commit."""

import sys

from coordinator.db.base import next_code
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.domain.codes import CodeLetter
from coordinator.domain.records.history import Action


def main(url: str, rounds: int, key: bytes | None) -> None:
    database = Database.open(url, key=key)
    for _ in range(rounds):
        with database.writing(Action("test.counted", "Counted")) as session:
            code = next_code(session, CodeLetter.DONOR)
            session.add(HouseholdRow(name=code, name_on_paper=code))
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()
    database.dispose()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), bytes.fromhex(sys.argv[3]) if len(sys.argv) > 3 else None)
