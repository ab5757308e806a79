"""Where the server listens: a free port, and the addresses under which other machines of the network find it.

`free_port`, `lan_addresses`, `NoFreePort`, `BACKLOG`.
"""

import contextlib
import os
import socket

PORTS_TRIED = 50

BACKLOG = 2048
"""Connections that may knock at once. Whom the system turns away for want of room tries again after ever longer pauses: with
the usual 50, a thousand pages that came back together took two minutes."""


class NoFreePort(Exception):
    """Every port tried is taken or forbidden."""


def free_port(interface: str, wanted: int) -> int:
    """Returns the wanted port, or the next one that can be listened on; 0 lets the system choose."""
    if wanted == 0:
        return 0
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            # As the server itself does; on Windows this flag would take a port away from its owner.
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((interface, port))
            except (OSError, OverflowError):
                continue
            return port
    raise NoFreePort(f"No port from {wanted} on can be used. Choose another one by --port.")


def lan_addresses() -> list[str]:
    """Returns this machine's addresses in the local network, the likeliest first; empty without a network."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):  # no network
        # Connecting a datagram socket sends nothing; it only asks which interface would be used.
        probe.connect(("192.0.2.1", 9))
        found.append(str(probe.getsockname()[0]))
    with contextlib.suppress(OSError):  # a machine that cannot resolve its own name
        found += [str(ip) for ip in socket.gethostbyname_ex(socket.gethostname())[2]]
    return [ip for ip in dict.fromkeys(found) if not ip.startswith(("127.", "0."))]
