"""Where the page may listen: without users on this computer only."""

from __future__ import annotations

import ipaddress

from app.rights import texts
from index.errors import UsageError


def check_host(host: str, users: bool) -> None:
    """Raises UsageError for an address that others reach while nobody has to log in."""
    if not users and not is_loopback(host):
        raise UsageError(texts.not_loopback(host))


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches the address; a name other than localhost may be any."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
