"""Answers that come quickly from one place: what is a burst, what ends it, and that no place is remembered."""

import gc
from typing import Any

import pytest
from django.http import HttpRequest

from goldthread.apps.surveys.pace import NO_BURST, PLACES, TOGETHER, WINDOW, Burst, Pace
from goldthread.web.addresses import address_of

HOME = "203.0.113.77"


def came(pace: Pace, many: int, *, apart: float, address: str = HOME, at: float = 0.0) -> Burst:
    """What so many answers add, so many seconds apart."""
    held = [pace.came("S", address, at + apart * one) for one in range(many)]
    return Burst(sum(one.begun for one in held), sum(one.answers for one in held))


@pytest.mark.parametrize(
    ("many", "apart", "found"),
    [
        (TOGETHER - 1, 1.0, NO_BURST),
        (TOGETHER, 1.0, Burst(1, TOGETHER)),
        (500, 1.0, Burst(1, 500)),
        (500, WINDOW / (TOGETHER - 1), Burst(1, 500)),
        (500, WINDOW / (TOGETHER - 1) + 1, NO_BURST),
    ],
)
def test_a_burst_is_twenty_in_ten_minutes_and_all_that_follow(many: int, apart: float, found: Burst) -> None:
    assert came(Pace(), many, apart=apart) == found


def test_ten_quiet_minutes_end_a_burst_and_the_key_goes_with_the_last_place() -> None:
    pace = Pace()
    assert came(pace, 30, apart=1.0) == Burst(1, 30)
    key = pace._key
    assert pace.came("S", HOME, 29 + WINDOW) == Burst(0, 1), "still the same burst"
    assert pace._key == key
    assert came(pace, 25, apart=1.0, at=30 + 3 * WINDOW) == Burst(1, 25)
    assert pace._key != key and pace.held() == 1, "nobody was there any more: the key was thrown away"


def test_a_key_lasts_a_day_at_most() -> None:
    pace, key = Pace(), b""
    for hour in range(0, 24 * 3600, WINDOW // 2):
        pace.came("S", HOME, float(hour))
        key = key or pace._key
        assert pace._key == key
    pace.came("S", HOME, 24 * 3600 + 1.0)
    assert pace._key != key


def test_surveys_days_and_places_are_counted_apart() -> None:
    pace = Pace()
    for one in range(15):
        for among in ("S1 2026-05-03", "S1 2026-05-04", "S2 2026-05-03"):
            for last in (1, 2):
                assert pace.came(among, f"203.0.113.{last}", float(one)) == NO_BURST


def test_one_household_of_version_six_is_one_place_and_a_mapped_address_is_that_of_version_four() -> None:
    pace = Pace()
    held = [pace.came("S", f"2001:db8:1:2::{one:x}", float(one)) for one in range(1, TOGETHER + 1)]
    assert held[-1] == Burst(1, TOGETHER)
    assert pace.came("S", "2001:db8:1:3::1", 30.0) == NO_BURST
    came(pace, TOGETHER - 1, apart=0.1, at=31.0)
    assert pace.came("S", f"::ffff:{HOME}", 34.0) == Burst(1, TOGETHER)


@pytest.mark.parametrize("address", ["", "unix:", "nonsense", "203.0.113.7, 198.51.100.1"])
def test_where_the_place_is_not_known_nothing_is_noted(address: str) -> None:
    pace = Pace()
    assert came(pace, 100, apart=0.1, address=address) == NO_BURST and pace.held() == 0


def test_memory_is_bounded_and_holds_no_address() -> None:
    pace = Pace()
    for one in range(PLACES + 500):
        pace.came("S", f"10.{one >> 16}.{one >> 8 & 255}.{one & 255}", one / 1000)
    assert pace.held() == PLACES
    pace.came("S", HOME, 30.0)
    reached, last = str(vars(pace)), [pace]
    for _ in range(4):
        last = gc.get_referents(*last)
        reached += str([one for one in last if isinstance(one, str | bytes | int | float)])
    assert HOME not in reached and HOME.encode().hex() not in reached


def asked(seen: str, forwarded: str = "") -> HttpRequest:
    """A request as the server hands it on."""
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": seen, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})}
    return request


def test_the_address_is_what_a_front_server_saw_and_never_what_somebody_wrote(settings: Any) -> None:
    settings.LOCAL_MODE = False
    assert address_of(asked("127.0.0.1", "6.6.6.6, 203.0.113.9")) == "203.0.113.9"
    assert address_of(asked("", "203.0.113.9")) == "203.0.113.9", "by a socket of the machine"
    assert address_of(asked("203.0.113.9", "6.6.6.6")) == "203.0.113.9", "no front server of ours asked"
    assert address_of(asked("127.0.0.1")) == "", "everybody would seem to be in one place"
    settings.LOCAL_MODE = True
    assert address_of(asked("127.0.0.1", "6.6.6.6")) == "127.0.0.1"
