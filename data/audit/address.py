"""The address of a client."""

from ipaddress import ip_address

from data import settings


def address(direct: str | None, forwarded: str) -> str:
    """
    The client's IP address; of an IPv4 client of an IPv6 socket (::ffff:10.0.0.7) the IPv4 one.

    `direct`: of the connection, None for the machine itself; `forwarded`: the X-Forwarded-For
    header. It counts only behind the proxy whose user header is trusted, and of it only the last
    hop, which that proxy wrote: the client can write anything before it.
    """
    last = forwarded.rsplit(",", 1)[-1].strip() if settings.TRUSTED_USER_HEADER else ""
    for text in (last, direct or ""):
        try:
            client = ip_address(text)
        except ValueError:
            continue
        return str(getattr(client, "ipv4_mapped", None) or client)
    # A proxy on the machine may come through a socket that has no address.
    return "127.0.0.1"
