"""What the bank is made of: frozen, strictly typed values, as YAML files and stored JSON spell them."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Kind = Literal["single", "multiple", "ordering", "matching"]
Level = Literal["recall", "apply", "analyse"]
Difficulty = Literal["easy", "medium", "hard"]

DERIVED = ("certification", "domain")
"""Fields of an item that follow from where its file lies, and may not stand in it."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _printable(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("holds a control character")
    return text


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _day(value: Any) -> Any:
    # JSON has no dates: what model_dump(mode="json") wrote must come back.
    return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else value


_Trimmed = StringConstraints(strip_whitespace=True, min_length=1)
_Clean = AfterValidator(_printable)

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$", max_length=20)]
Name = Annotated[str, _Trimmed, StringConstraints(max_length=200), _Clean]
Stem = Annotated[str, _Trimmed, StringConstraints(max_length=4_000), _Clean]
OptionText = Annotated[str, _Trimmed, StringConstraints(max_length=600), _Clean]
Reason = Annotated[str, _Trimmed, StringConstraints(max_length=1_200), _Clean]
Summary = Annotated[str, _Trimmed, StringConstraints(max_length=1_000), _Clean]
Explanation = Annotated[str, _Trimmed, StringConstraints(max_length=3_000), _Clean]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+(/\S*)?$", max_length=500), _Clean]
Day = Annotated[date, BeforeValidator(_day)]
Share = Annotated[float, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=1, le=1_000)]
List = BeforeValidator(_listed)


class Value(BaseModel):
    """A frozen value. Refuses unknown keys; converts only lists (to tuples) and ISO days (to dates)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(Value):
    """Where a claim can be read. `checked` is the day somebody opened it and found the claim there."""

    title: Name
    url: Url
    checked: Day | None = None


class Concept(Value):
    """A knowledge component, shared between certifications. `needs` are the slugs that come first."""

    slug: Slug
    name: Name
    summary: Summary
    explain: Explanation
    read: Annotated[tuple[Source, ...], List, Field(min_length=1, max_length=3)]
    confused_with: Annotated[tuple[Slug, ...], List] = ()
    needs: Annotated[tuple[Slug, ...], List] = ()


class Option(Value):
    """One answer with its reason. `correct` is absent in an ordering, whose file order is the key."""

    text: OptionText
    why: Reason
    correct: bool | None = None
    misconception: Reason | None = None


class Pair(Value):
    """A prompt of a matching item with the one match it has."""

    prompt: OptionText
    match: OptionText
    why: Reason
    misconception: Reason | None = None


class Item(Value):
    """A question of the bank. `certification` and `domain` say where its file lies, the rest is in it."""

    id: Slug
    certification: Slug
    domain: Code
    task: Code
    concept: Slug
    kind: Kind
    level: Level
    difficulty: Difficulty
    stem: Stem
    options: Annotated[tuple[Option, ...], List] = ()
    pairs: Annotated[tuple[Pair, ...], List] = ()
    source: Source | None = None
    added_in: Code | None = None
    removed_in: Code | None = None
    reserved: bool = False

    @property
    def keys(self) -> tuple[Option, ...]:
        """The right options; none for ordering and matching."""
        return tuple(option for option in self.options if option.correct)

    @property
    def distractors(self) -> tuple[Option, ...]:
        """The wrong options; none for ordering and matching."""
        return tuple(option for option in self.options if option.correct is False)


class Task(Value):
    """An official task statement."""

    id: Code
    name: Name


class Domain(Value):
    """A content domain of an exam version; `weight` in points of the version's total."""

    id: Code
    name: Name
    weight: Count
    tasks: Annotated[tuple[Task, ...], List, Field(min_length=1)]


class ExamVersion(Value):
    """One edition of an exam. The lines are our own targets, shares of right answers; no `minutes`: untimed.

    `weights_total` is what the vendor's weights add up to: 100, unless its rounded figures do not.
    """

    code: Code
    questions: Count
    pass_line: Share
    go_line: Share
    domains: Annotated[tuple[Domain, ...], List, Field(min_length=1)]
    minutes: Count | None = None
    english_from: Day | None = None
    english_until: Day | None = None
    weights_total: Count = 100

    def is_open(self, on: date) -> bool:
        """Whether candidates can still aim at it: not yet ended on that day, or still to come."""
        return self.english_until is None or on <= self.english_until


class Certification(Value):
    """An exam or course a learner aims at. Money in US dollars, validity in years (None: does not expire)."""

    slug: Slug
    name: Name
    vendor: Name
    level: Name
    position: Count
    exam_versions: Annotated[tuple[ExamVersion, ...], List, Field(min_length=1)]
    sources: Annotated[tuple[Source, ...], List, Field(min_length=1)]
    price_usd: Annotated[int, Field(ge=0)] | None = None
    validity_years: Count | None = None
    notices: Annotated[tuple[Reason, ...], List] = ()

    def open_version(self, on: date) -> ExamVersion:
        """The first version that candidates can still aim at on that day, the last one when all have ended."""
        return next((version for version in self.exam_versions if version.is_open(on)), self.exam_versions[-1])

    def offers(self, item: Item, version: ExamVersion) -> bool:
        """Whether the item belongs to that version by `added_in` and `removed_in`; versions are in order."""
        codes = [each.code for each in self.exam_versions]
        at = codes.index(version.code)
        begun = item.added_in is None or codes.index(item.added_in) <= at
        ended = item.removed_in is not None and codes.index(item.removed_in) <= at
        return begun and not ended


class Bank(Value):
    """Every concept, certification and item, each in file order."""

    concepts: tuple[Concept, ...]
    certifications: tuple[Certification, ...]
    items: tuple[Item, ...]

    def items_of(self, certification: str) -> tuple[Item, ...]:
        """The items of one certification, in file order."""
        return tuple(item for item in self.items if item.certification == certification)
