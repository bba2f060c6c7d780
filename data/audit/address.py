"""Where a client sits."""

from ipaddress import ip_address

from data import settings

#: What Streamlit says of a client on the machine itself.
LOCAL = "127.0.0.1"


def address(direct: str | None, forwarded: str) -> str:
    """
    The client's IP address.

    `direct`: of the connection, None for the machine itself; `forwarded`: the X-Forwarded-For
    header. It counts only behind the proxy whose user header is trusted, and of it only the last
    hop, which that proxy wrote: all before it is the client's own word.
    """
    last = forwarded.rsplit(",", 1)[-1].strip() if settings.TRUSTED_USER_HEADER else ""
    for text in (last, direct):
        try:
            return _plain(text)
        except ValueError:
            continue
    # A proxy on the machine may come through a socket that has no address.
    return LOCAL


def _plain(text: str | None) -> str:
    """The address; of an IPv4 client of an IPv6 socket (::ffff:10.0.0.7) the IPv4 one."""
    found = ip_address(text)
    return str(getattr(found, "ipv4_mapped", None) or found)
