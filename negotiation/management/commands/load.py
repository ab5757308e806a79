"""`manage.py load ...`: the same as `python -m bench.broadcast`, with its options; it starts servers of its own and leaves this one's data alone."""

import subprocess
import sys

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Measures what a committed act costs beside a bare Channels echo."
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        # Its options are those of the program, which reads them itself.
        command = [sys.executable, "-m", "bench.broadcast", *argv[2:]]
        sys.exit(subprocess.run(command, cwd=settings.ROOT, check=False).returncode)
