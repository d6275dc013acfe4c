"""The guard of the rule that every statement on a learner table carries `user_id`.

It listens to every engine while the suite runs. Only the product is held to the rule: what a test asks of the
tables directly is the test's own business, and so is a migration, which works on all rows at once.
"""

import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Engine, event

import tracker
from tracker.store.tables import Base

PRODUCT = str(Path(tracker.__file__).parent)
LEARNER_TABLES = tuple(name for name, table in Base.metadata.tables.items() if table.info.get("learner"))

EXEMPT = {
    # the operator's commands go through all learners, one after the other
    ("tracker.store.learners", "user_ids"),
    # the statistics of an item are about everybody who answered it
    ("tracker.store.item_answers", "of_everybody"),
    ("tracker.store.item_answers", "of_items"),
    # an upgrade asks whether an earlier one was broken off before it had folded everybody
    ("tracker.store.cards", "without_abilities"),
    # calibrate asks who still has to be moved
    ("tracker.store.calibrations", "behind"),
    # a void version leaves the estimates of everybody who answered it
    ("tracker.store.item_answers", "learners_of"),
    # the sweep asks for papers whose time is over
    ("tracker.store.sittings", "left_by_everybody"),
    # the doctor asks when the last answer of all was given
    ("tracker.store.health", "last_answer_at"),
    # the operator reads what all learners reported
    ("tracker.store.item_reports", "open_of_everybody"),
    ("tracker.store.item_reports", "answered_of_everybody"),
    ("tracker.store.item_reports", "open_count_of_everybody"),
}
"""(module, function) that may ask across learners."""

USED = re.compile(rf'(?:\bFROM|\bJOIN|\bINTO|\bUPDATE|,) "?({"|".join(LEARNER_TABLES)})"?(?: AS (\w+))?(?![.\w])')


class WithoutLearner(AssertionError):
    """The product touched a learner table without saying whose rows it wants."""


def offence(sql: str) -> str | None:
    """The learner table that this statement touches without `user_id`; None when there is none."""
    sql = " ".join(sql.split())
    # a column may be named like a table: the list of an INSERT names columns only
    for found in USED.finditer(re.sub(r"(\bINTO \w+) \([^)]*\)", r"\1", sql)):
        table, name = found[1], found[2] or found[1]
        inserted = re.search(rf"\bINTO {table} \(([^)]*)\)", sql)
        named = "user_id" in inserted[1] if inserted else re.search(rf"\b{name}\.user_id = |= {name}\.user_id\b", sql)
        if not named:
            return table
    return None


def caller() -> tuple[str, str] | None:
    """The (module, function) of the product that issued the statement; None when it was somebody else."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if not module.startswith(("sqlalchemy.", "tests.learner_guard", "contextlib")):
            inside = frame.f_code.co_filename.startswith(PRODUCT)
            return (module, frame.f_code.co_name) if inside else None
        frame = frame.f_back
    return None


def check(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    table = offence(statement)
    if table is None:
        return
    who = caller()
    if who is None or who in EXEMPT:
        return
    raise WithoutLearner(f"{'.'.join(who)} touches {table} without user_id: {statement}")


def enable() -> None:
    event.listen(Engine, "before_cursor_execute", check)


def disable() -> None:
    event.remove(Engine, "before_cursor_execute", check)
