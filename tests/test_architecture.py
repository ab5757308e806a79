"""The shape of the code, read from the code: who may import whom, what the rules may not touch, how long a module may be."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 400

# Downwards only: tournaments, conferences, rooms, scenarios, the rules. What a package may import of this project:
ARROWS = {
    "game": {"game"},
    "negotiation.languages": {"negotiation.languages", "game"},
    "negotiation.appearance": {"negotiation.appearance"},
    "negotiation.accounts": {"negotiation.accounts", "negotiation.languages"},
    "negotiation.scenarios": {"negotiation.scenarios", "negotiation.accounts", "negotiation.languages", "game"},
    "negotiation.rooms": {
        *("negotiation.rooms", "negotiation.scenarios", "negotiation.accounts", "negotiation.languages"),
        "game",
    },
    "negotiation.learning": {
        *("negotiation.learning", "negotiation.rooms", "negotiation.accounts", "negotiation.languages"),
        "game",
    },
    "negotiation.conferences": {
        *("negotiation.conferences", "negotiation.learning", "negotiation.rooms", "negotiation.scenarios"),
        *("negotiation.accounts", "negotiation.languages", "game"),
    },
    "negotiation.gallery": {
        *("negotiation.gallery", "negotiation.conferences", "negotiation.rooms", "negotiation.languages", "game"),
        "negotiation.security",
    },
    "negotiation.tournaments": {
        *("negotiation.tournaments", "negotiation.conferences", "negotiation.rooms", "negotiation.scenarios"),
        *("negotiation.accounts", "negotiation.languages", "game"),
    },
}
FOR_ALL = {"negotiation.numerals"}
"""What imports nothing of ours, and any app may import."""
OUTSIDE_OF_GAME = {"msgspec", *sys.stdlib_module_names}
RESEARCH = {"game/environment.py": {"gymnasium", "numpy", "pettingzoo"}}
"""What one module may need besides, which no other may import: whoever plays or serves never loads it."""

# The rules get the time, the seed and every id as arguments, or else a replay would not be the play.
IMPURE = re.compile(
    r"time\.(?!perf_counter$)\w+"
    r"|datetime\.(datetime\.(now|utcnow|today)|date\.today)"
    r"|random\.(?!Random$)\w+"
    r"|os\.(urandom|getrandom)"
    r"|(secrets|uuid)(\.\w+)*"
)
MAY_MEASURE_TIME = {"game/__main__.py", "game/bench.py"}

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def scripts() -> list[Path]:
    return sorted((ROOT / "static").rglob("*.js"))


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yields the line and the dotted name of everything that a module imports."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def is_within(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("package", ARROWS)
def test_imports_follow_the_arrows(package: str) -> None:
    wrong = [
        f"{name(path)}:{line} imports {module}"
        for path in python_files(package.replace(".", "/"))
        for line, module in imports(path)
        if is_within(module, {"game", "negotiation"}) and not is_within(module, ARROWS[package] | FOR_ALL)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_app_has_its_arrows() -> None:
    apps = {f"negotiation.{path.parent.name}" for path in (ROOT / "negotiation").glob("*/apps.py")}
    assert apps <= ARROWS.keys()


def test_the_rules_need_only_the_standard_library_and_msgspec() -> None:
    wrong = [
        f"{name(path)}:{line} imports {module}"
        for path in python_files("game")
        for line, module in imports(path)
        if module.partition(".")[0] not in OUTSIDE_OF_GAME | {"game"} | RESEARCH.get(name(path), set())
    ]
    assert not wrong, "\n".join(wrong)


def test_what_is_for_research_alone_is_imported_by_nothing() -> None:
    modules = {path.removesuffix(".py").replace("/", ".") for path in RESEARCH}
    wrong = [
        f"{name(path)}:{line} imports {module}"
        for path in python_files("game", "negotiation")
        for line, module in imports(path)
        if is_within(module, modules)
    ]
    assert not wrong, "\n".join(wrong)


def impurities(source: str) -> list[str]:
    """Returns each use of a clock or of randomness that no seed governs, and of hash() outside of a `__hash__`."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {a.asname: a.name for a in node.names if a.asname}
            names |= {a.name.partition(".")[0]: a.name.partition(".")[0] for a in node.names if not a.asname}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}

    def dotted(node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return names.get(node.id, "")
        if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
            return f"{owner}.{node.attr}"
        return ""

    hashing = {inner for node in ast.walk(tree) if getattr(node, "name", "") == "__hash__" for inner in ast.walk(node)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Name)) and IMPURE.fullmatch(dotted(node)):
            found.append(f"{node.lineno} uses {dotted(node)}")
        elif isinstance(node, ast.Call) and dotted(node.func) == "random.Random" and not node.args:
            found.append(f"{node.lineno} draws a seed from the system")
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "hash"
            and node not in hashing
        ):
            found.append(f"{node.lineno} uses hash(), which differs from process to process")
    return found


def test_the_rules_know_no_clock_and_no_chance() -> None:
    wrong = [f"{name(path)}:{found}" for path in python_files("game") for found in impurities(path.read_text("utf-8"))]
    assert not wrong, "\n".join(wrong)


def test_only_measuring_modules_of_the_rules_import_time() -> None:
    wrong = [
        f"{name(path)}:{line} imports {module}"
        for path in python_files("game")
        for line, module in imports(path)
        if is_within(module, {"time"}) and name(path) not in MAY_MEASURE_TIME
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.time()",
        "import time as t\nt.monotonic()",
        "from time import time\ntime()",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.date.today()",
        "import random\nrandom.random()",
        "from random import shuffle as mix\nmix([])",
        "import random\nrandom.Random()",
        "import random\nrandom.SystemRandom(1)",
        "import os\nos.urandom(8)",
        "import uuid\nuuid.uuid4()",
        "from secrets import token_hex\ntoken_hex()",
        "hash('x')",
    ],
)
def test_the_purity_check_sees(source: str) -> None:
    assert impurities(source)


