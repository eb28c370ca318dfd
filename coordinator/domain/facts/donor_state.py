"""Where a donor stands with the network."""

from __future__ import annotations

from enum import StrEnum


class DonorState(StrEnum):
    """Where a donor stands; in words, never a judgement of a person.

    ``NOT_MATCHING`` is private: it is never printed, and never said outside the coordinator's own window.
    """

    NEW = "new"
    QUESTIONS = "questions"
    CAN_OFFER = "can offer"
    PAUSED = "paused"
    NOT_MATCHING = "not matching"
    FINISHED = "finished"

    @classmethod
    def _missing_(cls, value: object) -> DonorState | None:
        """Read what histories of older programs call current."""
        return cls.CAN_OFFER if value == "current" else None

    @property
    def is_offering(self) -> bool:
        """Whether her milk is looked at for babies: what is not answered yet is then "ask first"."""
        return self in {DonorState.NEW, DonorState.QUESTIONS, DonorState.CAN_OFFER}
