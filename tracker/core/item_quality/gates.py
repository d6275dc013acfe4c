"""A gate: one measured figure of a bank between its limits, with the items that put it there."""

from dataclasses import dataclass
from typing import Literal

from tracker.core.bank import Item

Unit = Literal["share", "count", "ratio"]

# Shares such as 0.22 - 0.20 miss their decimal by a rounding error, which must not fail a gate.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Offence:
    """What a gate objects to: an item's id (or a domain, task or concept) and why."""

    subject: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """`value` None means nothing to measure, which holds. A share is 0..1, a ratio has no unit.

    `blind`: the value is what a strategy wins of the single-answer items without understanding one.
    """

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: Unit = "share"
    offences: tuple[Offence, ...] = ()
    blind: bool = False

    @property
    def ok(self) -> bool:
        """Whether the value lies within its limits, ends included."""
        if self.value is None:
            return True
        above = self.low is None or self.value >= self.low - _ROUNDING
        return above and (self.high is None or self.value <= self.high + _ROUNDING)

    @property
    def limit(self) -> float | tuple[float, float] | None:
        """The one limit there is, or (low, high)."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        return self.high if self.low is None else self.low


def none_allowed(name: str, offences: list[Offence]) -> Gate:
    """A gate that fails with the first offence; its value is their number."""
    return Gate(name, len(offences), high=0, unit="count", offences=tuple(offences))


def ratio(part: float, whole: float) -> float | None:
    """part / whole, None if there is no whole."""
    return part / whole if whole else None


def singles(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The single-answer items: what a blind reader plays with."""
    return tuple(item for item in items if item.kind == "single")


def option_texts(item: Item) -> list[str]:
    """Everything a candidate can choose or place."""
    return [option.text for option in item.options] + [
        text for pair in item.pairs for text in (pair.prompt, pair.match)
    ]


def key_texts(item: Item) -> list[str]:
    """What the right answer consists of; for ordering and matching that is every option and match."""
    if item.kind == "ordering":
        return [option.text for option in item.options]
    return [option.text for option in item.keys] + [pair.match for pair in item.pairs]
