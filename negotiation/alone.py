"""Alone, AlreadyServed: one server at a time on the database file of a folder.

Two would each take the other's people for absent, and their bots would both play. The lock is the system's, which takes it
back when the process ends, however it ends.
"""

import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FAR = 1 << 30
"""Where on Windows the locked byte lies: nobody may read what is locked there."""


class AlreadyServed(Exception):
    """Another server has the folder."""


class Alone:
    """Holds the folder until the process ends. Raises `AlreadyServed` with where the other one is."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "serving").open("a+")
        try:
            if sys.platform == "win32":
                self._file.seek(FAR)
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            home = self._file.read().strip()
            self._file.close()
            where = f" at {home}" if home else ""
            raise AlreadyServed(
                f"A server runs on this data already{where}. Stop it first, or give this one a folder of its own (NEGOTIATION_DATA)."
            ) from None
        self._file.truncate(0)

    def tell(self, home: str) -> None:
        """Writes down where this server is, for whoever starts another."""
        self._file.write(home)
        self._file.flush()
