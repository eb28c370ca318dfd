"""Every module that has tables, so that whatever is undone, merged or checked, all of them are known.

A command loads only what it needs: a table that nobody loaded would be passed over without a word.
"""

import coordinator.db.agreements
import coordinator.db.asked_after
import coordinator.db.audit
import coordinator.db.calls
import coordinator.db.choices
import coordinator.db.coolers
import coordinator.db.deciding
import coordinator.db.donors
import coordinator.db.drivers
import coordinator.db.facts
import coordinator.db.family_messages
import coordinator.db.fates
import coordinator.db.households
import coordinator.db.imports
import coordinator.db.milk
import coordinator.db.pair_pauses
import coordinator.db.pairs
import coordinator.db.pickups
import coordinator.db.places
import coordinator.db.policies
import coordinator.db.recalls
import coordinator.db.recipients
import coordinator.db.screening
import coordinator.db.settings
import coordinator.db.standing_pairs  # noqa: F401
