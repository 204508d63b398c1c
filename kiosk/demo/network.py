"""Makes sure that a server which cannot bind to loopback is reachable from nowhere else."""

import fcntl
import socket
import struct

_SIOCGIFFLAGS = 0x8913
_IFF_UP = 1


class NetworkOpen(RuntimeError):
    """Another interface than loopback is up, so a demonstration archive would be seen outside."""


def require_loopback_only() -> None:
    """Refuse to go on where anything but loopback is up.

    Raises
    ------
    NetworkOpen
        Naming the interfaces and the way to start without them.
    """
    names = [name for _, name in socket.if_nameindex() if name != "lo" and _is_up(name)]
    if names:
        raise NetworkOpen(
            f"Orthanc and dcmqrscp listen on every interface ({', '.join(names)} up): "
            "run `make test` or `make demo`, which start in a network namespace of their own"
        )


def _is_up(interface: str) -> bool:
    # netdevice(7): struct ifreq is 16 bytes of name, then the flags; /sys would show the
    # interfaces of the namespace it was mounted in.
    request = struct.pack("16sH14x", interface.encode(), 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        _, flags = struct.unpack("16sH14x", fcntl.ioctl(probe, _SIOCGIFFLAGS, request))
    return bool(flags & _IFF_UP)
