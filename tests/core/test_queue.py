import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.ability import PRIOR_DIFFICULTY, Belief
from tracker.core.learning import Answer, ItemFacts, LearnerState, fold
from tracker.core.memory import Memory
from tracker.core.queue import Candidate, Choice, Exhausted, ItemView, Reason, choose, exhausted_domains

DAY = date(2026, 3, 1)
EXAM = DAY + timedelta(days=40)
WEIGHTS = {"d1": 0.4, "d2": 0.35, "d3": 0.25}
MEDIUM = PRIOR_DIFFICULTY["medium"]


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def concept(slug: str, domain: str, *seen: date | None, last_visit: int | None = None) -> Candidate:
    """A candidate with one item for each of `seen`."""
    items = tuple(
        ItemView(f"{slug}-{number}", day, 0 if day is None else 1) for number, day in enumerate(seen or (None,) * 3)
    )
    return Candidate(slug, domain, items, last_visit)


def ask(
    candidates: list[Candidate],
    state: LearnerState | None = None,
    visits: int = 0,
    recent: tuple[str, ...] = (),
    exam_day: date | None = EXAM,
    seed: int = 1,
    today: date = DAY,
    weights: dict[str, float] | None = None,
    rest_days: int = 7,
) -> Choice | Exhausted:
    return choose(
        candidates,
        state=state or LearnerState(),
        certification="mla",
        weights=WEIGHTS if weights is None else weights,
        visits=visits,
        recent_domains=recent,
        exam_day=exam_day,
        today=today,
        rng=random.Random(seed),
        rest_days=rest_days,
    )


def chosen(*args: object, **kwargs: object) -> Choice:
    value = ask(*args, **kwargs)  # type: ignore[arg-type] # passed on
    assert isinstance(value, Choice)
    return value


class TestConcept:
    def test_concepts_never_asked_come_in_by_weight(self) -> None:
        bank = [concept("a", "d3"), concept("b", "d1"), concept("c", "d2")]
        assert chosen(bank).concept == "b"

    def test_a_domain_shares_its_weight_among_its_concepts(self) -> None:
        bank = [concept("a", "d1"), concept("b", "d1"), concept("c", "d2")]
        assert chosen(bank).concept == "c"

    def test_a_concept_asked_today_waits_for_another_day(self) -> None:
        bank = [concept("a", "d1", ago(0), None, last_visit=1), concept("b", "d3", ago(1), None, last_visit=2)]
        cards = {slug: Memory(2.0, 5.0, day, 1, 0) for slug, day in (("a", ago(0)), ("b", ago(1)))}
        assert chosen(bank, LearnerState(cards), visits=9).concept == "b"
        yesterday = {slug: replace(memory, reviewed_on=ago(1)) for slug, memory in cards.items()}
        assert chosen(bank, LearnerState(yesterday), visits=9).concept == "a"

    def test_a_concept_waits_half_a_lap(self) -> None:
        # eleven concepts: a gap of five visits
        bank = [concept(f"c{n}", "d1", None, None, last_visit=n + 1) for n in range(11)]
        sure = {"all": Belief(3.0, 0.1, DAY, 9, 9, 9)}
        weak = {f"concept/c{n}": Belief(-5.0, 0.1, DAY, 9, 9, 0) for n in range(6, 11)}
        state = LearnerState({}, sure | weak)
        # c0 to c5 have waited 10 to 5 visits, the weak ones less
        assert chosen(bank, state, visits=11).concept == "c0"
        assert chosen(bank, state, visits=12).concept == "c6"

    def test_what_is_forgotten_by_now_comes_back_first(self) -> None:
        bank = [concept(slug, "d1", None, last_visit=1) for slug in ("failed", "held")]
        cards = {"failed": Memory(0.3, 5.0, ago(2), 2, 0), "held": Memory(3.0, 5.0, ago(2), 2, 0)}
        state = LearnerState(cards, {"concept/failed": Belief(0.6, 0.1, DAY, 2, 2, 1)})
        picked = {chosen(bank, state, visits=9, seed=seed).concept for seed in range(10)}
        assert picked == {"failed"}

    def test_expected_loss_outweighs_a_little_waiting(self) -> None:
        bank = [concept(f"c{n}", "d1", None, last_visit=n + 1) for n in range(4)]
        state = LearnerState({}, {"concept/c1": Belief(-4.0, 0.1, DAY, 9, 9, 0)})
        assert chosen(bank, visits=18).concept == "c0"
        assert chosen(bank, state, visits=18).concept == "c1"

    def test_what_will_be_forgotten_by_the_exam_counts_as_loss(self) -> None:
        bank = [concept(slug, "d1", None, last_visit=1) for slug in ("fades", "stays")]
        cards = {"fades": Memory(2.0, 5.0, DAY, 2, 0), "stays": Memory(400.0, 5.0, DAY, 2, 0)}
        picked = {chosen(bank, LearnerState(cards), visits=9, seed=seed).concept for seed in range(10)}
        assert picked == {"fades"}

    def test_a_new_item_is_preferred_for_no_domain_outside_the_exam(self) -> None:
        bank = [concept("a", "beside"), concept("b", "d3")]
        assert chosen(bank).concept == "b"

    @pytest.mark.parametrize("exam_day", [None, DAY, ago(3), ago(1000)])
    def test_without_an_exam_to_come_fallen_recall_goes_first(self, exam_day: date | None) -> None:
        bank = [concept("fresh", "d1", None, last_visit=1), concept("faded", "d3", None, last_visit=8)]
        cards = {"fresh": Memory(50.0, 5.0, ago(20), 2, 0), "faded": Memory(5.0, 5.0, ago(10), 2, 0)}
        state = LearnerState(cards, {"mla/d1": Belief(-2.0, 0.1, DAY, 9, 9, 1)})
        assert chosen(bank, state, visits=9, exam_day=exam_day).concept == "faded"
        assert chosen(bank, state, visits=9, exam_day=EXAM).concept == "fresh"

    def test_the_rows_order_does_not_matter(self) -> None:
        bank = [concept(f"c{n}", f"d{n % 3 + 1}") for n in range(30)]
        assert chosen(bank) == chosen(bank[::-1])

    def test_the_seed_decides_between_equals_only(self) -> None:
        bank = [concept(f"c{n}", f"d{n % 3 + 1}") for n in range(30)]
        picked = {chosen(bank, seed=seed).concept for seed in range(40)}
        assert len(picked) > 3
        assert {chosen(bank, seed=seed).domain for seed in range(40)} == {"d1"}


