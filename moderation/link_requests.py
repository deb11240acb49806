"""Asks one address whether it is there, and can't be led into a network of our own.

Editors write these addresses, and a machine inside the town hall's network asks them (server-side request forgery,
OWASP API7:2023). So every name is resolved here, every one of its addresses must be public, and the connection goes to
an address that was looked at, not to the name; again at each redirect. Of an answer only the head is read.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from contextlib import closing
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from moderation.models import LinkCheck

SECONDS = 10  # for each step: to connect, to hear a word
SECONDS_IN_ALL = 20  # for one request, however slowly it drips
REDIRECTS = 5
PORTS = (80, 443, 8080, 8443)
# IPv6 addresses that carry an IPv4 one, possibly of our own network, to a gateway (RFC 6052, 3056, 4380).
GATEWAYS = [IPv6Network(network) for network in ("64:ff9b::/32", "2002::/16", "2001::/32")]
Problem = LinkCheck.Problem


@dataclass(frozen=True)
class Answer:
    """The status of the last answer, or why there is none: one of the two."""

    status: int | None = None
    problem: str = ""


class RefusedError(Exception):
    """The address isn't asked, or not further; `problem` says why."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet would reach the same machine by `address`."""
    if isinstance(address, IPv6Address) and any(address in network for network in GATEWAYS):
        return False
    return address.is_global and not address.is_multicast


def _resolve(host: str, port: int) -> str:
    """Return an address of `host` to connect to. Raises RefusedError when one of them isn't public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    outside = port in PORTS and all(is_public(ip_address(address.split("%")[0])) for address in addresses)
    if not (outside or settings.LINK_CHECK_INSIDE):
        raise RefusedError(Problem.NOT_PUBLIC)
    return addresses[0]


def _connect(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    sock = socket.create_connection((_resolve(host, port), port), timeout=SECONDS)
    if scheme == "https":
        try:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except BaseException:
            sock.close()
            raise
    connection.sock = sock
    return connection


def _head_of(url: str, method: str) -> tuple[int, str]:
    """Return the status of `url`, and where it leads on to ("" when it doesn't)."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedError(Problem.UNKNOWN)
    host = parts.hostname.encode("idna").decode()
    port = parts.port or (443 if parts.scheme == "https" else 80)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else ""
    )
    headers = {
        "Host": host if parts.port is None else f"{host}:{port}",
        "User-Agent": f"Link check of {settings.WAGTAILADMIN_BASE_URL}",
        "Accept": "*/*",
        "Connection": "close",
    }
    with closing(_connect(parts.scheme, host, port)) as connection:
        alarm = Timer(SECONDS_IN_ALL, connection.sock.shutdown, [socket.SHUT_RDWR])
        alarm.start()
        try:
            connection.request(method, target, headers=headers)
            response = connection.getresponse()
            return response.status, response.getheader("Location") or ""
        finally:
            alarm.cancel()


def _follow(url: str, method: str) -> int:
    for _step in range(REDIRECTS + 1):
        status, onward = _head_of(url, method)
        if status not in (301, 302, 303, 307, 308) or not onward:
            return status
        url = urljoin(url, onward)
    raise RefusedError(Problem.CIRCLES)


def ask(url: str) -> Answer:
    """Ask `url` by HEAD, and by GET where that is refused, following redirects; never raises for what a site does."""
    try:
        status = _follow(url, "HEAD")
        return Answer(status=_follow(url, "GET") if status >= 400 else status)
    except RefusedError as refused:
        return Answer(problem=refused.problem)
    except (socket.gaierror, UnicodeError, ValueError):
        return Answer(problem=Problem.UNKNOWN)
    except ssl.SSLCertVerificationError:
        return Answer(problem=Problem.NOT_SECURE)
    except (OSError, http.client.HTTPException):
        return Answer(problem=Problem.NO_ANSWER)
