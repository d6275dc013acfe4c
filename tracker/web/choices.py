"""What a question's form sends: checked options, or one select for each line."""

from werkzeug.datastructures import MultiDict

LONGEST_POSITION = 2
"""Digits of a displayed position at the most; more is not one of ours."""
MOST_LINES = 7


def position(value: str) -> int:
    """A displayed position; -1 for what is none."""
    return int(value) if value.isdecimal() and value.isascii() and len(value) <= LONGEST_POSITION else -1


def lines(form: MultiDict[str, str]) -> list[int | None]:
    """The place chosen for each line, in their order; None for a line without a choice."""
    sent = [form[f"line-{line}"] for line in range(MOST_LINES) if f"line-{line}" in form]
    return [position(value) if value else None for value in sent]


def sent_positions(form: MultiDict[str, str]) -> tuple[int, ...]:
    """All that was chosen, as displayed positions."""
    chosen = [position(value) for value in form.getlist("choice") if value]
    return tuple(chosen or [value for value in lines(form) if value is not None])


def partial_positions(form: MultiDict[str, str]) -> tuple[int | None, ...]:
    """The same with a gap for each line without a choice."""
    chosen = [position(value) for value in form.getlist("choice") if value]
    return tuple(chosen or lines(form))
