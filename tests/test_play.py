"""What `python3 play.py` promises to who starts it, each promise tried on a real process."""

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

import play
from negotiation import addresses
from tests.live_server import ROOT, LiveServer


def answer(url: str, host: str = "") -> int:
    """Returns the status of a page, asked for under another host name where one is given."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Host": host} if host else {})) as page:
            return int(page.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def run_manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True)


# Starting


def test_a_taken_port_moves_to_the_next_and_says_so(tmp_path: Path) -> None:
    server = LiveServer(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        server.start(port=taken)
    try:
        assert server.port > taken
        assert f"Port {taken} is taken, so this is port {server.port}." in server.output
        assert answer(server.url) == 200
    finally:
        server.kill()


def test_ctrl_c_stops_cleanly_and_the_port_is_free_again(own_server: LiveServer) -> None:
    assert own_server.stop() == 0
    assert own_server.output.rstrip().endswith("Stopped.")
    port = own_server.port
    own_server.start()
    assert own_server.port == port


def test_a_second_server_on_the_same_data_is_refused_with_the_address_of_the_first(own_server: LiveServer) -> None:
    second = LiveServer(own_server.data)
    with pytest.raises(AssertionError) as refused:
        second.start()
    assert f"A server runs on this data already at {own_server.url}. Stop it first" in str(refused.value)
    assert "Traceback" not in second.output
    assert answer(own_server.url) == 200
    own_server.kill()  # a crash leaves no lock behind
    second.start()
    assert answer(second.url) == 200
    second.kill()


def test_the_key_is_made_once_and_for_its_owner_alone(own_server: LiveServer) -> None:
    key = own_server.data / "secret_key"
    first = key.read_text()
    own_server.stop()
    own_server.start()
    assert key.read_text() == first
    assert len(first) >= 50
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert stat.S_IMODE(own_server.data.stat().st_mode) == 0o700


def test_lan_names_an_address_that_other_machines_may_use(tmp_path: Path) -> None:
    server = LiveServer(tmp_path, "--lan")
    server.start()
    try:
        found = addresses.lan_addresses()
        if not found:
            assert "no address in a network" in server.output
            return
        home = f"http://{found[0]}:{server.port}/"
        assert home in server.output
        assert any(block in server.output for block in "█▀▄"), "the code for phones"
        assert answer(home) == 200
        assert answer(home, host="elsewhere.example") == 400
    finally:
        server.kill()


def test_without_lan_only_this_machine_gets_in(shared_server: LiveServer) -> None:
    for address in addresses.lan_addresses():
        with socket.socket() as knock:
            knock.settimeout(5)
            assert knock.connect_ex((address, shared_server.port)) != 0


# The database


def backups(server: LiveServer) -> list[Path]:
    return sorted((server.data / "backups").glob("*"))


def test_the_database_is_copied_before_it_changes_its_form_and_only_then(own_server: LiveServer) -> None:
    own_server.stop()
    own_server.start()
    assert not backups(own_server), "nothing had to change"
    own_server.stop()
    own_server.manage("migrate", "accounts", "zero", "-v", "0")
    with closing(sqlite3.connect(own_server.database)) as database, database:
        database.execute("CREATE TABLE dear (memory TEXT)")
    own_server.start()
    (backup,) = backups(own_server)
    assert str(backup) in own_server.output
    with closing(sqlite3.connect(backup)) as copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
    assert "dear" in tables
    assert "accounts_firstlink" not in tables, "the copy is from before"


def test_the_newest_five_copies_are_kept(own_server: LiveServer) -> None:
    own_server.stop()
    own_server.manage(
        "shell", "-c", "from pathlib import Path\nfrom negotiation import backups\n"
        f"for _ in range(7): backups.copy_database(Path({str(own_server.data / 'backups')!r}))"
    )  # fmt: skip
    assert len(backups(own_server)) == 5


# The first facilitator


def make_account(link: str, name: str) -> tuple[int, str]:
    """Fills in the form behind the link; returns the last page's status and text."""
    jar = http.cookiejar.CookieJar()
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    try:
        with visitor.open(link) as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
        assert token
        form = {"csrfmiddlewaretoken": token[1], "username": name, "password1": "wide-river-42"}
        data = urllib.parse.urlencode(form | {"password2": form["password1"]}).encode()
        with visitor.open(link, data) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_the_first_facilitator_gets_in_by_a_link_that_works_once(own_server: LiveServer) -> None:
    link = own_server.first_link
    status, page = make_account(link, "alice")
    assert status == 200
    assert "alice" in page, "logged in"
    assert make_account(link, "mallory")[0] == 410
    own_server.stop()
    printed = own_server.output.count("/accounts/first/")
    own_server.start()
    assert own_server.output.count("/accounts/first/") == printed, "somebody has an account now"


def test_a_new_start_ends_the_old_link(own_server: LiveServer) -> None:
    old = own_server.first_link
    own_server.stop()
    own_server.start()
    assert own_server.first_link != old
    assert answer(old) == 410
    assert answer(own_server.first_link) == 200
    token = old.rstrip("/").rpartition("/")[2]
    assert token.encode() not in own_server.database.read_bytes(), "only a digest is kept"
    assert not re.search(rf"(WARNING|ERROR).*{token}", own_server.output), "no log line lets anybody in"


