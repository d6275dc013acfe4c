import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.core.ability import PRIOR_DIFFICULTY, Belief, guess_floor, law_of, prior
from tracker.core.learning import Answer, ItemFacts, LearnerState, fold, recall_offset
from tracker.core.memory import Memory
from tracker.core.readiness import DomainEvidence, Missing, Readiness, estimate

DAY = date(2026, 3, 1)
EXAM = DAY + timedelta(days=30)
WEIGHTS = {"d1": 0.28, "d2": 0.26, "d3": 0.22, "d4": 0.24}
LEVELS = ("easy", "medium", "medium", "hard")
BANK = [
    ItemFacts(f"{domain}-{concept}-{number}", "mla", domain, f"{domain}-{concept}", PRIOR_DIFFICULTY[level], 4)
    for domain in WEIGHTS
    for concept in range(6)
    for number, level in enumerate(LEVELS)
]


def evidence(first_sights: int = 10, **counts: int) -> tuple[DomainEvidence, ...]:
    return tuple(
        DomainEvidence(domain, weight, counts.get(domain, first_sights), 0, 0, 0)
        for domain, weight in WEIGHTS.items()
    )


def learner(answers: int, seed: int = 1, share: float = 0.6) -> LearnerState:
    rng, state = random.Random(seed), LearnerState()
    for number in range(answers):
        item = BANK[(7 * number) % len(BANK)]
        reply = Answer(item.id, rng.random() < share, None, True, DAY)
        state = fold(state, reply, item)
    return state


def ready(
    state: LearnerState,
    exam_day: date | None = EXAM,
    line: float = 0.7,
    questions: int = 65,
    today: date = DAY,
    items: Sequence[ItemFacts] = BANK,
) -> Readiness:
    value = estimate(state, "mla", evidence(), items, questions=questions, line=line, today=today, exam_day=exam_day)
    assert isinstance(value, Readiness)
    return value


@pytest.mark.parametrize(
    ("counts", "needed", "per_domain"),
    [
        (evidence(0), 20, {"d1": 3, "d2": 3, "d3": 3, "d4": 3}),
        (evidence(4), 4, {}),
        (evidence(30, d2=1), 2, {"d2": 2}),
        (evidence(30, d2=0, d4=2), 4, {"d2": 3, "d4": 1}),
        (evidence(6, d1=1), 2, {"d1": 2}),
        ((), 20, {}),
    ],
)
def test_below_the_minimum_it_says_what_is_missing(
    counts: tuple[DomainEvidence, ...], needed: int, per_domain: dict[str, int]
) -> None:
    value = estimate(learner(40), "mla", counts, BANK, questions=65, line=0.7, today=DAY, exam_day=EXAM)
    assert value == Missing(needed, per_domain, counts)


def test_the_minimum_itself_is_enough() -> None:
    counts = evidence(5)
    assert sum(entry.first_sights for entry in counts) == 20
    value = estimate(LearnerState(), "mla", counts, BANK, questions=65, line=0.7, today=DAY, exam_day=None)
    assert isinstance(value, Readiness)
    assert value.evidence == counts


@pytest.mark.parametrize(("weight", "enough"), [(0.15, False), (0.149, True)])
def test_small_domains_need_no_first_sights_of_their_own(weight: float, enough: bool) -> None:
    counts = (DomainEvidence("d1", 1 - weight, 40, 20, 0, 0), DomainEvidence("d2", weight, 0, 0, 9, 9))
    value = estimate(LearnerState(), "mla", counts, BANK, questions=65, line=0.7, today=DAY, exam_day=None)
    assert isinstance(value, Readiness) is enough


def test_weights_may_be_percentages() -> None:
    percent = tuple(replace(entry, weight=100 * entry.weight) for entry in evidence())
    value = estimate(learner(40), "mla", percent, BANK, questions=65, line=0.7, today=DAY, exam_day=EXAM)
    assert isinstance(value, Readiness)
    assert value.mid == pytest.approx(ready(learner(40)).mid)