@pytest.mark.parametrize(
    "source",
    [
        "import random\nrandom.Random(7).random()",
        "import time\ntime.perf_counter()",
        "from datetime import datetime\ndatetime(2003, 8, 27)",
        "class A:\n    def __hash__(self):\n        return hash(self.a)",
        "def f(rng, time):\n    return rng.random() + time.time",
    ],
)
def test_the_purity_check_lets_pass(source: str) -> None:
    assert not impurities(source)


def counts(node: ast.expr) -> bool:
    """Tells whether the expression is true or false, or a length: the sum of such is whole, whoever adds them up."""
    match node:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp(values=values):
            return all(map(counts, values))
        case ast.Call(func=ast.Name(id="bool" | "len")):
            return True
    return False


def uneven_sums(source: str) -> list[int]:
    """Returns the lines where the built-in `sum` may meet a float; Python 3.12 and later add those up otherwise."""
    tree = ast.parse(source)
    whole = {
        id(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.GeneratorExp | ast.ListComp)
        and counts(node.args[0].elt)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "sum" and isinstance(node.ctx, ast.Load) and id(node) not in whole
    ]


def test_the_rules_add_floats_up_the_same_on_every_python() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in python_files("game")
        for line in uneven_sums(path.read_text(encoding="utf-8"))
    ]
    assert not found, "use game.addition.added"


@pytest.mark.parametrize("source", ["sum(row)", "sum(x * y for x in row)", "key = sum", "sum(a or b for a in row)"])
def test_the_check_of_sums_sees(source: str) -> None:
    assert uneven_sums(source) == [1]


def test_the_check_of_sums_lets_counts_pass() -> None:
    assert uneven_sums("sum(a == b and not c for a in row) + sum(len(x) for x in row)") == []


def test_modules_are_short() -> None:
    paths = [*python_files("game", "negotiation"), ROOT / "play.py", *scripts()]
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE}


def test_modules_are_named_after_what_they_own() -> None:
    paths = [*python_files("game", "negotiation", "tests"), *scripts()]
    assert not [name(path) for path in paths if DRAWERS & {part.removesuffix(path.suffix) for part in path.parts}]


class InlineCode(HTMLParser):
    """Notes what the content policy would block, or what would leave this site."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attributes}
        # A script that is data (its type says so) does not run.
        runs = tag == "script" and given.get("type", "module") in ("module", "text/javascript")
        wrong = (runs and "src" not in given) or tag == "style" or "style" in given
        wrong |= any(key.startswith("on") for key in given)
        wrong |= any(value.strip().lower().startswith("javascript:") for value in given.values())
        loads = given.get("src", "") + (given.get("href", "") if tag == "link" else "")
        if wrong or "//" in loads:
            self.found.append(f"{self.getpos()[0]} {self.get_starttag_text()}")


def test_templates_hold_no_inline_code_and_no_foreign_files() -> None:
    wrong = []
    for path in templates():
        parser = InlineCode()
        # Tags of the template language may stand inside of attributes.
        parser.feed(re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "x", path.read_text(encoding="utf-8")))
        wrong += [f"{name(path)}:{found}" for found in parser.found]
    assert not wrong, "\n".join(wrong)


def test_whoever_installs_the_rules_gets_all_that_they_read() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert tools["packages"]["find"]["include"] == ["game", "game.*"]
    patterns = tools["package-data"]["*"]
    read = [path for path in (ROOT / "game").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    assert len(read) > 50
    assert not [name(path) for path in read if not any(path.match(pattern) for pattern in patterns)]


def test_no_foreign_and_no_minified_files_are_kept() -> None:
    kept = [path for folder in ("static", "templates", "negotiation") for path in (ROOT / folder).rglob("*")]
    code = [path for path in kept if path.suffix in (".js", ".mjs", ".css")]
    foreign = {"vendor", "node_modules", "third_party", "dist", "lib"}
    assert not [name(path) for path in code if ".min." in path.name or foreign & set(path.parts[len(ROOT.parts) :])]
    assert not [name(path) for path in code if max(map(len, path.read_text("utf-8").splitlines()), default=0) > 500]


def test_imports_between_scripts_end_in_semicolons() -> None:
    """The hashed names of a collected build are written into imports that end in one, and into no others."""
    statement = re.compile(r"^(?:import|export)\b[^;\"'`()]*(?:from\s*)?[\"'][^\"']+[\"'](?!;)", re.MULTILINE)
    assert not [name(path) for path in scripts() if statement.search(path.read_text(encoding="utf-8"))]


def test_socket_tests_commit_what_they_write() -> None:
    """A socket's database work runs in another thread, which a test's open transaction would lock out."""
    bare = re.compile(r"mark\.django_db(?!\([^)]*transaction=True)")
    paths = [path for path in python_files("tests") if path != Path(__file__)]
    texts = {name(path): path.read_text(encoding="utf-8") for path in paths}
    assert not [path for path, text in texts.items() if "WebsocketCommunicator" in text and bare.search(text)]


def test_nothing_names_a_machine_or_a_registry() -> None:
    """A clone works anywhere, so no file may know where it was written."""
    locks = [*ROOT.glob("*.lock"), ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / "play.py", ROOT / ".ci" / "run"]
    telling = re.compile(r"https?://|file://|--(?:extra-)?index-url|--find-links|/(?:work|root|home|tmp|opt)/")
    assert not [name(path) for path in locks if telling.search(path.read_text(encoding="utf-8"))]