# Settings that cannot be meant


@pytest.mark.parametrize(
    ("variable", "wrong", "says"),
    [
        ("NEGOTIATION_DEBUG", "maybe", "neither yes nor no"),
        ("NEGOTIATION_LOG", "loud", "Use one of: debug, info, warning, error"),
        ("NEGOTIATION_TIME_ZONE", "Asia/Atlantis", "is not a time zone"),
        ("NEGOTIATION_HOST", "example.org", "is not a setting. The settings are"),
        ("DATABASE_URL", "mysql://user:hush@host/db", "DATABASE_URL is not understood"),
        ("REDIS_URL", "localhost:6379", "REDIS_URL is not understood"),
    ],
)
def test_a_wrong_setting_stops_with_one_sentence(tmp_path: Path, variable: str, wrong: str, says: str) -> None:
    run = run_manage("check", **{"NEGOTIATION_DATA": str(tmp_path), variable: wrong})
    assert run.returncode != 0
    assert says in run.stderr
    assert "Traceback" not in run.stderr
    assert "hush" not in run.stderr, "a password in an address stays there"


def test_a_key_that_is_no_key_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("abc")
    run = run_manage("check", NEGOTIATION_DATA=str(tmp_path))
    assert run.returncode != 0
    assert "holds no usable key" in run.stderr


# Setting up


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with play.py and locks of nothing, for setting up needs no network then."""
    shutil.copy(ROOT / "play.py", tmp_path)
    for lock in play.LOCKS:
        (tmp_path / lock).write_text("")
    return tmp_path


def run_setup(project: Path) -> str:
    command = [getattr(sys, "_base_executable", sys.executable), "play.py", "setup"]
    # What is compiled of an environment goes with it, not to where this run keeps bytecode.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPYCACHEPREFIX"}
    run = subprocess.run(command, cwd=project, env=own, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_setting_up_does_only_what_is_still_to_do(project: Path) -> None:
    assert "Making .venv" in run_setup(project)
    second = run_setup(project)
    assert "Making" not in second
    assert "Installing" not in second
    (project / play.PLAY).write_text("# changed\n")
    changed = run_setup(project)
    assert "Making" not in changed
    assert "Installing" in changed
    broken = project / play.PYTHON.relative_to(play.ROOT)
    broken.unlink()
    broken.symlink_to("/nowhere/python3")
    assert "Making .venv" in run_setup(project), "its interpreter is gone, as after an upgrade of the system"


def test_a_first_start_that_ctrl_c_stops_says_one_sentence_and_the_next_one_sets_up(project: Path) -> None:
    command = [getattr(sys, "_base_executable", sys.executable), "play.py", "setup"]
    first = subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    interpreter = project / play.PYTHON.relative_to(play.ROOT)
    deadline = time.monotonic() + 30
    while not interpreter.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(first.pid, signal.SIGINT)  # as a terminal does: to the whole group
    said, _ = first.communicate(timeout=30)
    assert first.returncode != 0
    assert "Stopped. The next start does what is still to do." in said
    assert "Traceback" not in said
    assert interpreter.exists(), "it was stopped too early to prove anything"
    assert "Making .venv" in run_setup(project)


def test_the_folder_may_have_a_name_that_the_locale_cannot_write(tmp_path: Path) -> None:
    folder = tmp_path / "ü 한국"
    folder.mkdir()
    shutil.copy(ROOT / "play.py", folder)
    base = getattr(sys, "_base_executable", sys.executable)
    subprocess.run([base, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    plain = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [base, "-c", "import play; print(play.interpreter_version())"]
    run = subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True)
    assert run.stdout.strip() == f"{sys.version_info[0]}.{sys.version_info[1]}", run.stderr


def test_tests_drive_a_shell_before_a_browser_and_what_is_named_before_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("chromium", play.SHELLS[0], "mine"):
        (tmp_path / name).touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("NEGOTIATION_BROWSER", raising=False)
    assert play.browser_for_tests() == str(tmp_path / play.SHELLS[0])
    assert play.find_browser() == str(tmp_path / "chromium"), "who looks at pages, or prints, wants no shell"
    (tmp_path / play.SHELLS[0]).unlink()
    assert play.browser_for_tests() == str(tmp_path / "chromium"), "nothing can be installed here"
    monkeypatch.setenv("NEGOTIATION_BROWSER", "mine")
    assert play.browser_for_tests() == str(tmp_path / "mine")


def test_the_locks_name_no_host_and_every_package_has_its_hash() -> None:
    for lock in play.LOCKS:
        text = (ROOT / lock).read_text()
        assert not re.search(r"https?:|file:|--index-url|--find-links|@ ", text)
        packages = re.findall(r"^\S+==\S+.*$", text, re.MULTILINE)
        assert len(packages) > 20
        assert all(line.endswith("\\") for line in packages), "its hashes follow"


def test_a_larger_lock_holds_the_smaller_ones() -> None:
    pins = [set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text(), re.MULTILINE)) for lock in play.LOCKS]
    assert pins[0] < pins[1] < pins[2]
