"""What an installation's facts mean: is it sound, and which facts of its bank have gone by?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from tracker.core.bank import Certification, Source
from tracker.core.keys import unfit

Level = Literal["ok", "warn", "fail"]

FULL_SYNC = 2
"""`PRAGMA synchronous` from which on an answered request has reached the disk."""
OPEN_TO_OTHERS = 0o077
SOURCE_AGE = timedelta(days=180)
"""After this long a source has to be opened again. Ours."""
BANK_AGE = timedelta(days=180)
"""After this long without a load a newer bank is worth looking for. Ours."""
BACKUP_AGE = timedelta(days=7)
"""How much work a learner could lose at most. Ours."""
CLOCK_SLACK = timedelta(minutes=5)
"""Two clocks may differ so much."""
MEGABYTE = 1_000_000
DISK_FULL, DISK_LOW = 100 * MEGABYTE, 500 * MEGABYTE
"""Free bytes; beyond the low mark there has to be room for two copies of the database, as a restore needs them."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WRITTEN_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b|\b(\d{{4}})-(\d\d)-(\d\d)\b")


@dataclass(frozen=True)
class Library:
    """The release of SQLite in use, and the oldest that is safe with several connections."""

    version: tuple[int, ...]
    safe: tuple[int, ...]


@dataclass(frozen=True)
class Private:
    """A file or folder that only its owner should open: its permission bits, and those it should have."""

    path: str
    mode: int
    wanted: int


@dataclass(frozen=True)
class Backup:
    """The newest copy of the database in the instance folder."""

    name: str
    made_at: datetime


@dataclass(frozen=True)
class Database:
    """A database that answers. The last three are None where it is not SQLite or its schema is not known."""

    revision: str | None
    head: str | None
    journal_mode: str | None = None
    synchronous: int | None = None
    broken_references: int | None = None


@dataclass(frozen=True)
class Bank:
    """The loaded bank: items in use, when it was last loaded, and every source that it names."""

    items: int
    loaded_at: datetime | None
    certifications: Sequence[Certification]
    sources: Sequence[Source]


@dataclass(frozen=True)
class Facts:
    """All that is looked at. `database` is the reason why it cannot be reached when it cannot.

    `sqlite` is None where it is not used, `free_bytes` where the database is on another machine.
    """

    now: datetime
    key: str
    database: Database | str
    sqlite: Library | None = None
    private: Sequence[Private] = ()
    bank: Bank | None = None
    last_answer_at: datetime | None = None
    free_bytes: int | None = None
    database_bytes: int = 0
    backup: Backup | None = None


@dataclass(frozen=True)
class Finding:
    """What one check found: `state` names the case, `figures` are what its words need."""

    check: str
    level: Level
    state: str
    figures: Mapping[str, Any] = field(default_factory=dict)


def examine(facts: Facts) -> list[Finding]:
    """Every finding, check by check; one check may find several things. What cannot be known is left out."""
    found = [*_sqlite(facts), *_database(facts), *_private(facts.private), _key(facts.key)]
    if facts.bank is not None:
        found += _bank(facts.bank, facts.now)
    found += [*_disk(facts), *_clock(facts), *_backup(facts)]
    return found


def _sqlite(facts: Facts) -> Iterator[Finding]:
    if facts.sqlite is not None:
        figures = {"version": _dotted(facts.sqlite.version), "needed": _dotted(facts.sqlite.safe)}
        safe = facts.sqlite.version >= facts.sqlite.safe
        yield Finding("sqlite", "ok" if safe else "fail", "safe" if safe else "unsafe", figures)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _database(facts: Facts) -> Iterator[Finding]:
    known = facts.database
    if isinstance(known, str):
        yield Finding("database", "fail", "unreachable", {"reason": known})
        return
    yield Finding("database", "ok", "reached")
    state = "current" if known.revision == known.head else "behind" if known.revision else "empty"
    figures = {"revision": known.revision, "head": known.head}
    yield Finding("schema", "ok" if state == "current" else "fail", state, figures)
    if known.broken_references is not None:
        broken = known.broken_references
        yield Finding("references", "fail" if broken else "ok", "broken" if broken else "whole", {"count": broken})
    if known.journal_mode is not None and known.journal_mode != "wal":
        yield Finding("journal", "fail", "no log", {"mode": known.journal_mode})
    elif known.synchronous is not None:
        synced = known.synchronous >= FULL_SYNC
        yield Finding("journal", "ok" if synced else "fail", "synced" if synced else "not synced")


