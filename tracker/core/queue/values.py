"""What the queue is given and what it answers with: plain values, the reason among them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple, Self, get_args

from tracker.core.ability import PRIOR_DIFFICULTY, ItemDifficulty

Kind = Literal["new", "due", "weak", "loss", "spaced"]


class ItemView(NamedTuple):
    """An open item as this learner has met it; `last_seen_on` is None while it is unseen."""

    id: str
    last_seen_on: date | None = None
    times_seen: int = 0
    reserved: bool = False


@dataclass(frozen=True)
class Candidate:
    """A concept that may be asked, with its open items.

    last_visit: the ordinal (1, 2, 3 ...) of the learner's latest answer on this concept among all answers
    of the certification, None if there is none; difficulty and options: those of a typical item of the
    concept.
    """

    concept: str
    domain: str
    items: tuple[ItemView, ...]
    last_visit: int | None = None
    difficulty: ItemDifficulty = PRIOR_DIFFICULTY["medium"]
    options: int = 4

    # kept once looked up: callers hold their candidates from one choice to the next

    @cached_property
    def rested_since(self) -> date:
        """The last sight of the item that rested longest, the beginning of time for an unseen one."""
        return min((view.last_seen_on or date.min for view in self.items), default=date.max)

    @cached_property
    def reserved(self) -> str | None:
        """An item of the reserve that should not be here."""
        return next((view.id for view in self.items if view.reserved), None)


@dataclass(frozen=True)
class Reason:
    """Why this question now, as data.

    kind: never asked, due for recall, of a weak domain and expected to lose more than most, expected to lose
    more than most in a domain that goes well, or simply its turn; recall: chance
    of recall today, None while the concept has no card; domain_weight: share of the exam; first_sights and
    first_sight_right: in the domain; expected: chance of a right answer to an unseen item of the concept on
    exam day; waited: questions since the concept was last asked, None if never.
    """

    kind: Kind
    recall: float | None
    domain: str
    domain_weight: float
    first_sights: int
    first_sight_right: int
    unseen: bool
    leech: bool
    expected: float
    waited: int | None

    def to_json(self) -> dict[str, Any]:
        """A dictionary of plain values, as stored with the issued question."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The reason that `to_json` wrote. Raises ValueError if it is not one."""
        if set(values) != set(cls.__dataclass_fields__) or values["kind"] not in get_args(Kind):
            raise ValueError("not the reason of a choice")
        return cls(**values)


@dataclass(frozen=True)
class Choice:
    """The next question and its reason."""

    item_id: str
    concept: str
    domain: str
    reason: Reason


@dataclass(frozen=True)
class Exhausted:
    """Nothing new is left, of one domain or (domain None) for the whole choice.

    items: how many open items there are; until: the first day on which one of them may come back, None if
    there are none at all.
    """

    domain: str | None
    items: int
    until: date | None
