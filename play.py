"""Sets up and starts the server: `python3 play.py`. Needs Python 3.11 and nothing else; Windows: `py play.py`.

python3 play.py [--no-browser] [--port N] [--lan]    sets up what is missing, then serves until Ctrl-C
python3 play.py setup [--tests]                      only sets up
python3 play.py test [pytest arguments]              every check and test; with arguments, only pytest with them
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.json"
# Each lock holds everything of the one before it.
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-e2e.lock"]
PLAY, TESTS = LOCKS[0], LOCKS[-1]

BROWSERS = [
    *(
        "google-chrome",
        "google-chrome-stable",
        "chromium",
        "chromium-browser",
        "microsoft-edge",
        "microsoft-edge-stable",
    ),
    *("chrome", "msedge"),
]
MAC_BROWSERS = ["Google Chrome", "Chromium", "Microsoft Edge"]
WINDOWS_BROWSERS = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"]
INSTALL_BROWSER = "apt-get install -y --no-install-recommends chromium fonts-noto-cjk"
# Chromium's engine without its windows: a page takes half of the processor's time.
SHELLS = ["chromium-headless-shell", "chrome-headless-shell"]
INSTALL_SHELL = "apt-get install -y --no-install-recommends chromium-headless-shell fonts-noto-cjk"

CHECKS = [
    ("the code is formatted", ["-m", "ruff", "format", "--check", "--quiet"]),
    ("the linter agrees", ["-m", "ruff", "check", "--quiet"]),
    ("the types fit", ["-m", "mypy"]),
    ("Django finds no fault", ["manage.py", "check", "--fail-level", "WARNING"]),
    ("no migration is missing", ["manage.py", "makemigrations", "--check", "--dry-run"]),
]


def main(arguments: list[str]) -> int:
    """Does what the command line asks and returns the exit code."""
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    if arguments[:1] == ["setup"]:
        parser = argparse.ArgumentParser(prog="play.py setup", description="Sets up and starts nothing.")
        parser.add_argument("--tests", action="store_true", help="also what the checks and tests need")
        set_up(TESTS if parser.parse_args(arguments[1:]).tests else PLAY)
        say("Ready. Start with: python3 play.py")
        return 0
    parser = argparse.ArgumentParser(prog="play.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    parser.add_argument("--port", type=port, default=8000, metavar="N", help="first port to try (default: 8000)")
    parser.add_argument("--lan", action="store_true", help="let other machines of this network in")
    parser.parse_args(arguments)
    set_up(PLAY)
    return become([str(PYTHON), str(ROOT / "manage.py"), "play", *arguments])


def port(value: str) -> int:
    """Reads a port number for argparse."""
    number = int(value)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def become(command: list[str]) -> int:
    """Hands this process over to the command, so that Ctrl-C and an end signal reach the server itself."""
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)
    # Windows has no such hand-over: wait, and let the child take the Ctrl-C that both get.
    with subprocess.Popen(command) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue


def set_up(lock: str) -> None:
    """Makes .venv and installs the lock, each only where that is still to do."""
    if sys.version_info < (3, 11):
        sys.exit(f"This is Python {sys.version.split()[0]}. Python 3.11 or newer is needed.")
    stamp = read_stamp()
    version = interpreter_version()
    if not version or version != stamp.get("python", version) or not (stamp or has_pip()):
        make_venv()
        stamp = {}
        version = interpreter_version()
    if stamp.get(lock) == digest(lock):
        return
    STAMP.unlink(missing_ok=True)  # an install that is cut short must not look complete
    install(lock)
    done = {name: digest(name) for name in LOCKS[: LOCKS.index(lock) + 1]}
    STAMP.write_text(json.dumps({**stamp, **done, "python": version}))


def read_stamp() -> dict[str, str]:
    """Returns the digests of the locks that are installed, and the version they were installed for."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def digest(lock: str) -> str:
    """Returns a digest of the lock file's text, the same whatever the line ends."""
    return hashlib.sha256((ROOT / lock).read_text().encode()).hexdigest()