def sampled(state: LearnerState, rng: random.Random, questions: int, papers: int) -> list[float]:
    """Scores of papers drawn from the model step by step: general ability once, then domains, then questions."""

    def draw(belief: Belief) -> float:
        return rng.gauss(belief.mean, math.sqrt(belief.variance))

    def forms(component: str, count: int) -> Iterator[float]:
        law = law_of(component)
        form = rng.gauss(0, math.sqrt(law.form_variance))
        for _ in range(count):
            yield form
            fresh = (1 - law.form_kept**2) * law.form_variance
            form = law.form_kept * form + rng.gauss(0, math.sqrt(fresh))

    scores = []
    for _ in range(papers):
        general = draw(state.belief("all", EXAM))
        # questions of all domains are mixed: each meets the general form somewhere on the paper
        general_forms = list(forms("all", questions + 4))
        rng.shuffle(general_forms)
        total = 0.0
        for domain, weight in WEIGHTS.items():
            logit, right = general + draw(state.belief(f"mla/{domain}", EXAM)), 0.0
            pool = [item for item in BANK if item.domain == domain]
            count = round(weight * questions)
            for form in forms(f"mla/{domain}", count):
                item = rng.choice(pool)
                x = logit + form + general_forms.pop() + draw(state.belief(f"concept/{item.concept}", EXAM))
                x += recall_offset(state.cards.get(item.concept), True, EXAM)
                x -= rng.gauss(item.difficulty.mean, math.sqrt(item.difficulty.variance))
                floor = guess_floor(item.options)
                right += rng.random() < floor + (1 - floor) / (1 + math.exp(-x))
            total += weight * right / count
        scores.append(total)
    return sorted(scores)


@pytest.mark.parametrize("answers", [0, 60])
def test_the_range_is_that_of_sampled_papers(answers: int) -> None:
    state, papers = learner(answers), 3000
    scores = sampled(state, random.Random(11), 50, papers)
    value = ready(state, questions=50, line=0.7)
    for figure, share in ((value.low, 0.1), (value.mid, 0.5), (value.high, 0.9)):
        assert figure == pytest.approx(scores[int(share * papers)], abs=0.02)
    reached = sum(score >= 0.7 - 0.5 / 50 for score in scores) / papers
    assert value.chance == pytest.approx(reached, abs=0.03)


def test_the_general_component_is_shared_by_the_domains() -> None:
    # the same uncertainty, once in what all domains share and once in each domain alone
    def uncertain(general: float, domain: float) -> LearnerState:
        names = {"all": general} | {f"mla/{name}": domain for name in WEIGHTS}
        return LearnerState({}, {name: Belief(0, variance, DAY, 50, 50, 30) for name, variance in names.items()})

    shared, apart = (ready(uncertain(*pair), exam_day=None) for pair in ((0.6, 0.01), (0.01, 0.6)))
    assert shared.high - shared.low > 1.4 * (apart.high - apart.low)


def test_worked_figures_of_a_new_learner() -> None:
    value = ready(LearnerState(), exam_day=None)
    assert (round(value.low, 2), round(value.mid, 2), round(value.high, 2)) == (0.47, 0.65, 0.82)
    assert value.chance == pytest.approx(0.39, abs=0.02)
    assert value.domains == pytest.approx(dict.fromkeys(WEIGHTS, 0.65), abs=0.01)


def test_more_evidence_narrows_the_range() -> None:
    widths = []
    for answers in (0, 24, 96, 960):
        value = ready(learner(answers), exam_day=DAY)
        widths.append(value.high - value.low)
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.75 * widths[0]


def test_a_longer_paper_narrows_the_range() -> None:
    short, long = ready(learner(60), questions=20), ready(learner(60), questions=200)
    assert long.high - long.low < short.high - short.low


def test_forgetting_by_exam_day_lowers_the_score() -> None:
    state = learner(60)
    mids = [ready(state, exam_day=DAY + timedelta(days=days)).mid for days in (1, 20, 200)]
    assert mids == sorted(mids, reverse=True)
    assert mids[0] - mids[-1] > 0.01


@pytest.mark.parametrize("exam_day", [DAY + timedelta(days=20), DAY + timedelta(days=7), DAY])
def test_without_an_exam_to_come_the_paper_is_taken_today(exam_day: date) -> None:
    state, today = learner(60), DAY + timedelta(days=20)
    assert ready(state, exam_day=exam_day, today=today) == ready(state, exam_day=None, today=today)
    assert ready(state, exam_day=None, today=today).mid < ready(state, exam_day=None, today=DAY).mid


