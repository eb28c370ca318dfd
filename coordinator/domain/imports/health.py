"""Where the baby is, as told in words: at home and well, in hospital, or ill."""

from __future__ import annotations

import re

from coordinator.domain.families.babies import HEALTH_ASKED, BabyHealth
from coordinator.sayings import saying

HEALTH = "health"
"""The topic of the question where the baby is."""
ASKED = HEALTH_ASKED
HINT = saying("Type “at home and well”, “in hospital” or “ill”.")

_HEALTHS = (
    (BabyHealth.HOME, r"y|yes|yep|yeah|home|at home|(?:yes )?(?:at )?home and (?:well|healthy)|well|healthy"),
    (BabyHealth.HOSPITAL, r"(?:(?:no|still) )?(?:in )?(?:the )?(?:hospital|nicu)"),
    (BabyHealth.ILL, r"(?:no )?(?:ill|sick|unwell)"),
)


def read_health(words: str) -> BabyHealth | None:
    """Return what *words* say; ``None`` if they say anything else, too."""
    plain = " ".join(re.sub(r"[^\w\s]", " ", words.casefold()).split())
    for health, pattern in _HEALTHS:
        if re.fullmatch(pattern, plain):
            return health
    return None
