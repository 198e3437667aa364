"""The network address of whoever asks, as far as it can be known. It is for counting in memory and is kept nowhere."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address that a request came from; empty where only that of a front server is known.

    A front server adds the address that it saw at the end of `X-Forwarded-For`; what stands before it was written by
    whoever asked. It is believed only where one stands in front of this programme: not on a machine of one's own, and
    not where the request comes from elsewhere than this machine.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if settings.LOCAL_MODE or not _here(seen):
        return seen
    return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rsplit(",", 1)[-1].strip()


def _here(address: str) -> bool:
    """Whether it is this machine's own: the side from which a front server asks. A socket of the machine has none."""
    try:
        return not address or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
