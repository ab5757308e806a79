"""How log lines are written. Knows nothing of Django: it is loaded before the apps are.

`RedactingFormatter`.
"""

import logging
import re
from typing import Any

# A long segment of a path, or a value under a telling name.
TOKEN = re.compile(r"""(/|[?&](?:token|key|code)=)(?:(?<=/)[A-Za-z0-9_-]{32,}|(?<==)[^&\s'"]+)""")


class RedactingFormatter(logging.Formatter):
    """Writes a line without the tokens in its addresses: who reads a log must not be able to sit at a table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"style": "{", **kwargs})

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(r"\1***", super().format(record))
