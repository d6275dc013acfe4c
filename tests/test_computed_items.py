"""The keys of questions that are computed, computed again."""

import math
import re

import pytest

from tracker.core.bank import Bank, parse_bank
from tracker.store.bank_files import read_documents, shipped_bank


def kept(scores: dict[str, float], overlaps: dict[str, float], limit: float = 0.5) -> int:
    """Boxes that non-maximum suppression leaves, the surest first."""
    found: list[str] = []
    for box in sorted(scores, key=lambda name: -scores[name]):
        if all(overlaps.get(better + box, 0.0) <= limit for better in found):
            found.append(box)
    return len(found)


COMPUTED: dict[str, float] = {
    "dbx-s2-007": 32 + 1.5 * (32 - 20),
    "dbx-s2-020": (1.0 + 2.0 + 9.0) / 3,
    "dbx-s3-032": 3 * 4 * 5,
    "dbx-s3-033": 2 * 3 * 3 * 3 + 1,
    "dbx-s3-034": (12 * 5 - 12) * 15 / 60,
    "dbx-s3-035": max(n for n in range(1, 100) if 3 * 2 * n * 5 <= 100),
    "dbx-s3-046": 1 - 50 / 40,
    "dls-c1-012": round(1 / (1 + math.exp(-(0.5 * 2 + 2 * 1 - 1))), 3),
    "dls-c1-013": round((-math.log(0.8) - math.log(1 - 0.4)) / 2, 3),
    "dls-c1-014": round((0.3 - 1) * 4, 3),
    "dls-c1-015": round(math.log(0.8 / (1 - 0.8)), 3),
    "dls-c1-016": 2 * (2 * 3 + (-1)) * 3,
    "dls-c1-017": (3**2) * 2 + (2 * 3) * (2 * 3),
    "dls-c1-018": 1 - 0.25 * (2 * 1 - 6),
    "dls-c1-019": round((9.261 - 6.859) / (2 * 0.1), 2),
    "dls-c1-022": 6 * 4,
    "dls-c1-023": sum(a + c for a in (1, 2) for c in (10, 20)),
    "dls-c1-032": 8 * (5 + 1) + 3 * (8 + 1) + 1 * (3 + 1),
    "dls-c1-033": 4 * 7,
    "dls-c1-034": 10 * 32,
    "dls-c1-035": 100 * 100 + 100 * 100 + 1 * 100,
    "dls-c2-015": round((0.9 * (0.1 * 10) + 0.1 * 20) / (1 - 0.9**2), 2),
    "dls-c2-016": round(1 / (1 - 0.75)),
    "dls-c2-017": round(0.3 / (1 + 0.5 * 4), 3),
    "dls-c2-018": round(0.01 * 4 / math.sqrt(0.1 * 4**2), 4),
    "dls-c2-028": round(math.exp(math.log(5)) / (math.exp(0) + math.exp(math.log(2)) + math.exp(math.log(5))), 3),
    "dls-c2-029": round(-math.log(0.25), 3),
    "dls-c2-030": round(math.exp(2), 2),
    "dls-c2-033": 5 * math.ceil(10050 / 64),
    "dls-c3-003": round(2 * 0.6 * 0.9 / (0.6 + 0.9), 3),
    "dls-c3-004": max(
        a for a, t, m in [(87, 60, 40), (91, 88, 70), (93, 140, 45), (96, 160, 90)] if t <= 100 and m <= 50
    ),
    "dls-c3-014": round(8 * 30 / 120, 1),
    "dls-c4-001": (32 + 2 * 2 - 5) // 2 + 1,
    "dls-c4-002": (20 - 5 + 1) ** 2 * 10,
    "dls-c4-003": ((28 - 2) // 2 + 1) ** 2 * 12,
    "dls-c4-004": (9 - 1) // 2,
    "dls-c4-005": (5 * 5 * 3 + 1) * 32,
    "dls-c4-006": (5 * 5 * 1 + 1) * 20,
    "dls-c4-007": 8 * 8 * 16 * 3 * 3 * 4,
    "dls-c4-008": 7 * 7 * 64 * 100 + 100,
    "dls-c4-013": round(100 * (1 / 32 + 1 / 3**2), 1),
    "dls-c4-014": 3 * 3 * 16 + 16 * 24,
    "dls-c4-015": round(math.sqrt(2 / 1.28), 2),
    "dls-c4-022": 9 * 9 * 3 * (1 + 4 + 4),
    "dls-c4-023": int((70 + 40 / 2) // (480 / 6)) * 6 + int((150 + 100 / 2) // (480 / 6)),
    "dls-c4-024": (2 * 3) / (16 + 16 - 2 * 3),
    "dls-c4-025": round(20 / 50, 3),
    "dls-c4-026": kept({"A": 0.9, "B": 0.8, "C": 0.7, "D": 0.6}, {"AB": 0.6, "BC": 0.7, "CD": 0.55}),
    "dls-c4-027": kept({"A": 0.90, "B": 0.85}, {"AB": 0.3}) + kept({"C": 0.80, "D": 0.75}, {"CD": 0.6}),
    "dls-c5-015": (3 * 4 + 4 * 3) / (math.hypot(3, 4) * math.hypot(4, 3)),
    "dls-c5-016": 6 * 50,
    "dls-c5-028": (min(3, 2) + min(1, 1)) / 4,
    "dls-c5-029": len(
        {("a", "red"), ("red", "kite"), ("kite", "flew"), ("flew", "over")}
        & {("a", "red"), ("red", "kite"), ("kite", "glided"), ("glided", "over")}
    )
    / 4,
    "dls-c5-030": math.exp(1 - 10 / 8),
    "dls-c5-031": 0.9 * math.exp(0.5 * math.log(0.8) + 0.5 * math.log(0.2)),
    "dls-c5-032": (math.exp(0) * 8 + math.exp(math.log(3)) * 4) / (math.exp(0) + math.exp(math.log(3))),
    "dls-c5-033": (1 * 3 + 2 * 1 + 0 * 5 + 1 * 1) / math.sqrt(4),
    "dls-c5-034": 8 * 20 * 30,
    "dls-c5-035": 64 * (1500 / 500) ** 2,
    "dls-c5-038": 4 * 96 * 96,
    "dls-c5-039": sum(range(1, 7)),
}
"""The value that the key of each of these items has to state, from the numbers in its stem."""


@pytest.fixture(scope="module")
def bank() -> Bank:
    return parse_bank(read_documents(shipped_bank()))


@pytest.mark.parametrize("item_id", COMPUTED)
def test_the_key_states_what_is_computed(bank: Bank, item_id: str) -> None:
    item = next(item for item in bank.items if item.id == item_id)
    [key] = item.keys
    stated = re.search(r"-?\d[\d,]*(?:\.(\d+))?", key.text)
    assert stated is not None, key.text
    decimals = len(stated[1] or "")
    assert float(stated[0].replace(",", "")) == pytest.approx(COMPUTED[item_id], abs=0.5000001 / 10**decimals), (
        key.text
    )