class TestDomains:
    bank = [concept("a", "d1"), concept("b", "d1"), concept("c", "d1"), concept("z", "d3")]

    @pytest.mark.parametrize(
        ("recent", "domain"),
        [((), "d3"), (("d3",), "d3"), (("d3", "d3"), "d1"), (("d3", "d1"), "d3"), (("d3", "d3", "d1"), "d3")],
    )
    def test_at_most_two_in_a_row(self, recent: tuple[str, ...], domain: str) -> None:
        assert chosen(self.bank, recent=recent).domain == domain

    def test_a_third_in_a_row_only_where_nothing_else_is_open(self) -> None:
        assert chosen([concept("a", "d1")], recent=("d1", "d1", "d1")).domain == "d1"

    def test_the_row_breaks_even_against_the_gap(self) -> None:
        bank = [concept("a", "d1", last_visit=1), concept("b", "d1", last_visit=2), concept("z", "d3", last_visit=8)]
        assert chosen(bank, visits=9, recent=("d1", "d1")).concept == "z"


class TestItem:
    def test_an_unseen_sibling_comes_before_a_seen_one(self) -> None:
        bank = [concept("a", "d1", ago(300), None, ago(200))]
        assert all(chosen(bank, seed=seed).item_id == "a-1" for seed in range(20))

    def test_the_seed_picks_among_unseen_siblings(self) -> None:
        bank = [concept("a", "d1")]
        assert {chosen(bank, seed=seed).item_id for seed in range(20)} == {"a-0", "a-1", "a-2"}

    def test_else_the_least_recently_seen(self) -> None:
        assert chosen([concept("a", "d1", ago(30), ago(90), ago(60))]).item_id == "a-1"

    @pytest.mark.parametrize(("days", "item"), [(7, "a-0"), (6, None)])
    def test_an_identical_item_rests_seven_days(self, days: int, item: str | None) -> None:
        value = ask([concept("a", "d1", ago(days), ago(2))])
        assert (value.item_id if isinstance(value, Choice) else None) == item

    def test_a_resting_concept_leaves_the_turn_to_others(self) -> None:
        bank = [concept("a", "d1", ago(1)), concept("z", "d3", ago(9), last_visit=1)]
        assert chosen(bank).concept == "z"

    def test_the_reserve_is_refused(self) -> None:
        kept = replace(concept("a", "d1"), items=(ItemView("a-0"), ItemView("a-1", reserved=True)))
        with pytest.raises(ValueError, match="a-1 belongs to the reserve"):
            ask([kept])

    @given(
        seen=st.lists(st.lists(st.none() | st.integers(-2, 30), min_size=1, max_size=4), min_size=1, max_size=12),
        recent=st.lists(st.sampled_from(sorted(WEIGHTS)), max_size=4),
        visits=st.integers(0, 50),
        seed=st.integers(0, 5),
        exam=st.none() | st.integers(-5, 60),
    )
    def test_every_choice_keeps_the_rules(
        self, seen: list[list[int | None]], recent: list[str], visits: int, seed: int, exam: int | None
    ) -> None:
        bank = [
            concept(
                f"c{n}", f"d{n % 3 + 1}", *(None if days is None else ago(days) for days in row), last_visit=n or None
            )
            for n, row in enumerate(seen)
        ]
        exam_day = None if exam is None else DAY + timedelta(days=exam)
        value = ask(bank, visits=visits, recent=tuple(recent), seed=seed, exam_day=exam_day)
        assert value == ask(bank, visits=visits, recent=tuple(recent), seed=seed, exam_day=exam_day)
        open_now = {
            candidate.concept: [
                view for view in candidate.items if view.last_seen_on is None or view.last_seen_on <= ago(7)
            ]
            for candidate in bank
        }
        if isinstance(value, Exhausted):
            assert not any(open_now.values())
            return
        view = next(view for view in open_now[value.concept] if view.id == value.item_id)
        unseen = [other for other in open_now[value.concept] if other.last_seen_on is None]
        assert view in unseen or not unseen
        assert value.reason.unseen is bool(unseen)
        elsewhere = [c for c in bank if open_now[c.concept] and c.domain != value.domain]
        if len(recent) >= 2 and recent[-2:] == [value.domain] * 2:
            assert not elsewhere


