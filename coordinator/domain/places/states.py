"""What people call states, territories and provinces, and which of them a ZIP belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from coordinator.domain.text import folded

STATES: Mapping[str, str] = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS",
    "kentucky": "KY", "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA",
    "michigan": "MI", "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT",
    "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM",
    "new york": "NY", "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK",
    "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI", "south carolina": "SC",
    "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA",
    "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
    "american samoa": "AS", "guam": "GU", "northern mariana islands": "MP", "puerto rico": "PR",
    "virgin islands": "VI", "micronesia": "FM", "marshall islands": "MH", "palau": "PW",
    "alberta": "AB", "british columbia": "BC", "manitoba": "MB", "new brunswick": "NB",
    "newfoundland and labrador": "NL", "northwest territories": "NT", "nova scotia": "NS", "nunavut": "NU",
    "ontario": "ON", "prince edward island": "PE", "quebec": "QC", "saskatchewan": "SK", "yukon": "YT",
    "armed forces americas": "AA", "armed forces europe": "AE", "armed forces pacific": "AP",
}  # fmt: skip
"""States, territories and provinces by name, as post offices shorten them."""
_SHORTENED: Mapping[str, str] = {
    "mass": "MA", "conn": "CT", "calif": "CA", "penn": "PA", "penna": "PA", "wash": "WA", "tenn": "TN",
    "tex": "TX", "fla": "FL", "mich": "MI", "minn": "MN", "wis": "WI", "wisc": "WI", "ill": "IL", "ind": "IN",
    "okla": "OK", "ore": "OR", "oreg": "OR", "ariz": "AZ", "ark": "AR", "colo": "CO", "del": "DE",
    "kan": "KS", "kans": "KS", "mont": "MT", "neb": "NE", "nebr": "NE", "nev": "NV", "wyo": "WY",
    "miss": "MS", "ala": "AL", "n hampshire": "NH", "new hamp": "NH", "n carolina": "NC", "s carolina": "SC",
    "n dakota": "ND", "s dakota": "SD", "w virginia": "WV", "w va": "WV", "d c": "DC",
    "usvi": "VI", "us virgin islands": "VI", "u s virgin islands": "VI",
    "cnmi": "MP", "p q": "QC", "pq": "QC", "pei": "PE", "newfoundland": "NL", "labrador": "NL", "nf": "NL",
    "yukon territory": "YT", "ont": "ON", "que": "QC", "alta": "AB", "sask": "SK", "man": "MB",
    "nueva york": "NY", "nuevo hampshire": "NH", "nueva jersey": "NJ", "nuevo mexico": "NM",
    "carolina del norte": "NC", "carolina del sur": "SC", "luisiana": "LA", "pensilvania": "PA",
    "colombie britannique": "BC", "nouveau brunswick": "NB", "nouvelle ecosse": "NS",
    "terre neuve": "NL", "terre neuve et labrador": "NL", "ile du prince edouard": "PE", "porto rico": "PR",
}  # fmt: skip
"""Other ways people write them."""
MILITARY = frozenset({"AA", "AE", "AP"})
"""The forces abroad: the post office delivers there, and no map says where that is."""
MILITARY_TOWNS = frozenset({"apo", "fpo", "dpo"})
_MILITARY_ZIPS = tuple((code,) for code in sorted(MILITARY))
PROVINCES = frozenset({"AB", "BC", "MB", "NB", "NL", "NT", "NS", "NU", "ON", "PE", "QC", "SK", "YT"})
CODES = frozenset(STATES.values())

_ZIP_STATES = """
005 NY 006 PR 008 VI 009 PR 010 MA 028 RI 030 NH 039 ME 050 VT 055 MA 056 VT 060 CT 070 NJ 090 AE
100 NY 150 PA 197 DE 200 DC 201 VA 202 DC 206 MD 220 VA 247 WV 270 NC 290 SC 300 GA 320 FL 340 AA
341 FL 350 AL 370 TN 386 MS 398 GA 400 KY 430 OH 460 IN 480 MI 500 IA 530 WI 550 MN 569 DC 570 SD
580 ND 590 MT 600 IL 630 MO 660 KS 680 NE 700 LA 716 AR 730 OK 733 TX 734 OK 750 TX 800 CO 820 WY
832 ID 840 UT 850 AZ 870 NM 885 TX 889 NV 900 CA 962 AP 967 HI 969 GU 970 OR 980 WA 995 AK
"""
"""The first three digits from which on ZIPs are a state's, as the post office gives them out."""
_FROM, _STATE = _ZIP_STATES.split()[::2], _ZIP_STATES.split()[1::2]
_SPLIT = {"06390": "NY", "96799": "AS"}
_PACIFIC = ("GU", "MP", "FM", "MH", "PW")
_FSA_PROVINCES = {
    "A": ("NL",), "B": ("NS",), "C": ("PE",), "E": ("NB",), "G": ("QC",), "H": ("QC",), "J": ("QC", "ON"),
    "K": ("ON", "QC"), "L": ("ON",), "M": ("ON",), "N": ("ON",), "P": ("ON",), "R": ("MB",), "S": ("SK",),
    "T": ("AB",), "V": ("BC",), "X": ("NT", "NU"), "Y": ("YT",),
}  # fmt: skip


def state_code(text: str) -> str:
    """Return ``ME`` for ``Maine``, ``Me.`` or ``me``; nothing for what is no state or province."""
    plain = " ".join(folded(text).replace(".", " ").replace("-", " ").replace("_", " ").split())
    joined = plain.replace(" ", "").upper()
    if joined in CODES and len(plain) <= 3:  # n h, but not "o re"
        return joined
    return STATES.get(plain) or _SHORTENED.get(plain, "")


def states_of_zip(code: str) -> tuple[str, ...]:
    """Return the states that a five-digit ZIP, or the provinces that a Canadian code, may be of."""
    if code[:1].isalpha():
        return _FSA_PROVINCES.get(code[:1].upper(), ())
    if code in _SPLIT:
        return (_SPLIT[code],)
    at = bisect_right(_FROM, code[:3]) - 1
    if not code[:3].isdigit() or at < 0:
        return ()
    return _PACIFIC if _STATE[at] == "GU" else (_STATE[at],)


def is_military(town: str, code: str, zip_code: str) -> bool:
    """Tell whether this is an address of the forces abroad."""
    told = states_of_zip(zip_code[:5])
    return code in MILITARY or town.strip(" .").casefold() in MILITARY_TOWNS or told[:1] in _MILITARY_ZIPS
