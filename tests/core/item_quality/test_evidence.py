from collections.abc import Callable

import pytest

from tests import bank_factory as factory
from tracker.core.item_quality.evidence import evidence_gates, may_be_cited
from tracker.core.item_quality.gates import Gate

Change = Callable[[factory.Raw], object]


def _gates(raw: factory.Raw) -> dict[str, Gate]:
    return {gate.name: gate for gate in evidence_gates((factory.item(raw),))}


def test_the_good_bank_holds() -> None:
    assert all(gate.ok for gate in evidence_gates(factory.bank().items))


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        (lambda raw: raw["options"][0].update(why=factory.words(1, 7)), "reason 1 has 7 words"),
        (lambda raw: raw["options"][3].update(why=factory.words(1, 71)), "reason 4 has 71 words"),
        (lambda raw: raw["options"][3].update(why=raw["options"][0]["why"].upper()), "the same reason twice"),
    ],
)
def test_poor_reasons_trip(change: Change, detail: str) -> None:
    raw = factory.single(1)
    change(raw)
    gate = _gates(raw)["reasons"]
    assert not gate.ok
    assert [each.detail for each in gate.offences] == [detail]


@pytest.mark.parametrize("words", [8, 70])
def test_reasons_at_the_limits_hold(words: int) -> None:
    raw = factory.single(1)
    raw["options"][0]["why"] = factory.words(1, words)
    assert _gates(raw)["reasons"].ok


def test_reasons_of_pairs_count_too() -> None:
    raw = factory.matching(1)
    raw["pairs"][2]["why"] = "Too short."
    assert not _gates(raw)["reasons"].ok


def test_a_missing_source_trips() -> None:
    raw = factory.single(1)
    del raw["source"]
    assert [each.detail for each in _gates(raw)["sources"].offences] == ["no source"]


def test_a_source_elsewhere_trips() -> None:
    raw = factory.single(1)
    raw["source"]["url"] = "https://dumps.example/aws"
    assert not _gates(raw)["sources"].ok


@pytest.mark.parametrize(
    ("url", "cited"),
    [
        ("https://docs.aws.amazon.com/de_de/sagemaker/latest/dg/x.html", True),
        ("https://learn.microsoft.com/en-us/azure/databricks/ldp/", True),
        ("https://learn.microsoft.com/en-us/azure/machine-learning/", False),
        ("https://www.tensorflow.org/guide", True),
        ("https://huggingface.co/docs/transformers", True),
        ("https://huggingface.co/datasets/dump", False),
        ("https://docs.aws.amazon.com.evil.example/x", False),
        ("https://notarxiv.org/abs/1", False),
        ("https://ARXIV.org/abs/1706.03762", True),
        ("https://[broken", False),
    ],
)
def test_only_listed_hosts_may_be_cited(url: str, cited: bool) -> None:
    assert may_be_cited(url) is cited