class TestExhausted:
    def test_everything_seen_within_seven_days(self) -> None:
        bank = [concept("a", "d1", ago(2), ago(1)), concept("b", "d2", ago(5))]
        assert ask(bank) == Exhausted(None, 3, ago(5) + timedelta(days=7))

    def test_the_learner_may_go_on_with_a_shorter_rest(self) -> None:
        assert chosen([concept("a", "d1", ago(2), ago(1))], rest_days=1).item_id == "a-0"

    def test_an_empty_bank(self) -> None:
        assert ask([]) == Exhausted(None, 0, None)
        assert exhausted_domains([]) == ()

    def test_domains_without_an_unseen_item_are_named(self) -> None:
        bank = [concept("a", "d1", ago(60)), concept("b", "d1", ago(9)), concept("c", "d2", ago(9), None)]
        assert exhausted_domains(bank) == (Exhausted("d1", 2, ago(53)),)

    def test_a_bank_of_one_concept_gives_its_items_and_then_says_so(self) -> None:
        seen: dict[str, date | None] = {"a-0": None, "a-1": None}
        asked = []
        for visits in range(3):
            items = tuple(ItemView(name, day) for name, day in seen.items())
            value = ask([Candidate("a", "d1", items, visits or None)], visits=visits, recent=("d1",) * visits)
            if isinstance(value, Choice):
                seen[value.item_id] = DAY
                asked.append(value.item_id)
        assert sorted(asked) == ["a-0", "a-1"]
        assert isinstance(value, Exhausted)


class TestReason:
    def test_never_asked(self) -> None:
        reason = chosen([concept("a", "d1")]).reason
        assert reason == Reason("new", None, "d1", 0.4, 0, 0, True, False, reason.expected, None)
        assert reason.expected == pytest.approx(0.65, abs=0.01)

    def test_due_by_recall(self) -> None:
        state = LearnerState({"a": Memory(5.0, 5.0, ago(30), 2, 0)}, {"mla/d1": Belief(-0.5, 0.2, ago(30), 11, 9, 4)})
        reason = chosen([concept("a", "d1", ago(30), last_visit=2)], state, visits=7).reason
        assert reason.kind == "due"
        assert reason.recall == pytest.approx(0.75, abs=0.01)
        assert (reason.first_sights, reason.first_sight_right) == (9, 4)
        assert (reason.unseen, reason.leech, reason.waited) == (False, False, 5)

    def test_a_weak_concept_and_one_whose_turn_it_is(self) -> None:
        cards = {slug: Memory(90.0, 5.0, ago(1), 2, 0) for slug in ("weak", "usual")}
        bank = [concept("weak", "d1", None, last_visit=1), concept("usual", "d1", None, last_visit=1)]
        counts = {"mla/d1": Belief(0.0, 0.2, DAY, 9, 9, 4)}
        weak = {"concept/weak": Belief(-3.0, 0.1, DAY, 5, 5, 0)}
        near = DAY + timedelta(days=5)
        reason = chosen(bank, LearnerState(cards, counts | weak), visits=9, exam_day=near).reason
        assert (reason.kind, reason.first_sights, reason.first_sight_right) == ("weak", 9, 4)
        going_well = {"mla/d1": Belief(0.0, 0.2, DAY, 9, 9, 7)}
        assert chosen(bank, LearnerState(cards, going_well | weak), visits=9, exam_day=near).reason.kind == "loss"
        assert chosen(bank, LearnerState(cards, counts), visits=9, exam_day=near).reason.kind == "spaced"
        # weakness is never claimed without an answer in the domain
        assert chosen(bank, LearnerState(cards, weak), visits=9, exam_day=near).reason.kind == "spaced"

    @pytest.mark.parametrize(("lapses", "leech"), [(3, False), (4, True)])
    def test_a_leech_is_flagged(self, lapses: int, leech: bool) -> None:
        state = LearnerState({"a": Memory(1.0, 9.0, ago(1), 9, lapses)})
        assert chosen([concept("a", "d1", last_visit=1)], state, visits=3).reason.leech is leech

    def test_it_survives_json(self) -> None:
        reason = chosen([concept("a", "d1")]).reason
        assert Reason.from_json(json.loads(json.dumps(reason.to_json()))) == reason

    @pytest.mark.parametrize("change", [{"kind": "because"}, {"extra": 1}])
    def test_other_json_is_refused(self, change: dict[str, object]) -> None:
        with pytest.raises(ValueError, match="reason"):
            Reason.from_json(chosen([concept("a", "d1")]).reason.to_json() | change)
        with pytest.raises(ValueError, match="reason"):
            Reason.from_json({})