def test_an_unpractised_domain_is_unknown_not_ignored() -> None:
    # everything known is right; d4 was never met
    state = LearnerState()
    for item in BANK:
        if item.domain != "d4":
            state = fold(state, Answer(item.id, True, None, True, DAY), item)
    value = ready(state, exam_day=DAY)
    assert value.domains["d4"] < min(value.domains[domain] for domain in ("d1", "d2", "d3")) - 0.05
    met = replace(state, abilities={**state.abilities, "mla/d4": Belief(0.0, 0.02, DAY, 24, 24, 12)})
    narrowed = ready(met, exam_day=DAY)
    assert value.high - value.low > narrowed.high - narrowed.low


def test_an_empty_bank_enters_with_the_prior() -> None:
    value = ready(LearnerState(), items=[], exam_day=None)
    assert value.domains == pytest.approx(dict.fromkeys(WEIGHTS, 0.65), abs=0.01)


def test_items_of_other_certifications_do_not_count() -> None:
    strange = [replace(item, certification="aif", difficulty=PRIOR_DIFFICULTY["hard"]) for item in BANK]
    assert ready(learner(30), items=[*BANK, *strange]) == ready(learner(30))


def test_a_higher_line_is_reached_less_often() -> None:
    chances = [ready(learner(60), line=line).chance for line in (0.3, 0.6, 0.7, 0.9)]
    assert chances == sorted(chances, reverse=True)


def test_the_line_is_reached_by_whole_questions() -> None:
    # on 20 questions 65 % are 13 right answers, and everything above 12.5 rounds to that
    value = ready(learner(60), questions=20)
    assert ready(learner(60), questions=20, line=value.mid + 0.5 / 20).chance == pytest.approx(0.5, abs=1e-6)


def test_a_moved_exam_changes_nothing_stored() -> None:
    state = learner(30)
    cards, abilities = dict(state.cards), dict(state.abilities)
    ready(state, exam_day=EXAM)
    ready(state, exam_day=EXAM + timedelta(days=90))
    assert (state.cards, state.abilities) == (cards, abilities)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="question"):
        ready(learner(30), questions=0)
    for weights in ((0.0, 0.0), (1.5, -0.5)):
        counts = [DomainEvidence(f"d{n}", weight, 30, 9, 0, 0) for n, weight in enumerate(weights)]
        with pytest.raises(ValueError, match="weights"):
            estimate(LearnerState(), "mla", counts, BANK, questions=65, line=0.7, today=DAY, exam_day=None)


@pytest.mark.parametrize("paper_on", [DAY, DAY + timedelta(days=1)])
def test_form_counts_on_its_own_day_only(paper_on: date) -> None:
    state = learner(60)
    formed = {
        name: replace(belief, form=belief.form + 1.0 * (not name.startswith("concept/")))
        for name, belief in state.abilities.items()
    }
    raised = ready(replace(state, abilities=formed), exam_day=None, today=paper_on).mid
    plain = ready(state, exam_day=None, today=paper_on).mid
    assert raised > plain + 0.02 if paper_on == DAY else raised == plain


def test_a_long_paper_averages_form_out() -> None:
    # only the general form is unknown: the longer the paper, the less of it is left
    known = {"all": Belief(0.0, 1e-6, DAY, 50, 50, 30)} | {
        f"mla/{domain}": Belief(0.0, 1e-6, DAY, 50, 50, 30) for domain in WEIGHTS
    }
    short, long = (ready(LearnerState({}, known), exam_day=None, questions=size) for size in (100, 10_000))
    assert long.high - long.low < 0.5 * (short.high - short.low)


def test_discrimination_spreads_the_able_and_the_weak() -> None:
    def mid(ability_mean: float, slope: float) -> float:
        items = [replace(item, difficulty=replace(item.difficulty, discrimination=slope)) for item in BANK]
        state = LearnerState({}, {"all": Belief(ability_mean, 0.1, DAY, 50, 50, 30)})
        return ready(state, exam_day=None, items=items).mid

    assert mid(1.5, 2.0) > mid(1.5, 1.0) > mid(1.5, 0.5)
    assert mid(-1.5, 2.0) < mid(-1.5, 1.0)


