"""The network address of whoever asks, as far as it can be known. It is for counting in memory and is kept nowhere."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_INSIDE: tuple[_Network, ...] = tuple(
    ipaddress.ip_network(one)
    for one in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip
"""Networks that are somebody's own (RFC 1918, 6598, 3927, 4193, 4291): what asks from there may be a front server."""


def address_of(request: HttpRequest) -> str:
    """The address that a request came from; empty where only that of a front server is known.

    A front server adds the address that it saw at the end of `X-Forwarded-For`; what stands before it was written by
    whoever asked. It is believed only from this machine itself and from the front servers that the setting
    `FRONT_SERVERS` names, and on a machine of one's own not at all. Several that stand in a row are each passed over.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if settings.LOCAL_MODE:
        return seen
    said = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if not is_front_server(seen):
        return "" if unnamed_front_server(request) else seen
    hops = [_plain(one) for one in said.split(",")]
    while hops and (not hops[-1] or is_front_server(hops[-1])):
        hops.pop()
    return hops[-1] if hops else ""


def unnamed_front_server(request: HttpRequest) -> str:
    """The address of what passed a request on and is not named as a front server; empty where there is no such.

    Its own address is that of everybody whose requests it passes on, so that it says nothing of any of them.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    passed_on = bool(request.META.get("HTTP_X_FORWARDED_FOR"))
    known = _known(seen)
    return seen if passed_on and known and not is_front_server(seen) and any(known in one for one in _INSIDE) else ""


def is_front_server(address: str) -> bool:
    """Whether requests from an address were passed on by a front server that is believed. A socket has no address."""
    if not address:
        return True
    known = _known(address)
    return known is not None and (known.is_loopback or any(known in one for one in settings.FRONT_SERVERS))


def _known(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return None
    return (known.ipv4_mapped or known) if isinstance(known, ipaddress.IPv6Address) else known


def _plain(hop: str) -> str:
    """An address without the port that some front servers write behind it."""
    hop = hop.strip()
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
