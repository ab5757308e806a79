"""Knobs from the environment, read loudly: a wrong value stops the start with one sentence.

`text`, `flag`, `choice`, `number`, `words`, `folder`, `address`, `database`, `refuse_unknown`, `kept_secret_key`. Knows nothing of Django's settings.
"""

import os
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PREFIX = "NEGOTIATION_"


class WrongSetting(SystemExit):
    """A knob holds a value that cannot be meant; the sentence is all that the user sees."""


def text(name: str, default: str = "") -> str:
    """Returns the value, or the default where the variable is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Returns a yes or no; anything but yes, no, true, false, 1, 0 stops."""
    value = text(name).lower()
    if value in ("1", "yes", "true"):
        return True
    if value in ("0", "no", "false"):
        return False
    if value:
        raise WrongSetting(f"{name}={value!r} is neither yes nor no. Use yes or no, or unset it.")
    return default


def choice(name: str, allowed: Collection[str], default: str) -> str:
    """Returns one of the allowed words; any other stops."""
    value = text(name, default)
    if value not in allowed:
        raise WrongSetting(f"{name}={value!r} is not known. Use one of: {', '.join(allowed)}.")
    return value


def number(name: str, *, least: int) -> int | None:
    """Returns a whole number, or None where the variable is unset; anything else stops."""
    value = text(name)
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise WrongSetting(f"{name}={value!r} is no whole number from {least} on.")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """Returns a list written with commas."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)


def refuse_unknown(known: Collection[str]) -> None:
    """Stops when a variable carries our prefix but no knob has its name: a typing slip must not pass for a setting."""
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            raise WrongSetting(f"{name} is not a setting. The settings are: {', '.join(sorted(known))}.")


def database(name: str, file: Path, sync: str) -> dict[str, Any]:
    """Returns Django's entry for the address in the variable, or for the given SQLite file where it is unset.

    `sync` is how SQLite writes: "full" or "normal".
    """
    address = text(name)
    if not address:
        return sqlite(file, sync)
    parts = urlsplit(address)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return sqlite(Path(unquote(parts.path[1:])), sync)
    if parts.scheme in ("postgres", "postgresql") and parts.hostname and parts.path.strip("/"):
        return postgresql(parts.hostname, parts.port, parts.username, parts.password, parts.path.strip("/"))
    # The address may hold a password, so the sentence does not repeat it.
    raise WrongSetting(f"{name} is not understood. Use postgresql://user:password@host:5432/name or sqlite:///file.")


def sqlite(file: Path, sync: str) -> dict[str, Any]:
    """Returns the entry for one SQLite file: one writer at a time, 20 s of patience.

    A commit outlives the process that made it; with `sync` full, the default, a power cut too.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # Reopening the file at every call halves the speed.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode=WAL;PRAGMA synchronous={sync};PRAGMA cache_size=-16000",
        },
    }


def postgresql(host: str, port: int | None, user: str | None, password: str | None, name: str) -> dict[str, Any]:
    """Returns the entry for PostgreSQL with a pool, which excludes a connection age.

    Nothing waits for ever: a lock 5 s, a statement 10 s, a transaction that does nothing 15 s, a connection 3 s.
    """
    limits = {
        "lock_timeout": "5s",
        "statement_timeout": "10s",
        "idle_in_transaction_session_timeout": "15s",
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": host,
        "PORT": port or 5432,
        "USER": unquote(user or ""),
        "PASSWORD": unquote(password or ""),
        "NAME": unquote(name),
        "CONN_MAX_AGE": 0,
        # A connection that a restart of PostgreSQL has ended is found before its next use, not by it.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Sockets take four of them, pages the rest. One that cannot be made is given up soon and asked for anew
            # by whoever needs it: by itself the pool would try ever less often, and come back minutes late.
            "pool": {"min_size": 1, "max_size": 10, "timeout": 3.0, "reconnect_timeout": 3.0},
            "connect_timeout": 3,
            # What an act runs is read and planned once; to do it at each act costs more than to run it.
            "prepare_threshold": 5,
            "application_name": "talks",
            "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
        },
    }


def folder(name: str, default: Path) -> Path:
    """Returns the folder and makes it, closed to other users: it will hold the key and every private talk."""
    place = Path(text(name, str(default))).expanduser().resolve()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"{name}: the folder {place} cannot be made: {error.strerror}.") from error
    return place


def address(name: str, schemes: Collection[str]) -> str:
    """Returns an address with one of the schemes and a host, or the empty string where the variable is unset."""
    value = text(name)
    if value and (urlsplit(value).scheme not in schemes or not urlsplit(value).hostname):
        raise WrongSetting(f"{name} is not understood. It begins with one of: {', '.join(s + '://' for s in schemes)}.")
    return value


def kept_secret_key(data: Path) -> str:
    """Returns the key kept in the data folder and makes it at the first start, readable by its owner alone."""
    file = data / "secret_key"
    try:
        return usable_key(file)
    except FileNotFoundError:
        pass
    try:
        unfinished = data / f"secret_key.{secrets.token_hex(4)}"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(50))
        try:
            # A link appears whole or not at all, and never over another's: two first starts at once keep one key.
            os.link(unfinished, file)
        except FileExistsError:
            pass
        except OSError:  # a disk without hard links, such as a memory stick
            unfinished.replace(file)
        unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise WrongSetting(f"The data folder {data} cannot be written: {error.strerror}. Set {PREFIX}DATA.") from error
    return usable_key(file)


def usable_key(file: Path) -> str:
    """Returns the key in the file; one too short to be a key stops."""
    try:
        key = file.read_text().strip()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise WrongSetting(f"{file} cannot be read: {error.strerror}.") from error
    if len(key) < 32:
        raise WrongSetting(f"{file} holds no usable key. Delete it and start again; everybody has to log in anew.")
    return key
