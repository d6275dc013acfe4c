"""Each finding of the doctor, from facts that break one thing at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests import bank_factory as factory
from tracker.core.bank import Certification, Source
from tracker.core.doctor import (
    BACKUP_AGE,
    BANK_AGE,
    CLOCK_SLACK,
    DISK_FULL,
    DISK_LOW,
    SOURCE_AGE,
    Backup,
    Bank,
    Database,
    Facts,
    Library,
    Private,
    examine,
    written_days,
)

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
SECOND = timedelta(seconds=1)
KEY = "9e2855af950e100bc33943cece72c5f0"
DATABASE = Database("0004", "0004", "wal", 2, 0)


def source(checked: date | None) -> Source:
    return Source(title="Guide", url="https://example.org/", checked=checked)


def certification(checked: date | None = TODAY, notices: tuple[str, ...] = (), **version: Any) -> Certification:
    raw = factory.certification(
        sources=[{"title": "Guide", "url": "https://example.org/", "checked": checked}],
        notices=list(notices),
        exam_versions=[factory.version(**version)],
    )
    return Certification.model_validate(raw)


BANK = Bank(24, NOW - timedelta(days=3), [certification()], [source(TODAY), source(None)])
SOUND = Facts(
    now=NOW,
    key=KEY,
    database=DATABASE,
    sqlite=Library((3, 53, 4), (3, 51, 3)),
    private=[Private("instance", 0o700, 0o700), Private("instance/secret", 0o600, 0o600)],
    bank=BANK,
    last_answer_at=NOW - timedelta(hours=1),
    free_bytes=80_000_000_000,
    database_bytes=5_000_000,
    backup=Backup("monday.sqlite", NOW - timedelta(days=2)),
)


def found(facts: Facts) -> dict[str, tuple[str, str]]:
    return {each.check: (each.level, each.state) for each in examine(facts)}


def figures(facts: Facts, check: str) -> dict[str, Any]:
    [each] = [each for each in examine(facts) if each.check == check]
    return dict(each.figures)


def test_a_sound_installation_is_well_in_every_check() -> None:
    levels = {check: level for check, (level, _) in found(SOUND).items()}
    assert set(levels) == {
        *("sqlite", "database", "schema", "references", "journal", "files", "key"),
        *("bank", "dates", "sources", "disk", "clock", "backup"),
    }
    assert set(levels.values()) == {"ok"}


CASES: list[tuple[dict[str, Any], str, tuple[str, str]]] = [
    ({"sqlite": Library((3, 51, 2), (3, 51, 3))}, "sqlite", ("fail", "unsafe")),
    ({"sqlite": Library((3, 9, 9), (3, 51, 3))}, "sqlite", ("fail", "unsafe")),
    ({"sqlite": Library((3, 51, 3), (3, 51, 3))}, "sqlite", ("ok", "safe")),
    ({"database": "no route to host"}, "database", ("fail", "unreachable")),
    ({"database": replace(DATABASE, revision="0002")}, "schema", ("fail", "behind")),
    ({"database": replace(DATABASE, revision=None)}, "schema", ("fail", "empty")),
    ({"database": replace(DATABASE, broken_references=2)}, "references", ("fail", "broken")),
    ({"database": replace(DATABASE, journal_mode="delete")}, "journal", ("fail", "no log")),
    ({"database": replace(DATABASE, synchronous=1)}, "journal", ("fail", "not synced")),
    ({"database": replace(DATABASE, synchronous=3)}, "journal", ("ok", "synced")),
    ({"key": ""}, "key", ("fail", "missing")),
    ({"key": "1" * 40}, "key", ("fail", "unfit")),
    ({"private": [Private("instance", 0o755, 0o700)]}, "files", ("fail", "open to others")),
    ({"private": [Private("instance/secret", 0o640, 0o600)]}, "files", ("fail", "open to others")),
    ({"bank": replace(BANK, items=0)}, "bank", ("fail", "empty")),
    ({"bank": replace(BANK, loaded_at=None)}, "bank", ("fail", "empty")),
    ({"bank": replace(BANK, loaded_at=NOW - BANK_AGE)}, "bank", ("ok", "loaded")),
    ({"bank": replace(BANK, loaded_at=NOW - BANK_AGE - SECOND)}, "bank", ("warn", "old")),
    ({"bank": replace(BANK, sources=[source(TODAY - SOURCE_AGE)])}, "sources", ("ok", "fresh")),
    (
        {"bank": replace(BANK, sources=[source(TODAY - SOURCE_AGE - timedelta(days=1))])},
        "sources",
        ("warn", "old"),
    ),
    ({"free_bytes": DISK_FULL - 1}, "disk", ("fail", "full")),
    ({"free_bytes": DISK_FULL}, "disk", ("warn", "low")),
    ({"free_bytes": DISK_LOW, "database_bytes": 1}, "disk", ("warn", "low")),
    ({"free_bytes": DISK_LOW + 2, "database_bytes": 1}, "disk", ("ok", "roomy")),
    ({"last_answer_at": NOW + CLOCK_SLACK}, "clock", ("ok", "sane")),
    ({"last_answer_at": NOW + CLOCK_SLACK + SECOND}, "clock", ("fail", "behind")),
    (
        {"backup": Backup("a", NOW - BACKUP_AGE)},
        "backup",
        ("ok", "fresh"),
    ),
    ({"backup": Backup("a", NOW - BACKUP_AGE - SECOND)}, "backup", ("warn", "old")),
]


@pytest.mark.parametrize(("changes", "check", "expected"), CASES)
def test_one_thing_that_is_wrong_changes_one_finding(
    changes: dict[str, Any], check: str, expected: tuple[str, str]
) -> None:
    before, after = found(SOUND), found(replace(SOUND, **changes))
    assert after[check] == expected
    others = {name: value for name, value in after.items() if name != check}
    assert others.items() <= before.items()


def test_what_cannot_be_known_is_left_out() -> None:
    bare = Facts(now=NOW, key=KEY, database=Database("0004", "0004"))
    assert list(found(bare)) == ["database", "schema", "key"]
    assert list(found(replace(bare, database="no route to host"))) == ["database", "key"]


def test_every_file_that_others_can_open_is_named() -> None:
    wide = [Private("instance", 0o755, 0o700), Private("instance/secret", 0o644, 0o600)]
    told = [each.figures for each in examine(replace(SOUND, private=wide)) if each.check == "files"]
    assert [(each["path"], each["mode"], each["wanted"]) for each in told] == [
        ("instance", "0755", "0700"),
        ("instance/secret", "0644", "0600"),
    ]


def test_old_and_unchecked_sources_are_counted() -> None:
    days = [date(2026, 1, 2), date(2026, 2, 3), date(2026, 11, 1), None]
    counted = figures(replace(SOUND, bank=replace(BANK, sources=[source(day) for day in days])), "sources")
    assert counted == {"checked": 3, "unchecked": 1, "old": 2, "oldest": date(2026, 1, 2), "days": 180}


def with_dates(checked: date | None, **facts: Any) -> Facts:
    return replace(SOUND, bank=replace(BANK, certifications=[certification(checked, **facts)]))


def dates(checked: date | None, **facts: Any) -> list[tuple[str, date]]:
    told = [each for each in examine(with_dates(checked, **facts)) if each.check == "dates"]
    assert all(each.level == ("ok" if each.state == "none passed" else "warn") for each in told)
    return [(each.state, each.figures["day"]) for each in told if each.level == "warn"]


BEFORE, PASSED = date(2026, 9, 1), date(2026, 9, 28)


PASSING: list[tuple[dict[str, Any], str]] = [
    ({"english_until": PASSED}, "edition ended"),
    ({"english_from": PASSED}, "edition began"),
    ({"notices": ("It is expected on 28 September 2026.",)}, "notice passed"),
    ({"notices": ("From 2026-09-28 on it costs 150 dollars.",)}, "notice passed"),
]


@pytest.mark.parametrize(("facts", "state"), PASSING)
def test_a_date_that_came_after_the_last_check_is_told(facts: dict[str, Any], state: str) -> None:
    assert dates(BEFORE, **facts) == [(state, PASSED)]
    assert dates(None, **facts) == [(state, PASSED)]
    assert dates(TODAY, **facts) == []


def test_what_begins_today_has_come_and_what_ends_today_has_not() -> None:
    notice = (f"It is expected on {TODAY.isoformat()}.",)
    assert dates(BEFORE, english_from=TODAY) == [("edition began", TODAY)]
    assert dates(BEFORE, notices=notice) == [("notice passed", TODAY)]
    assert dates(BEFORE, english_until=TODAY) == []
    assert dates(TODAY, english_from=TODAY, notices=notice) == []


def test_a_date_that_is_still_to_come_is_not_told() -> None:
    tomorrow = TODAY + timedelta(days=1)
    notice = (f"It is expected on {tomorrow.day} {tomorrow:%B %Y}.",)
    assert dates(BEFORE, english_until=TODAY, notices=notice) == []
    assert dates(BEFORE, english_from=tomorrow) == []
    assert dates(BEFORE, english_until=TODAY - timedelta(days=1)) == [("edition ended", TODAY - timedelta(days=1))]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On 14 January 2027 and 2027-02-03.", [date(2027, 1, 14), date(2027, 2, 3)]),
        ("Not on 31 February 2027 or 2027-13-01.", []),
        ("In January 2027; 65 questions, version 1.2.", []),
    ],
)
def test_days_are_found_in_a_text(text: str, days: list[date]) -> None:
    assert written_days(text) == days