def _private(paths: Sequence[Private]) -> Iterator[Finding]:
    wide = [each for each in paths if each.mode & OPEN_TO_OTHERS]
    for each in wide:
        figures = {"path": each.path, "mode": f"{each.mode:04o}", "wanted": f"{each.wanted:04o}"}
        yield Finding("files", "fail", "open to others", figures)
    if paths and not wide:
        yield Finding("files", "ok", "private", {"count": len(paths)})


def _key(key: str) -> Finding:
    state = "missing" if not key else "unfit" if unfit(key) else "fit"
    return Finding("key", "ok" if state == "fit" else "fail", state)


def _bank(bank: Bank, now: datetime) -> Iterator[Finding]:
    if not bank.items or bank.loaded_at is None:
        yield Finding("bank", "fail", "empty")
        return
    age = now - bank.loaded_at
    figures = {"items": bank.items, "loaded_on": bank.loaded_at.date(), "days": age.days}
    old = age > BANK_AGE
    yield Finding("bank", "warn" if old else "ok", "old" if old else "loaded", figures)
    today = now.date()
    yield from _passed(bank.certifications, today)
    yield _sources(bank.sources, today)


def _passed(certifications: Iterable[Certification], today: date) -> Iterator[Finding]:
    """Dates in the facts of a certification that have come since somebody last opened its sources."""
    passed = [finding for each in certifications for finding in _passed_of(each, today)]
    yield from passed
    if not passed:
        yield Finding("dates", "ok", "none passed")


def _passed_of(certification: Certification, today: date) -> Iterator[Finding]:
    checked = max((source.checked for source in certification.sources if source.checked), default=date.min)
    for version in certification.exam_versions:
        figures = {"certification": certification.slug, "code": version.code}
        if version.english_until is not None and checked <= version.english_until < today:
            yield Finding("dates", "warn", "edition ended", figures | {"day": version.english_until})
        if version.english_from is not None and checked < version.english_from <= today:
            yield Finding("dates", "warn", "edition began", figures | {"day": version.english_from})
    for notice in certification.notices:
        for day in written_days(notice):
            if checked < day <= today:
                yield Finding("dates", "warn", "notice passed", {"certification": certification.slug, "day": day})


def written_days(text: str) -> list[date]:
    """The days of the calendar that a text names, as `14 January 2027` or `2027-01-14`."""
    found = []
    for day, month, year, iso_year, iso_month, iso_day in _WRITTEN_DAY.findall(text):
        parts = (year, _MONTHS.index(month) + 1, day) if month else (iso_year, iso_month, iso_day)
        try:
            found.append(date(*map(int, parts)))
        except ValueError:
            continue
    return found


def _sources(sources: Sequence[Source], today: date) -> Finding:
    checked = [source.checked for source in sources if source.checked is not None]
    old = [day for day in checked if today - day > SOURCE_AGE]
    figures = {"checked": len(checked), "unchecked": len(sources) - len(checked), "old": len(old)}
    if not old:
        return Finding("sources", "ok", "fresh", figures)
    return Finding("sources", "warn", "old", figures | {"oldest": min(old), "days": SOURCE_AGE.days})


def _disk(facts: Facts) -> Iterator[Finding]:
    if facts.free_bytes is None:
        return
    figures = {"free": round(facts.free_bytes / MEGABYTE)}
    if facts.free_bytes < DISK_FULL:
        yield Finding("disk", "fail", "full", figures)
    elif facts.free_bytes < DISK_LOW + 2 * facts.database_bytes:
        yield Finding("disk", "warn", "low", figures)
    else:
        yield Finding("disk", "ok", "roomy", figures)


def _clock(facts: Facts) -> Iterator[Finding]:
    if facts.last_answer_at is not None:
        ahead = facts.last_answer_at - facts.now > CLOCK_SLACK
        figures = {"last": facts.last_answer_at, "now": facts.now}
        yield Finding("clock", "fail" if ahead else "ok", "behind" if ahead else "sane", figures)


def _backup(facts: Facts) -> Iterator[Finding]:
    if facts.backup is not None:
        age = facts.now - facts.backup.made_at
        old = age > BACKUP_AGE
        figures = {"name": facts.backup.name, "days": max(0, age.days)}
        yield Finding("backup", "warn" if old else "ok", "old" if old else "fresh", figures)
