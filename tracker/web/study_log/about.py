"""What an entry can be about, a step of the roadmap or a concept: as a form's value, as choices, as a link."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from tracker.core.roadmap import Step
from tracker.core.study_log import Entry, offered_steps
from tracker.store import bank, plans, targets
from tracker.store.catalogue_file import shipped_catalogue
from tracker.web.request import db, learner

STEP, CONCEPT = "step", "concept"
"""What a value begins with; a colon and the id follow."""
Choices = dict[str, str | dict[str, str]]


@dataclass(frozen=True)
class Subject:
    """A step or concept as a page shows it; `address` None if it has no page (any more)."""

    name: str
    address: str | None


@dataclass(frozen=True)
class Subjects:
    """Every step and concept, and which of them the learner is offered: ids in the order of the list."""

    steps: Mapping[str, Step]
    concepts: Mapping[str, str]
    to_do: tuple[str, ...]
    other: tuple[str, ...]
    aimed: tuple[str, ...]

    def of(self, entry: Entry) -> Subject | None:
        """What this entry is about. What is known no more is shown by its id."""
        if entry.step_id is not None:
            step = self.steps.get(entry.step_id)
            if step is None or step.id not in self.to_do + self.other:
                return Subject(step.title if step else entry.step_id, None)
            return Subject(step.title, url_for("roadmap.index", phase=step.phase, _anchor=f"step-{step.id}"))
        if entry.concept is not None:
            known = entry.concept in self.concepts
            address = url_for("concepts.show", slug=entry.concept) if known else None
            return Subject(self.concepts.get(entry.concept, entry.concept), address)
        return None

    def choices(self, kept: Entry | None) -> Choices:
        """A select's choices in groups; what the entry `kept` is about is among them, offered or not."""
        found: dict[str, dict[str, str]] = {
            "Steps still to do": {f"{STEP}:{each}": self.steps[each].title for each in self.to_do},
            "Other steps of your plan": {f"{STEP}:{each}": self.steps[each].title for each in self.other},
            "Concepts": {f"{CONCEPT}:{each}": self.concepts[each] for each in self.aimed},
        }
        subject = self.of(kept) if kept else None
        if kept and subject and not any(value_of(kept) in group for group in found.values()):
            found["As it was"] = {value_of(kept): subject.name}
        return {"": "Nothing in particular", **found}


def subjects() -> Subjects:
    user_id = learner().user_id
    steps, version = shipped_catalogue().by_id(), plans.current(db(), user_id)
    placed = plans.steps(db(), user_id, version.version) if version else ()
    to_do, other = offered_steps([each for each in placed if each.step_id in steps], plans.marks(db(), user_id))
    aimed = [target.certification for target in targets.targets(db(), user_id)]
    return Subjects(steps, bank.concept_names(db()), to_do, other, tuple(bank.concept_names(db(), asked_in=aimed)))


def value_of(entry: Entry) -> str:
    """`step:sklearn`, `concept:overfitting`, or nothing."""
    if entry.step_id is not None:
        return f"{STEP}:{entry.step_id}"
    return f"{CONCEPT}:{entry.concept}" if entry.concept is not None else ""


def ids_of(value: str) -> tuple[str | None, str | None]:
    """The ids of the step and of the concept in such a value; at most one is there."""
    kind, _, key = value.partition(":")
    return (key if kind == STEP else None), (key if kind == CONCEPT else None)
