"""How many answers come quickly from one place, told without keeping the place.

A place is a network address as this process alone knows it: a keyed fingerprint, whose key is drawn by chance, lives
in memory and is thrown away as soon as nobody answered for ten minutes, and at the latest with the day. Neither the
address nor the fingerprint is written anywhere. What is kept is how many came in bursts on a day, and that of twenty
or more together: no answer knows whether it was one of them. Each process of a server counts for itself.
"""

import hmac
import ipaddress
import secrets
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

WINDOW = 10 * 60
"""How many seconds count as quickly. [J]"""
TOGETHER = 20
"""So many answers from one place within the window are a burst. A family, or a group at one telephone, is not. [J]"""
PLACES = 10_000
"""How many places are remembered at once; beyond that the one that was quiet longest is forgotten."""


class Burst(NamedTuple):
    """What one answer adds: 1 where a burst began with it, and how many answers are now known to belong to one."""

    begun: int
    answers: int


NO_BURST = Burst(0, 0)


@dataclass
class _Place:
    """One place: when the latest answers came, as many as matter, and whether they are a burst."""

    times: deque[float] = field(default_factory=lambda: deque(maxlen=TOGETHER))
    burst: bool = False


class Pace:
    """What a process remembers of the last minutes. Times are seconds of a clock that only goes forward."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._forget()

    def _forget(self) -> None:
        self._key, self._drawn, self._places = secrets.token_bytes(32), -1.0, OrderedDict[bytes, _Place]()

    def came(self, among: str, address: str, now: float) -> Burst:
        """Note an answer from an address, among those that are counted together: of one survey, on one day.

        Where the address is unknown nothing is noted.
        """
        if not (place := _network(address)):
            return NO_BURST
        with self._guard:
            self._drop_old(now)
            name = hmac.digest(self._key, f"{among} {place}".encode(), "sha256")
            held = self._places.setdefault(name, _Place())
            self._places.move_to_end(name)
            held.times.append(now)
            quickly = len(held.times) == TOGETHER and now - held.times[0] <= WINDOW
            begun, held.burst = quickly and not held.burst, held.burst or quickly
            return Burst(1, TOGETHER) if begun else Burst(0, int(held.burst))

    def _drop_old(self, now: float) -> None:
        """Forget places that were quiet, and the key with the last of them or after a day."""
        while self._places and now - next(iter(self._places.values())).times[-1] > WINDOW:
            self._places.popitem(last=False)
        while len(self._places) >= PLACES:
            self._places.popitem(last=False)
        if not self._places or now - self._drawn > 24 * 3600:
            self._forget()
            self._drawn = now

    def held(self) -> int:
        """How many places are remembered now."""
        return len(self._places)


def _network(address: str) -> str:
    """The address, of version 6 the network that one household or building has; empty where it is none."""
    try:
        known = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


HERE = Pace()
"""What this process remembers."""
