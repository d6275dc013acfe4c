"""The house rules that a reader of the source can check, as tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.cast import Person
from tests.learner_guard import EXEMPT, LEARNER_TABLES, WithoutLearner, offence
from tracker.store import learners
from tracker.store.engine import reading

ROOT = Path(__file__).resolve().parent.parent
TRACKER, TESTS = ROOT / "tracker", ROOT / "tests"
ROOMS = ("core", "store", "services", "web", "cli")
LONGEST_MODULE, LONGEST_FUNCTION = 300, 50
ENDS_A_TRANSACTION = {"commit", "begin", "begin_nested"}


def modules(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((TRACKER / room).rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def has_code(path: Path) -> bool:
    """Whether a module holds more than a docstring, imports and a list of names."""
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        or (isinstance(node, ast.Assign) and path.name != "__init__.py")
        for node in ast.parse(path.read_text()).body
    )


def called(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Name and line of each method called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr, node.lineno


def commits(source: str) -> list[int]:
    """The lines that end a transaction or promise to."""
    return [line for method, line in called(ast.parse(source)) if method in ENDS_A_TRANSACTION]


def long_functions(source: str) -> list[tuple[str, int]]:
    """Name and lines of each function that is too long."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    sized = [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in found]
    return [(function, lines) for function, lines in sized if lines > LONGEST_FUNCTION]


def test_only_web_and_cli_commit() -> None:
    offences = [
        f"{name(path)}:{line}" for path in modules("core", "store", "services") for line in commits(path.read_text())
    ]
    assert offences == []


def test_the_search_for_commits_finds_one() -> None:
    assert commits("def verb(session):\n    session.add(1)\n    session.commit()") == [3]
    assert commits("def verb(engine):\n    with engine.begin() as connection:\n        pass") == [2]


def mirrored(path: Path) -> list[Path]:
    """Where the tests of a module may be: a file or folder of its name, or the one file of its whole package."""
    inside = path.relative_to(TRACKER)
    at = TESTS / inside.parent
    of_the_package = [at.parent / f"test_{at.name}.py"] if len(inside.parts) > 2 else []
    if path.name == "__init__.py":
        return [at / "test_init.py", *of_the_package]
    return [at / f"test_{path.stem}.py", at / path.stem, *of_the_package]


@pytest.mark.parametrize("path", [path for path in modules(*ROOMS) if has_code(path)], ids=name)
def test_each_module_has_its_tests_at_the_mirrored_path(path: Path) -> None:
    assert any(place.exists() for place in mirrored(path)), f"no {' or '.join(map(name, mirrored(path)))}"


def test_modules_stay_short() -> None:
    sizes = {name(path): len(path.read_text().splitlines()) for path in TRACKER.rglob("*.py")}
    assert {file: lines for file, lines in sizes.items() if lines > LONGEST_MODULE} == {}


def test_functions_stay_short() -> None:
    found = {name(path): long_functions(path.read_text()) for path in TRACKER.rglob("*.py")}
    assert {file: functions for file, functions in found.items() if functions} == {}


def test_the_search_for_long_functions_finds_one() -> None:
    assert long_functions("def long():\n" + "    pass\n" * 50) == [("long", 51)]
    assert long_functions("def short():\n" + "    pass\n" * 49) == []


WITHOUT_LEARNER = [
    "SELECT attempt.id FROM attempt WHERE attempt.id = ?",
    "SELECT attempt.user_id FROM attempt",
    "SELECT attempt_1.id FROM attempt AS attempt_1 WHERE attempt_1.id = ?",
    "UPDATE learner SET name=? WHERE learner.name = ?",
    "DELETE FROM card WHERE card.concept = ?",
    "INSERT INTO card (concept, stability) VALUES (?, ?)",
    "SELECT item.id FROM item JOIN attempt ON attempt.item_id = item.id WHERE item.id = ?",
    "SELECT learner.name FROM learner, login_session WHERE login_session.user_id = ?",
    "SELECT login_session.agent \nFROM learner JOIN login_session ON login_session.agent = learner.name "
    "WHERE learner.user_id = ?",
]
WITH_LEARNER = [
    "SELECT attempt.id FROM attempt WHERE attempt.user_id = ? AND attempt.id = ?",
    "SELECT attempt_1.id FROM attempt AS attempt_1 WHERE attempt_1.user_id = ?",
    "SELECT learner.name FROM learner JOIN login_session ON login_session.user_id = learner.user_id "
    "WHERE learner.user_id = ?",
    "UPDATE learner SET name=? WHERE learner.user_id = ?",
    "DELETE FROM card WHERE card.user_id = ?",
    "INSERT INTO card (user_id, concept) VALUES (?, ?) ON CONFLICT (user_id, concept) DO UPDATE SET stability = ?",
    "SELECT item.id FROM item WHERE item.id = ?",
    "CREATE TABLE attempt (id INTEGER)",
]


@pytest.mark.parametrize("sql", WITHOUT_LEARNER)
def test_the_guard_knows_a_statement_without_user_id(sql: str) -> None:
    assert offence(sql) is not None


@pytest.mark.parametrize("sql", WITH_LEARNER)
def test_the_guard_lets_a_statement_with_user_id_pass(sql: str) -> None:
    assert offence(sql) is None


def test_the_guard_watches_every_learner_table() -> None:
    assert {"learner", "login_session", "attempt", "card", "ability", "practice_run"} <= set(LEARNER_TABLES)
    for table in LEARNER_TABLES:
        assert offence(f"SELECT {table}.user_id FROM {table}") == table, table


def test_the_guard_is_on_for_the_product_and_not_for_a_test(mika: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.learner_guard.EXEMPT", set())
    with reading(mika.engine) as session:
        everybody = session.scalars(select(learners.LearnerRow.user_id)).all()
        assert everybody == [mika.user_id]
        with pytest.raises(WithoutLearner, match="user_ids touches learner"):
            learners.user_ids(session)


def test_every_exemption_of_the_guard_is_still_there() -> None:
    for module, function in EXEMPT:
        path = ROOT / (module.replace(".", "/") + ".py")
        assert path.exists(), module
        assert f"def {function}(" in path.read_text(), (module, function)


def test_a_read_transaction_refuses_a_write(mika: Person) -> None:
    with reading(mika.engine) as session, pytest.raises(Exception, match=r"readonly|read-only"):
        write(session)


def write(session: Session) -> None:
    session.execute(insert(learners.ThrottleRow).values(kind="a", key_sha256="b", failures=1, window_from=None))


def imported(source: str) -> set[str]:
    """The modules that a source names in its imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


OUTSIDE_CORE = ("flask", "sqlalchemy", "tracker.web", "tracker.services", "tests.cast", "tests.databases")


@pytest.mark.parametrize("path", sorted((TESTS / "core").rglob("*.py")), ids=name)
def test_core_is_tested_without_a_framework_or_a_database(path: Path) -> None:
    assert [module for module in imported(path.read_text()) if module.startswith(OUTSIDE_CORE)] == []
