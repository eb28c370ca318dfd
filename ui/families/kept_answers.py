"""What is said once an answer is kept as less than its words."""

from __future__ import annotations

from coordinator.domain.facts.dated_facts import Question
from coordinator.services.imports.told_answers import keeps_lower
from ui.translation import translate


def lower_words(question: Question, words: str) -> str:
    """Return that of a range only the lower figure is kept; empty where *words* are kept as they are."""
    if not keeps_lower(question.topic, words):
        return ""
    said = translate("Answers", "Kept the lower figure of “{words}”: plans go by no more than that.")
    return said.format(words=words.strip())
