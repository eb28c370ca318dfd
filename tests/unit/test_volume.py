"""Amounts add exactly and never drift, whichever unit they are shown in."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.volume import Volume, VolumeUnit, format_number, format_volume, total

MICROLITRES = st.integers(-(10**13), 10**13)
TENTHS = st.integers(0, 10**7)


def test_a_thousand_four_ounce_bags_are_four_thousand_ounces() -> None:
    bags = total([Volume.from_oz(4)] * 1000)

    assert bags.in_unit(VolumeUnit.OZ).quantize(Decimal("0.1")) == Decimal("4000.0")
    assert format_volume(bags, VolumeUnit.OZ) == "4,000\u00a0oz"


@given(TENTHS, st.sampled_from(VolumeUnit))
def test_what_is_typed_in_tenths_is_shown_again_as_typed(tenths: int, unit: VolumeUnit) -> None:
    typed = Decimal(tenths) / 10

    assert Volume.of(typed, unit).in_unit(unit).quantize(Decimal("0.1")) == typed
    assert Volume.of(str(typed), unit) == Volume.of(float(typed), unit) == Volume.of(typed, unit)


@given(TENTHS)
def test_switching_units_to_look_and_back_changes_nothing(tenths: int) -> None:
    volume = Volume.from_oz(Decimal(tenths) / 10)

    assert Volume.from_ml(volume.in_unit(VolumeUnit.ML)) == volume
    assert Volume.from_oz(volume.in_unit(VolumeUnit.OZ)) == volume


@given(st.lists(MICROLITRES))
def test_sums_and_differences_are_exact(parts: list[int]) -> None:
    volumes = [Volume(part) for part in parts]
    rest = total(volumes)
    for volume in volumes:
        rest -= volume

    assert total(volumes) == Volume(sum(parts))
    assert rest == Volume()
    assert not rest


@given(MICROLITRES, st.integers(1, 400))
def test_equal_shares_are_within_half_a_microlitre_and_all_of_them_are_the_whole(
    amount: int, whole: int
) -> None:
    volume = Volume(amount)

    assert volume.share(whole, whole) == volume
    assert volume.share(0, whole) == Volume()
    for part in (1, whole // 2, whole - 1):
        exact = Decimal(amount) * part / whole
        assert abs(volume.share(part, whole).microlitres - exact) <= Decimal("0.5")


@given(MICROLITRES, st.sampled_from(VolumeUnit))
def test_what_is_shown_is_within_half_of_its_last_figure(amount: int, unit: VolumeUnit) -> None:
    shown = format_number(Volume(amount), unit)

    step = Decimal("0.1") if "." in shown else Decimal(1)
    assert abs(Decimal(shown.replace(",", "")) - Volume(amount).in_unit(unit)) <= step / 2


def test_small_ounces_keep_a_tenth_where_it_matters_and_none_where_not() -> None:
    shown = {
        oz: format_number(Volume.from_oz(oz), VolumeUnit.OZ) for oz in ("4", "4.5", "9.95", "9.94", "0.04")
    }

    assert shown == {"4": "4", "4.5": "4.5", "9.95": "10", "9.94": "9.9", "0.04": "0"}
    assert format_number(Volume.from_oz("4.5"), VolumeUnit.ML) == "133"
    assert format_number(Volume.from_oz(-3), VolumeUnit.OZ) == "-3"
