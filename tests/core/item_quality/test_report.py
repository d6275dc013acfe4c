from datetime import date

from tests import bank_factory as factory
from tracker.core.bank import parse_bank
from tracker.core.item_quality import Gate, blind_reader, examine
from tracker.core.item_quality.lengths import length_gates

TODAY = date(2026, 11, 23)


def test_the_good_bank_passes_every_gate() -> None:
    [report] = examine(factory.bank(), TODAY)
    assert report.ok
    assert (report.slug, report.items, report.concepts, report.reserved) == (factory.SLUG, 24, 8, 0)
    assert report.sources_checked == 0
    assert report.blind_reader == 0.25


def test_gate_names_are_unique() -> None:
    [report] = examine(factory.bank(), TODAY)
    names = [gate.name for gate in report.gates]
    assert len(names) == len(set(names))


def test_reserved_items_and_checked_sources_are_counted() -> None:
    raws = factory.good_items()
    raws[0]["reserved"] = True
    raws[1]["source"]["checked"] = TODAY
    [report] = examine(factory.bank(raws), TODAY)
    assert (report.reserved, report.sources_checked) == (1, 1)


def test_the_blind_reader_takes_the_best_strategy() -> None:
    longest = factory.bank(factory.single(number, rank=3) for number in range(8)).items
    shortest = factory.bank(factory.single(number, rank=0) for number in range(8)).items
    assert blind_reader(length_gates(longest)) == blind_reader(length_gates(shortest)) == 1
    assert blind_reader(length_gates(())) is None


def test_the_blind_reader_plays_every_strategy_and_leaves_other_figures_out() -> None:
    [report] = examine(factory.bank(), TODAY)
    assert [gate.name for gate in report.gates if gate.blind] == [
        "longest_characters",
        "longest_words",
        "shortest_characters",
        "shortest_words",
        "stem_overlap",
        "convergence",
        "most_specific",
        "flagship",
        "options_only",
    ]
    gates = [Gate("read", 0.9), Gate("looked", 0.3, blind=True), Gate("nothing", None, blind=True)]
    assert blind_reader(gates) == 0.3


def test_near_duplicates_count_in_both_certifications() -> None:
    documents = factory.documents()
    documents["aws-copy/certification.yaml"] = factory.certification(slug="aws-copy", position=2)
    documents["aws-copy/d1-first.yaml"] = [
        raw | {"id": f"copy-{raw['id']}"} for raw in factory.documents()[factory.FIRST]
    ]
    for report in examine(parse_bank(documents), TODAY):
        [gate] = [gate for gate in report.gates if gate.name == "near_duplicates"]
        assert (gate.value, gate.ok, report.ok) == (12, False, False)
