"""How log lines are written. Knows nothing of Django: it is loaded before the apps are.

`RedactingFormatter`, `JsonFormatter`, `OneLine`.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

# A long segment of a path, or a value under a telling name.
TOKEN = re.compile(r"""(/|\b(?:token|key|code|seat|sessionid)=)(?:(?<=/)[A-Za-z0-9_-]{32,}|(?<==)[^&\s'";]+)""")


class RedactingFormatter(logging.Formatter):
    """Writes a line without the tokens in its addresses: who reads a log must not be able to sit at a table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"style": "{", **kwargs})

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(r"\1***", super().format(record))


class JsonFormatter(logging.Formatter):
    """Writes one JSON object a line, as redacted; what a caller attached to the record stays out, for it may be a request."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": TOKEN.sub(r"\1***", record.getMessage()),
            "process": record.process,
        }
        if record.exc_info:
            line["exception"] = TOKEN.sub(r"\1***", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class OneLine(logging.Filter):
    """Makes a warning of one line of what a library reports each second with its whole stack while a server is away."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0] is not None:
            record.msg, record.args = f"{record.getMessage().rstrip(':')}: {record.exc_info[0].__name__}", ()
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
