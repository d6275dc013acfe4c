"""A generated bank and a generated history, of any size, the same for the same seed."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tracker.core.bank import Bank, parse_bank
from tracker.core.identifiers import uuid7
from tracker.core.learning import Answer, LearnerState, fold
from tracker.services import accounts, targets
from tracker.services.accounts import NewAccount
from tracker.store import bank, cards
from tracker.store.tables import AttemptRow

SLUG = "generated"
DAY = date(2026, 11, 1)
START = datetime(2025, 1, 1, 12, tzinfo=UTC)
SOURCE = {"title": "Generated", "url": "https://example.org/", "checked": DAY}


def generated_bank(concepts: int, items: int, domains: int) -> Bank:
    """`concepts` concepts in `domains` domains of equal weight, with `items` open items each."""
    return parse_bank(generated_documents(concepts, items, domains))


def generated_documents(concepts: int, items: int, domains: int) -> dict[str, Any]:
    """The files of such a bank, by their path in its folder."""
    shares = [100 // domains + (index < 100 % domains) for index in range(domains)]
    certification = {
        "slug": SLUG,
        "name": "Generated exam",
        "vendor": "Nobody",
        "level": "Any",
        "position": 1,
        "sources": [SOURCE],
        "exam_versions": [
            {
                "code": "GEN-1",
                "questions": 65,
                "minutes": 90,
                "pass_line": 0.7,
                "go_line": 0.8,
                "domains": [
                    {
                        "id": f"D{index + 1}",
                        "name": f"Domain {index + 1}",
                        "weight": share,
                        "tasks": [{"id": f"{index + 1}.1", "name": "Task"}],
                    }
                    for index, share in enumerate(shares)
                ],
            }
        ],
    }
    documents: dict[str, Any] = {f"{SLUG}/certification.yaml": certification}
    documents["concepts.yaml"] = [_concept(number) for number in range(concepts)]
    for domain in range(domains):
        documents[f"{SLUG}/d{domain + 1}-items.yaml"] = [
            _item(domain, number, item) for number in range(domain, concepts, domains) for item in range(items)
        ]
    return documents


def _concept(number: int) -> dict[str, Any]:
    return {
        "slug": f"concept-{number}",
        "name": f"Concept {number}",
        "summary": "An idea. It is often confused with another.",
        "explain": "An explanation " * 20,
        "read": [SOURCE],
    }


def _item(domain: int, concept: int, number: int) -> dict[str, Any]:
    return {
        "id": f"gen-{concept}-{number}",
        "task": f"{domain + 1}.1",
        "concept": f"concept-{concept}",
        "kind": "single",
        "level": "apply",
        "difficulty": ("easy", "medium", "hard")[number % 3],
        "stem": f"Situation {concept} with constraint {number} and some more words. What fits?",
        "options": [
            {
                "text": f"Option {letter} of {concept} and {number}",
                "correct": letter == "a",
                "why": f"Because {letter}",
            }
            for letter in "abcd"
        ],
        "source": SOURCE,
    }


def learner_with_history(session: Session, attempts: int, rng: random.Random) -> UUID:
    """A learner with `attempts` answers behind them: rows, cards and abilities as the product writes them."""
    account = NewAccount(f"bench-{attempts}@example.org", "Bench", "unused", "UTC")
    user_id = accounts.sign_up(session, account, "unused", now=START, rng=rng)
    targets.choose(session, user_id, SLUG, exam_day=None, revision=0, today=START.date())
    facts = list(bank.all_facts(session, 0).values())
    state, seen, rows = LearnerState(), set(), []
    for number in range(attempts):
        # forty answers a study day
        at = START + timedelta(days=number // 40, minutes=number % 40)
        item = rng.choice(facts)
        correct, first_sight = rng.random() < 0.7, item.id not in seen
        seen.add(item.id)
        answer = Answer(item.id, correct, "think", first_sight, at.date())
        state = fold(state, answer, item)
        rows.append(
            {
                "user_id": user_id,
                "id": uuid7(at, rng),
                "item_id": item.id,
                "item_version": 1,
                "certification": SLUG,
                "domain": item.domain,
                "concept": item.concept,
                "mode": "review",
                "shuffle_seed": number,
                "response": [0],
                "correct": correct,
                "confidence": "think",
                "seconds": 40,
                "predicted": 0.5,
                "first_sight": first_sight,
                "answered_at": at,
                "study_day": at.date(),
            }
        )
    if rows:
        session.execute(insert(AttemptRow), rows)
    cards.replace_all(session, user_id, state)
    return user_id
