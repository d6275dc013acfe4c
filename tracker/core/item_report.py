"""Reports of questions: what a learner may say of one, and what may be answered."""

from collections.abc import Mapping
from dataclasses import dataclass

REASONS: Mapping[str, str] = {
    "key": "The answer marked right is wrong",
    "several": "More than one answer is right",
    "outdated": "Out of date",
    "unclear": "Unclear",
    "other": "Something else",
}
"""Why a question can be reported, with the words for it."""
LONGEST_NOTE = 2_000
"""Characters of a report's note, and of its answer."""


@dataclass(frozen=True)
class Said:
    """What a learner says of a question: one of the reasons, and a note that may be empty."""

    reason: str
    note: str


@dataclass(frozen=True)
class Problem:
    """Why a report or its answer cannot be kept, at the field that has to change."""

    field: str
    message: str


def problems(said: Said) -> list[Problem]:
    """What is wrong with a report."""
    found = []
    if said.reason not in REASONS:
        found.append(Problem("reason", "Choose what is wrong with the question."))
    if said.reason == "other" and not said.note:
        found.append(Problem("note", "Say in a few words what it is."))
    return found + _too_long("note", said.note)


def problems_of_answer(answer: str) -> list[Problem]:
    """What is wrong with the operator's answer to a report."""
    if not answer:
        return [Problem("answer", "Write what the learner should know.")]
    return _too_long("answer", answer)


def _too_long(field: str, text: str) -> list[Problem]:
    if len(text) <= LONGEST_NOTE:
        return []
    return [Problem(field, f"This text has {len(text):,} characters; {LONGEST_NOTE:,} can be kept.")]
