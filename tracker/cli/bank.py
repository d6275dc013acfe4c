"""`milepost bank`: look at a question bank, and load it."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from tracker.cli.environment import now, opened
from tracker.core.bank import Bank, BankError, parse_bank
from tracker.core.item_quality import CertificationReport, Gate, examine
from tracker.services.bank import load
from tracker.store.bank_files import read_documents, shipped_bank

GATE_FAILED, UNREADABLE = 1, 2


@click.group("bank")
def bank_group() -> None:
    """The question bank."""


@bank_group.command("check")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.pass_context
def check(context: click.Context, path: Path | None, as_json: bool) -> None:
    """Measure every gate of the bank in PATH (default: the one that comes with Milepost).

    Exit code 0 when every gate holds, 1 when one fails, 2 when the bank cannot be read.
    """
    parsed = read_bank(path or shipped_bank())
    today = now().date()
    reports = examine(parsed, today)
    click.echo(_as_json(reports) if as_json else _as_text(reports, today))
    context.exit(0 if all(report.ok for report in reports) else GATE_FAILED)


@bank_group.command("load")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def load_command(path: Path | None) -> None:
    """Bring the database to the bank in PATH (default: the one that comes with Milepost)."""
    load_bank(path or shipped_bank())


def load_bank(folder: Path) -> None:
    """Load a bank and say what changed; every problem of an unreadable one, and exit code 2."""
    parsed = read_bank(folder, "Nothing was loaded")
    with opened() as session:
        loaded = load(session, parsed, now=now())
        session.commit()
    for slug, changes in loaded.by_certification.items():
        items = [f"{count} questions {what}" for what, count in changes.items() if what != "facts"]
        click.echo(f"{slug}: " + ", ".join([*(["exam facts set"] if "facts" in changes else []), *items]))
    if loaded.nothing:
        click.echo("The bank is as it was.")


def read_bank(folder: Path, otherwise: str = "The bank cannot be read") -> Bank:
    """The bank in a folder; of an unreadable one every problem on standard error, and exit code 2."""
    try:
        return parse_bank(read_documents(folder))
    except BankError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        click.echo(f"{otherwise}: {len(error.problems)} problems.", err=True)
        raise SystemExit(UNREADABLE) from error


def _as_json(reports: Sequence[CertificationReport]) -> str:
    return json.dumps({"certifications": {report.slug: _figures(report) for report in reports}}, indent=2)


def _figures(report: CertificationReport) -> dict[str, object]:
    return {
        "items": report.items,
        "concepts": report.concepts,
        "reserved": report.reserved,
        "blind_reader": report.blind_reader,
        "sources_checked": report.sources_checked,
        "gates": {gate.name: {"value": gate.value, "limit": gate.limit, "ok": gate.ok} for gate in report.gates},
    }


def _as_text(reports: Sequence[CertificationReport], today: date) -> str:
    blocks = ["\n".join(_block(report)) for report in reports]
    failed = sum(not gate.ok for report in reports for gate in report.gates)
    verdict = f"{failed} gates fail." if failed else "Every gate holds."
    return "\n\n".join((*blocks, f"{verdict} Exam versions as of {today.isoformat()}."))


def _block(report: CertificationReport) -> list[str]:
    lines = [
        f"{report.slug}: {report.name}",
        f"{report.items} items ({report.reserved} reserved), {report.concepts} concepts, "
        f"{report.sources_checked} sources checked",
        "",
        f"{'gate':<34}{'figure':>10}  {'limit':<20}",
    ]
    for gate in report.gates:
        verdict = "pass" if gate.ok else "FAIL"
        lines.append(f"{gate.name:<34}{_figure(gate, gate.value):>10}  {_limit(gate):<20}{verdict}")
        if not gate.ok:
            lines += [f"    {each.subject}  {each.detail}".rstrip() for each in gate.offences]
    blind = "-" if report.blind_reader is None else f"{report.blind_reader:.0%}"
    return [*lines, "", f"A candidate who reads nothing scores {blind}."]


def _limit(gate: Gate) -> str:
    if gate.low is not None and gate.high is not None:
        return f"{_figure(gate, gate.low)} to {_figure(gate, gate.high)}"
    if gate.low is None:
        return f"at most {_figure(gate, gate.high)}"
    return f"at least {_figure(gate, gate.low)}"


def _figure(gate: Gate, value: float | None) -> str:
    if value is None:
        return "-"
    return {"share": f"{value:.1%}", "count": f"{value:.0f}", "ratio": f"{value:.2f}"}[gate.unit]
