"""The sample region's files: what the program ships, and what only the tests have."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "resources" / "sample" / "seacoast"
DONORS = FOLDER / "donor_form_responses.csv"
RECIPIENTS = FOLDER / "recipient_requests.xlsx"
DRIVERS = FOLDER / "volunteer_drivers.csv"
LISTS = (DONORS, RECIPIENTS, DRIVERS)

DONORS_LATER = FOLDER / "later" / DONORS.name
"""The donors' form a week on."""