beliefs = st.builds(
    Belief,
    mean=st.floats(-6, 6),
    variance=st.floats(1e-4, 4),
    updated_on=st.just(DAY),
    answers=st.just(9),
    first_sights=st.just(9),
    first_sight_right=st.just(5),
)


@settings(deadline=None, max_examples=40)
@given(
    general=beliefs,
    own=beliefs,
    stability=st.floats(0.001, 1000),
    line=st.floats(0, 1),
    questions=st.integers(1, 120),
    days=st.integers(-50, 400),
)
def test_figures_are_ordered_probabilities(
    general: Belief, own: Belief, stability: float, line: float, questions: int, days: int
) -> None:
    state = LearnerState(
        {item.concept: Memory(stability, 5.0, DAY, 3, 0) for item in BANK}, {"all": general, "mla/d1": own}
    )
    value = ready(state, DAY + timedelta(days=days), line, questions)
    assert 0 <= value.low <= value.mid <= value.high <= 1
    assert 0 <= value.chance <= 1
    assert all(0 < share < 1 for share in value.domains.values())
    assert value == ready(state, DAY + timedelta(days=days), line, questions)


def test_priors_are_what_readiness_assumes() -> None:
    assert LearnerState().belief("mla/d1", DAY) == prior("mla/d1", DAY)


answers = st.lists(st.tuples(st.sampled_from(BANK), st.booleans(), st.integers(0, 3)), max_size=40)


def after(given_answers: list[tuple[ItemFacts, bool, int]]) -> tuple[LearnerState, date]:
    state, day, seen = LearnerState(), DAY, set[str]()
    for item, correct, gap in given_answers:
        day += timedelta(days=gap)
        state = fold(state, Answer(item.id, correct, "think", item.id not in seen, day), item)
        seen.add(item.id)
    return state, day


@settings(deadline=None, max_examples=60)
@given(history=answers, item=st.sampled_from(BANK), ahead=st.integers(1, 60))
def test_a_right_answer_never_leaves_less_than_a_wrong_one(
    history: list[tuple[ItemFacts, bool, int]], item: ItemFacts, ahead: int
) -> None:
    mids = []
    for correct in (False, True):
        state, day = after([*history, (item, correct, 0)])
        mids.append(ready(state, exam_day=day + timedelta(days=ahead), today=day).mid)
    assert mids[1] >= mids[0] - 1e-6


@settings(deadline=None, max_examples=60)
@given(history=answers, item=st.sampled_from(BANK))
def test_one_more_right_answer_never_lowers_the_figure_of_the_day(
    history: list[tuple[ItemFacts, bool, int]], item: ItemFacts
) -> None:
    before, day = after(history)
    fresh = replace(item, id="unseen")
    state = fold(before, Answer("unseen", True, "think", True, day), fresh)
    mids = [ready(known, exam_day=None, today=day).mid for known in (before, state)]
    assert mids[1] >= mids[0] - 1e-6


@settings(deadline=None, max_examples=20)
@given(share=st.floats(0, 1))
def test_a_domain_never_practised_widens_the_range(share: float) -> None:
    rng, whole = random.Random(3), LearnerState()
    for item in BANK * 3:
        whole = fold(whole, Answer(item.id, rng.random() < share, None, True, DAY), item)
    name = "mla/d1"
    without = {key: belief for key, belief in whole.abilities.items() if key != name and "/d1-" not in key}
    partly = LearnerState(whole.cards, without)
    middle = replace(prior(name, DAY), mean=whole.abilities[name].mean)
    alike = LearnerState(whole.cards, {**whole.abilities, name: middle})
    known, unknown = ready(whole, exam_day=None), ready(alike, exam_day=None)
    assert unknown.high - unknown.low > known.high - known.low
    assert isinstance(ready(partly, exam_day=None), Readiness)


def test_one_concept_and_ten_thousand_answers_in_a_day() -> None:
    rng, state, one = random.Random(2), LearnerState(), BANK[0]
    for number in range(10_000):
        state = fold(state, Answer(one.id, rng.random() < 0.6, None, number == 0, DAY), one)
    value = ready(state, items=[one])
    assert 0 <= value.low < value.mid < value.high <= 1
    # the luck of 65 questions alone makes a range of 0.15; of three domains only the general part is known
    assert value.high - value.low > 0.16