def test_a_moved_exam_changes_nothing_stored() -> None:
    state = LearnerState({"a": Memory(5.0, 5.0, ago(3), 2, 0)}, {"all": Belief(0.1, 0.5, ago(3), 2, 2, 1)})
    cards, abilities = dict(state.cards), dict(state.abilities)
    for exam_day in (EXAM, None, ago(1)):
        ask([concept("a", "d1", last_visit=1)], state, visits=2, exam_day=exam_day)
    assert (state.cards, state.abilities) == (cards, abilities)


class Learner:
    """A learner who knows half of the concepts at first, learns by feedback and answers by a fixed seed."""

    def __init__(self, concepts: int, items: int) -> None:
        self.rng = random.Random(3)
        self.bank = [
            ItemFacts(f"c{c}-{n}", "mla", f"d{c % 3 + 1}", f"c{c}", MEDIUM, 4)
            for c in range(concepts)
            for n in range(items)
        ]
        self.seen: dict[str, tuple[date, int]] = {}
        self.asked: list[tuple[date, Choice]] = []
        self.state = LearnerState()

    def candidates(self) -> list[Candidate]:
        last = {choice.concept: number + 1 for number, (_, choice) in enumerate(self.asked)}
        views: dict[str, list[ItemView]] = {}
        for item in self.bank:
            views.setdefault(item.concept, []).append(ItemView(item.id, *self.seen.get(item.id, (None, 0))))
        domains = {item.concept: item.domain for item in self.bank}
        return [Candidate(slug, domains[slug], tuple(items), last.get(slug)) for slug, items in views.items()]

    def study(self, days: int, questions: int) -> None:
        for number in range(days):
            day = DAY + timedelta(days=number)
            for place in range(questions):
                recent = [choice.domain for _, choice in self.asked[-place:]] if place else []
                value = ask(
                    self.candidates(),
                    self.state,
                    len(self.asked),
                    tuple(recent),
                    today=day,
                    seed=number * 100 + place,
                )
                assert isinstance(value, Choice)
                item = next(item for item in self.bank if item.id == value.item_id)
                right = self.rng.random() < 0.3 + 0.2 * min(3, sum(c.concept == item.concept for _, c in self.asked))
                reply = Answer(item.id, right, "think", item.id not in self.seen, day)
                self.state = fold(self.state, reply, item)
                self.seen[item.id] = (day, self.seen.get(item.id, (day, 0))[1] + 1)
                self.asked.append((day, value))


def test_smart_review_leaves_no_concept_out_and_does_not_cram() -> None:
    learner = Learner(concepts=24, items=4)
    learner.study(days=21, questions=10)
    visits = Counter(choice.concept for _, choice in learner.asked)
    assert len(visits) == 24
    assert min(visits.values()) >= 5
    assert max(visits.values()) <= 4 * min(visits.values())
    # no concept twice on one day
    days = Counter((day, choice.concept) for day, choice in learner.asked)
    assert max(days.values()) == 1
    # and the domains change
    rows = [choice.domain for _, choice in learner.asked]
    assert all(len(set(rows[start : start + 3])) > 1 for start in range(0, len(rows) - 2, 10))
