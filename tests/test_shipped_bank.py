"""The bank that ships passes its gates."""

from datetime import date

from tracker.core.bank import parse_bank
from tracker.core.item_quality import examine
from tracker.store.bank_files import read_documents, shipped_bank

CHECKED = date(2026, 11, 23)
"""The day for which exam versions count as open: the facts were checked on it."""


def test_every_gate_of_every_certification_holds() -> None:
    for report in examine(parse_bank(read_documents(shipped_bank())), CHECKED):
        failed = {gate.name: (gate.value, gate.limit, gate.offences) for gate in report.gates if not gate.ok}
        assert failed == {}, report.slug


def test_every_bank_is_full() -> None:
    bank = parse_bank(read_documents(shipped_bank()))
    assert {certification.slug for certification in bank.certifications} == {
        "aws-aif",
        "aws-aip",
        "aws-mla",
        "databricks-mla",
        "dlai-dls",
        "gcp-pmle",
    }
    for certification in bank.certifications:
        items = bank.items_of(certification.slug)
        reserved = sum(item.reserved for item in items)
        assert len(items) >= 165 and reserved >= 30 and len(items) - reserved >= 135, certification.slug
        assert len({item.concept for item in items}) >= 45, certification.slug


def test_concepts_are_shared_and_each_is_asked() -> None:
    bank = parse_bank(read_documents(shipped_bank()))
    asked_by: dict[str, set[str]] = {concept.slug: set() for concept in bank.concepts}
    for item in bank.items:
        asked_by[item.concept].add(item.certification)
    assert all(asked_by.values())
    assert sum(len(certifications) >= 2 for certifications in asked_by.values()) >= 40
