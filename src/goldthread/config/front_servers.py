"""The setting that names front servers: whose word of a visitor's address is believed."""

import ipaddress

from goldthread.config.refusal import CannotStart

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def load(told: str) -> tuple[Network, ...]:
    """The addresses and networks of a list with commas. Raises CannotStart where one is none."""
    try:
        return tuple(ipaddress.ip_network(one.strip(), strict=False) for one in told.split(",") if one.strip())
    except ValueError as error:
        raise CannotStart(
            f"GOLDTHREAD_FRONT_SERVERS names what is no address or network ({error}). "
            "Write addresses or networks with commas between them, for example 10.0.0.7,10.1.0.0/24."
        ) from error
