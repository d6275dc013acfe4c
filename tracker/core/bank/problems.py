"""What is wrong with a bank, as values: everything is collected, then raised at once."""

from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST_FIELD = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the file (relative to the bank's folder), the item or concept, the field, what is wrong."""

    file: str
    message: str
    item: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        """In one line that a terminal may be sent, whatever stands in the file."""
        parts = (self.file, self.item, (self.field or "")[:_LONGEST_FIELD], self.message)
        text = ": ".join(part for part in parts if part)
        return "".join(letter if letter.isprintable() else "?" for letter in text)


class BankError(Exception):
    """The bank cannot be used. `problems` holds every fault found, sorted by file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.file))
        super().__init__("\n".join(str(problem) for problem in self.problems))
