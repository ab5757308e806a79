"""`manage.py storm ...`: the same as `python -m tests.faults.storm`, with its options; it starts servers of its own and leaves this one's data alone."""

import subprocess
import sys

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Lets trouble befall a server while people act, and checks what they heard."
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        # Its options are those of the program, which reads them itself.
        command = [sys.executable, "-m", "tests.faults.storm", *argv[2:]]
        sys.exit(subprocess.run(command, cwd=settings.ROOT, check=False).returncode)
