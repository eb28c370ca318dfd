"""Names are put into what the history holds as codes, where it is shown and nowhere else."""

from __future__ import annotations

from coordinator.domain.records.naming import codes_in, with_names
from coordinator.domain.records.old_labels import read_label, undid
from coordinator.sayings import Saying, saying

NAMES: dict[str, str | Saying] = {
    "D-0001": "Zoë Ueda",
    "R-0004": "Inès {Roy}",
    "L-0031": saying("{code} of {donor}", code="L-0031", donor="Zoë Ueda"),
    "H-0002": "H-0002 (Zoë Ueda for Inès Roy)",
}


def test_a_family_is_called_by_its_name() -> None:
    said = saying("Changed {field} of {code}", field=saying("phone"), code="D-0001")

    assert str(with_names(said, NAMES)) == "Changed phone of Zoë Ueda"
    assert str(said) == "Changed phone of D-0001"


def test_what_is_quoted_is_told_in_names_too() -> None:
    said = undid(saying("Removed {code}", code="R-0004"))

    assert codes_in(said) == {"R-0004"}
    assert str(with_names(said, NAMES)) == "Undid: Removed Inès {Roy}"


def test_a_hold_says_whose_it_is_unless_the_sentence_does() -> None:
    alone = saying("Released {hold}", hold="H-0002")
    full = saying(
        "Held {amount} of {lot} for {family} ({hold})",
        amount="40 oz",
        lot="L-0031",
        family="R-0004",
        hold="H-0002",
    )

    assert str(with_names(alone, NAMES)) == "Released H-0002 (Zoë Ueda for Inès Roy)"
    assert str(with_names(full, NAMES)) == "Held 40 oz of L-0031 of Zoë Ueda for Inès {Roy} (H-0002)"


def test_several_codes_are_each_called_by_name() -> None:
    planned = saying("Planned {pickup} for {holds}", pickup="P-0001", holds=("H-0001", "H-0002"))
    older = saying("changed since: {codes}", codes="D-0001, R-0009")

    assert str(with_names(planned, NAMES)) == "Planned P-0001 for H-0001, H-0002 (Zoë Ueda for Inès Roy)"
    assert codes_in(older) == {"D-0001", "R-0009"}
    assert str(with_names(older, NAMES)) == "changed since: Zoë Ueda, R-0009"


def test_who_is_gone_keeps_the_code_and_words_of_hers_stay_words() -> None:
    said = saying("Made the policy profile “{title}”", title="For D-0001 only")

    assert codes_in(said) == set()
    assert str(with_names(said, NAMES)) == "Made the policy profile “For D-0001 only”"
    assert str(with_names(saying("Removed {code}", code="V-0002"), NAMES)) == "Removed V-0002"


def test_a_line_of_an_older_program_is_told_in_names_too() -> None:
    assert str(with_names(read_label("Added D-0001"), NAMES)) == "Added Zoë Ueda"
