"""Which machines may be asked: those of the public web, and those the settings allow.

A contributed post could otherwise have us ask machines of our own network. The
name is resolved once, and the connection is made to the address that was
looked at, so that a name cannot change its mind in between.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_TRANSLATED = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96"))
"""Networks of version 6 in which an address of version 4 hides at the end (RFC 6052, 4291, 2765)."""
_LOCAL_TRANSLATION = ipaddress.ip_network("64:ff9b:1::/48")
"""Where each network of its own chooses what hides (RFC 8215)."""


class RefusedHostError(Exception):
    """The host is one of this machine, or of its network."""


class NoHostError(Exception):
    """No host has this name."""


class UnsureError(NoHostError):
    """Names cannot be resolved just now: whether this host exists is not known."""


class Guard:
    """Resolves names of hosts, and refuses those of private networks."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        """:param allowed: names of hosts, addresses, networks (« 127.0.0.0/8 »)."""
        self._names: set[str] = set()
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        for one in allowed:
            try:
                self._networks.append(ipaddress.ip_network(one, strict=False))
            except ValueError:
                self._names.add(one.casefold())

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host, all of which may be asked.

        :raises RefusedHostError: one of them may not.
        :raises NoHostError: there is none.
        """
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise (UnsureError if error.errno == socket.EAI_AGAIN else NoHostError)(host) from error
        except (OSError, UnicodeError) as error:
            raise NoHostError(host) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if host.casefold() not in self._names:
            for address in addresses:
                self._check(address)
        return addresses

    def _check(self, address: str) -> None:
        """:raises RefusedHostError: it is not of the public web."""
        known = _inner(ipaddress.ip_address(address.partition("%")[0]))
        is_public = (
            known.is_global and known not in _LOCAL_TRANSLATION and not (known.is_multicast or known.is_reserved or getattr(known, "is_site_local", False))
        )
        if not is_public and not any(known in network for network in self._networks if network.version == known.version):
            raise RefusedHostError(address)


def _inner(address: Address) -> Address:
    """The address of version 4 that one of version 6 stands for."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address.sixtofour:
            return address.ipv4_mapped or address.sixtofour or address
        if any(address in network for network in _TRANSLATED) and int(address) > 1:  # « ::1 » is itself
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
