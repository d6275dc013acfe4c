"""`milepost doctor`: is this installation sound, and what to do where it is not."""

import json
import os
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import click

from tracker.cli.environment import now
from tracker.core.doctor import Finding, examine
from tracker.services.doctor import gather

MAKE_A_KEY = "make one: python3 -c 'import secrets; print(secrets.token_hex(32))'"
CHECK_FACTS = "Look it up, correct the bank's certification.yaml with the day of the check, and run: milepost upgrade"

WORDS: dict[tuple[str, str], tuple[str, str]] = {
    ("sqlite", "safe"): ("SQLite {version} is safe with several connections.", ""),
    ("sqlite", "unsafe"): (
        "SQLite {version} can damage a database that two connections write.",
        "Install the package pysqlite3, or a Python with SQLite {needed} or newer.",
    ),
    ("database", "reached"): ("The database answers.", ""),
    ("database", "unreachable"): (
        "The database cannot be reached: {reason}.",
        "Check DATABASE_URL or INSTANCE; for a new installation run: milepost upgrade",
    ),
    ("schema", "current"): ("The database stands at this release's revision, {head}.", ""),
    ("schema", "behind"): (
        "The database stands at revision {revision}, this release needs {head}.",
        "Make a backup, then run: milepost upgrade",
    ),
    ("schema", "empty"): ("The database has no tables of Milepost.", "Run: milepost upgrade"),
    ("references", "whole"): ("No row points at a row that is not there.", ""),
    ("references", "broken"): (
        "{count} rows point at a row that is not there.",
        "Stop the server and put the newest sound backup in place: milepost restore FILE",
    ),
    ("journal", "synced"): ("An answer that was acknowledged has reached the disk.", ""),
    ("journal", "no log"): (
        "The database works with the journal “{mode}” instead of a write-ahead log.",
        "Move it to a local disk: network folders cannot hold a write-ahead log.",
    ),
    ("journal", "not synced"): (
        "Answers are acknowledged before they have reached the disk.",
        "Remove what sets PRAGMA synchronous, such as a changed build of SQLite.",
    ),
    ("files", "private"): ("Only their owner can open the folder and files with secrets ({count}).", ""),
    ("files", "open to others"): ("Others can open {path} (mode {mode}).", "Run: chmod {wanted} {path}"),
    ("key", "fit"): ("The secret key is long and not a known one.", ""),
    ("key", "missing"): ("There is no secret key.", f"Run `milepost upgrade`, or set SECRET_KEY; {MAKE_A_KEY}"),
    ("key", "unfit"): (
        "The secret key is short, known or not random.",
        f"Everybody will have to sign in again: set SECRET_KEY; {MAKE_A_KEY}",
    ),
    ("bank", "loaded"): ("{items} questions are in use, loaded last on {loaded_on}.", ""),
    ("bank", "old"): (
        "The bank was loaded last {days} days ago, on {loaded_on}.",
        "Measure its gates as of today with `milepost bank check`, or look for a newer release and upgrade.",
    ),
    ("bank", "empty"): ("There are no questions.", "Run: milepost upgrade"),
    ("dates", "none passed"): ("No date in the facts of a certification has come since they were checked.", ""),
    ("dates", "edition ended"): ("{code} of {certification} ended in English on {day}.", CHECK_FACTS),
    ("dates", "edition began"): ("{code} of {certification} began on {day}.", CHECK_FACTS),
    ("dates", "notice passed"): ("A notice of {certification} speaks of {day} as still to come.", CHECK_FACTS),
    ("sources", "fresh"): ("{checked} sources were checked within half a year, {unchecked} not yet.", ""),
    ("sources", "old"): (
        "{old} of {checked} checked sources were opened last more than {days} days ago, the first on {oldest}.",
        "Open them again and set `checked`, or look for a newer release.",
    ),
    ("disk", "roomy"): ("{free} MB are free on the disk.", ""),
    ("disk", "low"): ("Only {free} MB are free on the disk.", "Make room for two copies of the database."),
    ("disk", "full"): ("The disk is full: {free} MB are left.", "Make room now: answers cannot be saved."),
    ("clock", "sane"): ("The last answer, of {last}, lies in the past.", ""),
    ("clock", "behind"): (
        "The last answer is of {last}, but this machine's clock says {now}.",
        "Set the clock; until then each answer is stored just after the last one.",
    ),
    ("backup", "fresh"): ("The newest backup, {name}, is {days} days old.", ""),
    ("backup", "old"): ("The newest backup, {name}, is {days} days old.", "Run: milepost backup FILE"),
}
"""For each state of each check: what it is, and what to do."""


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print every finding as JSON.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Look for what is wrong with this installation, and say what to do. Nothing is changed.

    Exit code 0 when nothing fails (there may be warnings), 1 when something does.
    """
    findings = examine(gather(os.environ, now()))
    click.echo(_as_json(findings) if as_json else _as_text(findings))
    context.exit(1 if any(finding.level == "fail" for finding in findings) else 0)


def told(finding: Finding) -> tuple[str, str]:
    """What a finding says, and what to do next (empty: nothing)."""
    figures = {name: _plain(value) for name, value in finding.figures.items()}
    says, step = WORDS[finding.check, finding.state]
    return says.format(**figures), step.format(**figures)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return value.isoformat() if isinstance(value, date) else value


def _as_text(findings: Sequence[Finding]) -> str:
    lines = []
    for finding in findings:
        says, step = told(finding)
        lines.append(f"{finding.level:<6}{finding.check:<12}{says}")
        if step:
            lines.append(f"{'':<18}{step}")
    counted = {level: sum(finding.level == level for finding in findings) for level in ("ok", "warn", "fail")}
    return "\n".join([*lines, "", f"{counted['ok']} ok, {counted['warn']} to look at, {counted['fail']} to repair."])


def _as_json(findings: Sequence[Finding]) -> str:
    rows = []
    for finding in findings:
        says, step = told(finding)
        rows.append(
            {
                "check": finding.check,
                "level": finding.level,
                "state": finding.state,
                "says": says,
                "next": step or None,
                "figures": {name: _plain(value) for name, value in finding.figures.items()},
            }
        )
    return json.dumps({"ok": all(row["level"] != "fail" for row in rows), "findings": rows}, indent=2)
