"""Answers that come quickly from one place: what is a burst, what ends it, and that no place is remembered."""

import gc
from typing import Any

import pytest
from django.http import HttpRequest

from goldthread.apps.surveys.pace import NO_BURST, PLACES, TOGETHER, WINDOW, Burst, Pace
from goldthread.config.front_servers import load
from goldthread.config.refusal import CannotStart
from goldthread.web.addresses import address_of, unnamed_front_server
from goldthread.web.pages.site import front_server
from goldthread.web.sign_in import ClosedDoorAdapter

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


def test_front_servers_elsewhere_are_believed_once_they_are_named(settings: Any) -> None:
    settings.LOCAL_MODE = False
    balanced = asked("10.0.0.7", "6.6.6.6, 203.0.113.9")
    assert address_of(balanced) == "" and unnamed_front_server(balanced) == "10.0.0.7", "all would be in one place"
    settings.FRONT_SERVERS = load("10.0.0.0/29, 2001:db8::7,")
    assert address_of(balanced) == "203.0.113.9" and not unnamed_front_server(balanced)
    assert address_of(asked("2001:db8::7", "203.0.113.9:51344")) == "203.0.113.9", "some write the port"
    assert address_of(asked("::ffff:10.0.0.7", "[2001:db8::9]:51344")) == "2001:db8::9"
    assert address_of(asked("127.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.1")) == "203.0.113.9", "two in a row"
    assert address_of(asked("10.0.0.7", "10.0.0.1")) == "" and address_of(asked("10.0.0.7")) == ""
    assert address_of(asked("10.0.0.9", "203.0.113.9")) == "", "outside the network that is named"
    assert address_of(asked("10.0.0.9")) == "10.0.0.9", "nobody passed it on"
    assert address_of(asked("198.51.100.3", "203.0.113.9")) == "198.51.100.3", "somebody wrote it themselves"


def test_what_is_no_front_server_is_refused_before_anything_starts() -> None:
    with pytest.raises(CannotStart, match=r"10\.0\.0\.700.*with commas between them"):
        load("10.0.0.7,10.0.0.700")
    assert load("") == ()


@pytest.mark.parametrize("many", [20, 60])
def test_behind_a_front_server_that_is_not_named_no_burst_is_invented(settings: Any, many: int) -> None:
    settings.LOCAL_MODE = False
    pace = Pace()
    found = [pace.came("survey", address_of(asked("10.0.0.7", f"203.0.113.{one}")), one) for one in range(many)]
    assert set(found) == {NO_BURST} and not pace.held()
    settings.FRONT_SERVERS = load("10.0.0.7")
    found = [pace.came("survey", address_of(asked("10.0.0.7", f"203.0.113.{one}")), one) for one in range(many)]
    assert set(found) == {NO_BURST} and pace.held() == many
    found = [pace.came("survey", address_of(asked("10.0.0.7", "198.51.100.1")), one) for one in range(many)]
    assert sum(one.answers for one in found) == many, "one place is noticed behind it"


def test_tries_to_sign_in_are_counted_by_the_same_address(settings: Any) -> None:
    settings.LOCAL_MODE = False
    adapter = ClosedDoorAdapter()
    assert adapter.get_client_ip(asked("127.0.0.1", "6.6.6.6, 203.0.113.9")) == "203.0.113.9"
    assert adapter.get_client_ip(asked("10.0.0.7", "203.0.113.9")) == "10.0.0.7", "never what somebody wrote"


@pytest.mark.parametrize(
    ("local", "asks", "forwarded", "well", "says"),
    [
        (True, "127.0.0.1", "", True, "single-user mode"),
        (False, "127.0.0.1", "203.0.113.9", True, "counted in memory alone"),
        (False, "127.0.0.1", "", False, "set X-Forwarded-For"),
        (False, "10.0.0.7", "203.0.113.9", False, "10.0.0.7, which is not named in GOLDTHREAD_FRONT_SERVERS"),
    ],
)
def test_the_page_of_the_installation_says_whether_addresses_are_known(
    settings: Any, local: bool, asks: str, forwarded: str, well: bool, says: str
) -> None:
    settings.LOCAL_MODE = local
    sign = front_server(asked(asks, forwarded) if forwarded else asked(asks))
    assert sign.well is well and says in sign.says