def interpreter_version() -> str:
    """Returns the version of .venv's interpreter, or nothing where it does not run: folders get copied and moved."""
    ask = "import os, sys; print('%d.%d' % sys.version_info[:2], os.path.samefile(sys.prefix, sys.argv[1]))"
    try:
        answer = subprocess.run(
            # It compares the folders itself: their names may be of signs that cannot be printed.
            [str(PYTHON), "-I", "-c", ask, str(VENV)],
            capture_output=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    version, _, belongs = answer.stdout.decode("ascii", "replace").strip().partition(" ")
    return version if answer.returncode == 0 and belongs == "True" else ""


def has_pip() -> bool:
    """Tells whether .venv holds all of pip, whose list of files comes last: who stops the making of .venv leaves less."""
    ask = "import importlib.metadata as all; assert all.distribution('pip').read_text('RECORD')"
    return subprocess.run([str(PYTHON), "-I", "-c", ask], capture_output=True).returncode == 0


def make_venv() -> None:
    """Makes .venv anew."""
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        sys.exit(f"This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt install {package}")
    say("Making .venv ...")
    base = getattr(sys, "_base_executable", None) or sys.executable
    command = [base, "-m", "venv", "--clear", str(VENV)]
    made = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if made.returncode:
        sys.exit(f"Making .venv failed:\n{made.stdout}{made.stderr}")


def install(lock: str) -> None:
    """Installs the lock from wheels whose hashes it holds, and tells how far it is."""
    count = sum("==" in line for line in (ROOT / lock).read_text().splitlines())
    command = [
        *(str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"),
        # Compiling all of it would take longer than all that a start needs.
        *("--no-compile", "--only-binary", ":all:", "--require-hashes", "-r", str(ROOT / lock)),
    ]
    lines: list[str] = []
    fetched = 0
    say(f"Installing up to {count} packages of {lock} ...")
    # All in one pipe, for a full second pipe that nobody reads would stop pip.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        assert pip.stdout
        for line in pip.stdout:
            lines.append(line)
            if line.startswith("Collecting "):
                fetched += 1
                progress(f"  {fetched:3} {line.split()[1].split('==')[0]}", every=fetched % 10 == 0)
            elif line.startswith("Installing collected"):
                progress("  unpacking", every=True)
    if sys.stdout.isatty():
        print(end="\r\033[K", flush=True)
    if pip.returncode:
        sys.exit(
            f"{''.join(lines[-15:])}\nInstalling failed. Is there a network? Then start again: it goes on from here."
        )


def progress(line: str, every: bool) -> None:
    """Shows a line in place of the last one; where that cannot be, only some lines."""
    if sys.stdout.isatty():
        print(f"\r\033[K{line}", end="", flush=True)
    elif every:
        say(line)


def say(line: str) -> None:
    """Prints at once, also into a pipe."""
    print(line, flush=True)


def test(arguments: list[str]) -> int:
    """Runs the checks and then pytest, whose summary stays the last thing on the screen."""
    set_up(TESTS)
    browser = browser_for_tests()
    with tempfile.TemporaryDirectory(prefix="negotiation-") as data:
        environment = {**os.environ, "NEGOTIATION_BROWSER": browser, "NEGOTIATION_DATA": data}
        failed = 0 if arguments else check(environment)
        if failed:
            say(f"\n{failed} of {len(CHECKS) + 1} checks failed, see above. The tests:\n")
        # Groups stay together: whoever shares servers that take long to start, and whoever waits for clocks, cuts and
        # starts. These need a worker and hardly a processor, so there is one worker more than processors.
        default = ["-n", str(min(os.cpu_count() or 1, 4) + 1), "--dist", "loadgroup", "--durations=25"]
        tests = [str(PYTHON), "-m", "pytest", *(arguments or default)]
        code = subprocess.run(tests, cwd=ROOT, env=environment).returncode
    return code or min(failed, 1)


def check(environment: dict[str, str]) -> int:
    """Runs the checks beside one another, tells them like a shopping list, and returns how many failed."""

    def run(command: list[str]) -> tuple[int, str, float]:
        start = time.monotonic()
        done = subprocess.run(
            [str(PYTHON), *command],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout, time.monotonic() - start

    failed = 0
    with ThreadPoolExecutor() as beside:
        holes = beside.submit(audit, environment)
        for (promise, _), (code, said, took) in zip(
            CHECKS, beside.map(run, [command for _, command in CHECKS]), strict=True
        ):
            failed += bool(code)
            say(f"{'FAILED' if code else 'ok':6} {promise} ({took:.1f} s)")
            if code:
                say(said)
        code, said = holes.result()
        say(said)
    return failed + code


def audit(environment: dict[str, str]) -> tuple[int, str]:
    """Looks up known holes in what the locks install; returns 1 if there are any, and what to say, also when it could not look."""
    command = ["-m", "pip_audit", "-r", TESTS, "--disable-pip", "--progress-spinner", "off", "--timeout", "10"]
    with contextlib.suppress(subprocess.TimeoutExpired, ValueError):
        run = subprocess.run(
            [str(PYTHON), *command, "--format", "json"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        packages = json.loads(run.stdout)["dependencies"]
        holes = [f"{p['name']} {p['version']}: {v['id']}" for p in packages for v in p.get("vulns", [])]
        unseen = sum("skip_reason" in package for package in packages)
        verdict = "FAILED" if holes else "?" if unseen == len(packages) else "ok"
        lines = [f"{verdict:6} no advisory speaks against what we install"]
        if unseen:
            lines.append(f"       {unseen} of {len(packages)} packages could not be looked up.")
        if holes:
            lines += [f"       {line}" for line in (*holes, "Take newer ones: make lock UPGRADE=--upgrade")]
        return int(bool(holes)), "\n".join(lines)
    return 0, "?      The advisories could not be read, so nobody looked for known holes in what we install."


def find_browser() -> str:
    """Returns a Chrome, Chromium or Edge of this machine, or nothing."""
    named = os.environ.get("NEGOTIATION_BROWSER", "")
    if named:
        found = shutil.which(named)
        return found or sys.exit(f"NEGOTIATION_BROWSER={named!r} is no program.")
    places = [Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in MAC_BROWSERS]
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if os.environ.get(variable):
            places += [Path(os.environ[variable]) / browser for browser in WINDOWS_BROWSERS]
    by_path = (shutil.which(name) for name in BROWSERS)
    return next((found for found in by_path if found), "") or next((str(p) for p in places if p.is_file()), "")


def browser_for_tests() -> str:
    """Returns the named browser, else a shell, which is installed where this process may, else any browser.

    Without any it says how to get one, and fails: a skipped test proves nothing.
    """
    if os.environ.get("NEGOTIATION_BROWSER"):
        return find_browser()
    if shell := find_shell():
        return shell
    may_install = bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0
    if may_install:
        say("Installing Chromium's shell ...")
        said = apt(INSTALL_SHELL)
        if found := find_shell() or find_browser():
            return found
        say("Installing Chromium and CJK fonts ...")
        said += apt(INSTALL_BROWSER)
        return find_browser() or sys.exit(f"{said[-2000:]}\nInstalling Chromium failed. Try: {INSTALL_BROWSER}")
    if found := find_browser():
        return found
    if shutil.which("apt-get"):
        sys.exit(f"The tests need a browser. Install it: sudo apt-get update && sudo {INSTALL_BROWSER}")
    sys.exit("The tests need Chrome, Chromium or Edge. Install one, or name it in NEGOTIATION_BROWSER.")


def find_shell() -> str:
    """Returns a browser without windows of this machine, or nothing."""
    return next((found for found in map(shutil.which, SHELLS) if found), "")


def apt(command: str) -> str:
    """Installs with apt-get, without waiting long for sources that do not answer, and returns what it says."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    patience = ["-o", "Acquire::http::Timeout=10", "-o", "Acquire::Retries=0"]
    # An update may complain about one source and still bring what is needed: only the outcome counts.
    with contextlib.suppress(subprocess.TimeoutExpired):
        update = ["apt-get", "update", *patience]
        subprocess.run(update, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    run = subprocess.run(
        [*command.split(), *patience], env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return run.stdout


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next start does what is still to do.")
