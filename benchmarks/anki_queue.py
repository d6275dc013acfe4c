"""The scheduler of the package `anki` beside ours, where it is installed: `pip install anki`.

A collection of as many due cards as there are attempts in the other rows. Its answer is in process too, and Anki
commits without waiting for the disk, so the comparison is with what it costs, not with what it keeps.
"""

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHUNK = 5_000


def installed() -> bool:
    return importlib.util.find_spec("anki") is not None


@contextmanager
def collection(folder: Path, cards: int) -> Iterator[Any]:
    """A collection with `cards` cards of one deck, all due today and none held back by a daily limit."""
    from anki.collection import AddNoteRequest, Collection
    from anki.decks import DeckId

    opened = Collection(str(folder / "bench.anki2"))
    try:
        kind = opened.models.by_name("Basic")
        for start in range(0, cards, CHUNK):
            requests = []
            for number in range(start, min(start + CHUNK, cards)):
                note = opened.new_note(kind)
                note["Front"], note["Back"] = f"Question {number}", f"Answer {number}"
                requests.append(AddNoteRequest(note, DeckId(1)))
            opened.add_notes(requests)
        opened.sched.set_due_date(opened.find_cards(""), "0")
        limits = opened.decks.config_dict_for_deck_id(DeckId(1))
        limits["rev"]["perDay"] = limits["new"]["perDay"] = 9_999
        opened.decks.save(limits)
        opened.decks.select(DeckId(1))
        yield opened
    finally:
        opened.close()


def forget_queue(opened: Any) -> Callable[[], object]:
    """Make the next call build the queue anew: a card moved outside of study throws the old one away."""
    card = opened.find_cards("")[0]
    return lambda: opened.sched.set_due_date([card], "0")


def warm_next(opened: Any) -> Callable[[], object]:
    return lambda: opened.sched.get_queued_cards(fetch_limit=1)


class Answering:
    """Answers card after card as remembered."""

    def __init__(self, opened: Any) -> None:
        self.opened = opened
        self.card: Any = None

    def prepare(self) -> None:
        from anki.cards import Card

        queued = self.opened.sched.get_queued_cards(fetch_limit=1).cards[0]
        self.card, self.states = Card(self.opened, backend_card=queued.card), queued.states
        self.card.start_timer()

    def act(self) -> None:
        from anki.scheduler.v3 import CardAnswer

        scheduler = self.opened.sched
        answer = scheduler.build_answer(card=self.card, states=self.states, rating=CardAnswer.GOOD)
        scheduler.answer_card(answer)
        scheduler.get_queued_cards(fetch_limit=1)
