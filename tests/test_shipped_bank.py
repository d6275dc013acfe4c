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


def test_the_first_bank_is_full() -> None:
    bank = parse_bank(read_documents(shipped_bank()))
    items = bank.items_of("aws-aif")
    open_items = [item for item in items if not item.reserved]
    assert len(open_items) >= 75
    assert len(items) - len(open_items) >= 8
    assert len({item.concept for item in items}) >= 25
