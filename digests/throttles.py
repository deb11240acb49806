"""How often a form may be sent: counted in the cache that all processes share, by the sending machine and by address."""

from __future__ import annotations

import hashlib
import time
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600


def is_too_much(*, of: str, what: str, limit: int | None = None) -> bool:
    """Count one more of `what` in this hour; whether that is more than `limit`, or settings.SUBSCRIBING_PER_HOUR, allows.

    What is counted isn't kept as it is: the cache holds a trace of it.
    """
    trace = hashlib.sha256(f"{settings.SECRET_KEY}{of}{what.casefold()}".encode()).hexdigest()
    key = f"subscribing:{int(time.time()) // HOUR}:{trace}"
    cache.add(key, 0, timeout=HOUR)
    try:
        count: int = cache.incr(key)
    except ValueError:  # the hour ended between the two
        count = 1
    return count > (settings.SUBSCRIBING_PER_HOUR[of] if limit is None else limit)


def machine_of(request: HttpRequest) -> str:
    """Return the address that a request came from, or its network (IPv6), behind as many proxies as are trusted."""
    address: str = get_adapter(request).get_client_ip(request)
    return str(ip_network(f"{address}/64", strict=False)) if ip_address(address).version == 6 else address
