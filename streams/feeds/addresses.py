"""Which addresses of the network may be asked: a feed's host is a stranger's word.

A feed list, a redirect or a DNS answer could otherwise send requests from here to machines that only
this network reaches: cloud metadata, databases, routers.
"""

import ipaddress
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from aiohttp.abc import AbstractResolver, ResolveResult

from streams.errors import FeedError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SCHEMES: Final = ("http", "https")
_NUMERIC: Final = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class AddressPolicy:
    """Public addresses, and the private networks that a setting names."""

    def __init__(self, allowed: Sequence[Network] = ()) -> None:
        self._allowed = tuple(allowed)

    def permits(self, written: str) -> bool:
        """Tell whether an address may be asked; what is none may not."""
        try:
            address = _innermost(ipaddress.ip_address(written.partition("%")[0]))
        except ValueError:
            return False
        if any(address.version == network.version and address in network for network in self._allowed):
            return True
        special = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", False)
        return address.is_global and not special

    def check_url(self, url: str) -> None:
        """Refuse other schemes, and hosts that are written as a private address.

        Raises:
            FeedError: The detail says which and why.
        """
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise FeedError(f"{shown(url)} is no address: {error}") from error
        if parts.scheme not in _SCHEMES or not host:
            raise FeedError(f"{shown(url)}: only http and https are asked")
        if _is_literal(host) and not self.permits(host):
            raise FeedError(refusal(host, host))


class CheckedResolver(AbstractResolver):
    """Gives the addresses of a host only if each of them may be asked; they are then connected to."""

    def __init__(self, inner: AbstractResolver, policy: AddressPolicy) -> None:
        self._inner = inner
        self._policy = policy

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        """Resolve a host.

        Raises:
            FeedError: One of its addresses is private.
        """
        found = await self._inner.resolve(host, port, family)  # type: ignore[arg-type]
        for answer in found:
            if not self._policy.permits(answer["host"]):
                raise FeedError(refusal(host, answer["host"]))
        return found

    async def close(self) -> None:
        """Release what the inner resolver holds."""
        await self._inner.close()


def refusal(host: str, address: str) -> str:
    """Say why an address is not asked, and what allows it."""
    at = host if host == address else f"{host} is at {address}, which"
    return f"{at} is a private address; the setting private_networks can allow it"


def shown(url: str) -> str:
    """Give an address as messages may show it: without user and password."""
    try:
        parts = urlsplit(url)
        if "@" not in parts.netloc:
            return url
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return url.rpartition("@")[2]


def _is_literal(host: str) -> bool:
    """Tell a host written in numbers, the odd forms that system libraries accept included: `0x7f.1`."""
    return ":" in host or _NUMERIC.fullmatch(host) is not None


def _innermost(address: Address) -> Address:
    """Give the IPv4 address that an IPv6 address stands for, since that is where packets end."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address
