"""What is derived from a learner's attempts: cards (memories of concepts) and abilities."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.core.ability import Belief
from tracker.core.learning import LearnerState
from tracker.core.memory import Memory
from tracker.store.tables import AbilityRow, CardRow
from tracker.store.upserts import upsert

MEMORY = (CardRow.stability, CardRow.difficulty, CardRow.reviewed_on, CardRow.reviews, CardRow.lapses)
BELIEF = (
    AbilityRow.mean,
    AbilityRow.variance,
    AbilityRow.updated_on,
    AbilityRow.answers,
    AbilityRow.first_sights,
    AbilityRow.first_sight_right,
    AbilityRow.form,
    AbilityRow.form_variance,
    AbilityRow.run,
)


def card(session: Session, user_id: UUID, concept: str) -> Memory | None:
    row = session.execute(select(*MEMORY).where(CardRow.user_id == user_id, CardRow.concept == concept)).first()
    return Memory(*row) if row else None


def state(session: Session, user_id: UUID) -> LearnerState:
    """Everything that is derived for the learner."""
    cards = session.execute(select(CardRow.concept, *MEMORY).where(CardRow.user_id == user_id))
    abilities = session.execute(select(AbilityRow.component, *BELIEF).where(AbilityRow.user_id == user_id))
    return LearnerState(
        cards={row[0]: Memory(*row[1:]) for row in cards},
        abilities={name: Belief(*values) for name, *values in abilities},
    )


def without_abilities(session: Session) -> bool:
    """Whether any learner has cards but no abilities: a migration dropped them and nobody has folded since."""
    held = (
        select(AbilityRow.component)
        .where(AbilityRow.user_id == CardRow.user_id, AbilityRow.component == "all")
        .exists()
    )
    return session.scalar(select(CardRow.concept).where(~held).limit(1)) is not None


def save_touched(
    session: Session,
    user_id: UUID,
    before: LearnerState,
    after: LearnerState,
    touched: tuple[str, Sequence[str]],
) -> None:
    """Write the card and abilities an answer moved, keeping the values from before it for Undo."""
    concept, components = touched
    upsert(
        session,
        CardRow,
        [_card_row(user_id, concept, after.cards[concept], _plain(before.cards.get(concept)))],
    )
    upsert(
        session,
        AbilityRow,
        [
            _ability_row(user_id, name, after.abilities[name], _plain(before.abilities.get(name)))
            for name in components
        ],
    )


def restore_touched(session: Session, user_id: UUID, touched: tuple[str, Sequence[str]]) -> bool:
    """Put back the values from before the last answer; what it created goes.

    False, and nothing is changed, when those values are not kept: after a rebuild.
    """
    concept, components = touched
    my_card = (CardRow.user_id == user_id, CardRow.concept == concept)
    mine = (AbilityRow.user_id == user_id, AbilityRow.component.in_(components))
    card = session.execute(select(CardRow.before, CardRow.reviews).where(*my_card)).first()
    abilities = session.execute(
        select(AbilityRow.component, AbilityRow.before, AbilityRow.answers).where(*mine)
    ).all()
    counts = [card.reviews if card and card.before is None else 1]
    counts += [row.answers for row in abilities if row.before is None]
    if card is None or len(abilities) < len(components) or set(counts) != {1}:
        return False
    if card.before is None:
        session.execute(delete(CardRow).where(*my_card))
    else:
        upsert(session, CardRow, [_card_row(user_id, concept, Memory(**_typed(card.before)), None)])
    if any(row.before is None for row in abilities):
        session.execute(delete(AbilityRow).where(*mine, AbilityRow.answers == 1))
    kept = [(row.component, Belief(**_typed(row.before))) for row in abilities if row.before is not None]
    upsert(session, AbilityRow, [_ability_row(user_id, name, belief, None) for name, belief in kept])
    return True


def replace_all(session: Session, user_id: UUID, value: LearnerState) -> None:
    """Store a rebuilt state in place of all that was derived before."""
    session.execute(delete(CardRow).where(CardRow.user_id == user_id))
    session.execute(delete(AbilityRow).where(AbilityRow.user_id == user_id))
    upsert(session, CardRow, [_card_row(user_id, name, memory, None) for name, memory in value.cards.items()])
    upsert(
        session,
        AbilityRow,
        [_ability_row(user_id, name, belief, None) for name, belief in value.abilities.items()],
    )


def _card_row(user_id: UUID, concept: str, memory: Memory, before: dict[str, Any] | None) -> dict[str, Any]:
    return {"user_id": user_id, "concept": concept, "before": before, **_fields(memory)}


def _ability_row(user_id: UUID, name: str, belief: Belief, before: dict[str, Any] | None) -> dict[str, Any]:
    return {"user_id": user_id, "component": name, "before": before, **_fields(belief)}


def _fields(value: Memory | Belief) -> dict[str, Any]:
    names: Iterable[str] = value.__dataclass_fields__
    return {name: getattr(value, name) for name in names}


def _plain(value: Memory | Belief | None) -> dict[str, Any] | None:
    """As JSON can hold it: days in ISO form."""
    if value is None:
        return None
    return {name: part.isoformat() if isinstance(part, date) else part for name, part in _fields(value).items()}


def _typed(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(part) if isinstance(part, str) else part for name, part in kept.items()}
