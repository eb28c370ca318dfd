"""What free words tell that a caller must know: a loss, twins, no car."""

from __future__ import annotations

import re

_THING = (
    r"(?:phone|cell|battery|car|van|truck|freezer|fridge|refrigerator|pump|motor|supply|power|laptop|computer|"
    r"engine|internet|wifi|generator|compressor)"
)
_PASSED_OBJECT = (
    r"(?:the|a|an|her|his|my|our|their|your|all|every|out|by|down|along|over|through|it|this|that|up|newborn|"
    r"hearing|test\w*|exam\w*|screen\w*|inspection\w*|with flying|gas|stool|meconium)"
)
_PERSON = (
    r"(?:she|he|they|baby|babies|son|daughter|twins?|boy|girl|child|infant|newborn|husband|wife|partner|mother|"
    r"father|mom|mum|dad|sister|brother|little one|who)"
)
_CHILD = (
    r"(?:baby|babies|son|daughter|twins?|boy|girl|child|infant|newborn|little one|angel|pregnancy|her|him)"
)
_LOSS = re.compile(
    rf"""\bstill[- ]?b(?:orn|irth)|\bangel\ bab|\brainbow\ bab|\bmiscarr|\bbereave|\bgriev|\bgrief\b
    |\bmourning\b|\bfuneral\b|\bhospice\b|\bsids\b|\bneonatal\ death|\bgone\ too\ soon\b
    |\bin\ (?:loving\ )?memory\ of\b|\bin\ heaven\b|\bno\ longer\ with\ us\b|\bpassed\ away\b
    |\bpassed\ on\b(?!\ (?:your|the|my|her|his|our|it|that|this|a|an|to|info\w*|milk|bags)\b)
    |\bdid\ ?n[o'’]?t\ (?:survive|make\ it)\b(?!\ (?:to|on)\b)
    |\bdid\ not\ (?:survive|make\ it)\b(?!\ (?:to|on)\b)
    |\bdeath\ of\b|\bdeceased\b
    |\bloss\ of\ (?:our|my|a|the|her|his)\ (?!power|supply|freezer|job|income|house|phone|car|hearing|smell|
        taste|appetite|sleep|internet|electricity)
    |\blost\ (?:(?:our|my|a|the|one|her|his|their)\ )+(?:\w+\ )?{_CHILD}\b
    |\blost\ (?:her|him)\b(?=\W*$|[.,;!?)]|\ (?:last|in|at|this|when|before|after|to|on|and|but|so|too)\b)
    |\bour\ loss\b|\bpregnancy\ loss\b|\binfant\ loss\b|\bbaby\ loss\b
    |\b{_PERSON}\b[^.!?;]{{0,30}}\bpassed\b(?!\ {_PASSED_OBJECT}\b)
    |\bdied\b(?!\ (?:down|out)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_DEAD_THING = re.compile(rf"\b{_THING}s?\b(?:\s+(?!{_PERSON}\b)\w+){{0,4}}?\s+died\b", re.IGNORECASE)
_NO_CAR = re.compile(
    r"\bno (?:car|vehicle|transport\w*|ride)\b|\b(?:don['’]?t|do not|can['’]?t|cannot|can not) drive\b|"
    r"\bwithout (?:a )?car\b|\bcar ?less\b|\b(?:don['’]?t|do not) have a car\b",
    re.IGNORECASE,
)
_MULTIPLES = (
    (4, re.compile(r"\bquad(?:ruplet)?s\b", re.IGNORECASE)),
    (3, re.compile(r"\btriplets?\b", re.IGNORECASE)),
    (
        2,
        re.compile(
            r"(?<!not )(?<!no )\btwins?\b(?!\s+(?:bed|mattress|mountain|lakes?|size|cit))", re.IGNORECASE
        ),
    ),
)
_UNTOLD = re.compile(
    r"""can(?:['’]?t|\ ?not)\ (?:remember|recall)|don['’]?t\ (?:remember|recall|know)|do\ not\ know
    |not\ sure|unsure|no\ idea|forgot|idk\b|can\ (?:send|share|provide|get|email|ask)
    |will\ (?:send|share|check|ask|get|email)|ask\ me|\btbd\b|to\ follow|see\ (?:below|notes)
    |waiting|pending|\bmaybe\b|^\W*\?+\W*$|somewhere""",
    re.IGNORECASE | re.VERBOSE,
)


def words_of_loss(text: str) -> str:
    """Return the sentence that speaks of a death, as typed, or nothing.

    Rather once too often than once too little: it only makes the caller read it first.
    """
    living = _DEAD_THING.sub(" ", text)
    if not _LOSS.search(living):
        return ""
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]
    telling = [sentence for sentence in sentences if _LOSS.search(_DEAD_THING.sub(" ", sentence))]
    return " ".join((telling[0] if telling else text).split())


def says_no_car(text: str) -> bool:
    """Whether the words say that nobody in the family drives."""
    return bool(_NO_CAR.search(text))


def babies_told(text: str) -> int:
    """Return how many babies the words speak of: twins 2, triplets 3, quadruplets 4, else 1."""
    return next((count for count, pattern in _MULTIPLES if pattern.search(text)), 1)


def is_no_answer(text: str) -> bool:
    """Whether the words put the answer off: "can send", "can't remember"."""
    return bool(_UNTOLD.search(text))
