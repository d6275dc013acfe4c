"""`milepost bank stats`: what the answers say about the questions."""

from collections.abc import Iterator, Sequence

import click

from tracker.cli.environment import opened_engine
from tracker.core.bank import Item
from tracker.core.statistics import FEWEST_LEARNERS, ItemStatistics
from tracker.services import item_statistics
from tracker.store import bank
from tracker.store.engine import reading

Measured = Sequence[tuple[Item, ItemStatistics]]


@click.command("stats")
@click.argument("certification", required=False)
def stats(certification: str | None) -> None:
    """Print for each question how it was answered: of CERTIFICATION, or of all.

    Right answers, discrimination and chosen options count first sights of the present version alone. A question with
    a negative discrimination is one that better learners miss more often: look for a wrong key or a second answer.
    """
    with opened_engine() as engine, reading(engine) as session:
        slugs = [each.slug for each in bank.certifications(session)]
        if certification is not None and certification not in slugs:
            raise click.ClickException(f'no certification "{certification}"; there are {", ".join(slugs)}')
        wanted = [certification] if certification else slugs
        blocks = ["\n".join(_block(slug, item_statistics.of_certification(session, slug))) for slug in wanted]
    click.echo("\n\n".join(blocks))


def _block(slug: str, measured: Measured) -> Iterator[str]:
    answered = [(item, found) for item, found in measured if found.answers]
    answers = sum(found.answers for _, found in answered)
    yield f"{slug}: {len(measured)} questions, {len(answered)} of them answered, {answers} answers"
    if not answered:
        return
    yield ""
    yield f"{'question':<16}{'answers':>8}{'first sights':>14}{'right':>14}{'discrimination':>16}  chosen (* key)"
    for item, found in answered:
        right = "-" if found.share_right is None else f"{found.right} ({found.share_right:.0%})"
        numbers = f"{found.answers:>8}{found.first_sights:>14}{right:>14}{_discrimination(found):>16}"
        yield f"{item.id:<16}{numbers}  {_chosen(item, found)}".rstrip()
    yield ""
    yield _verdict(answered)


def _discrimination(found: ItemStatistics) -> str:
    if not found.enough:
        return "too few"
    return "all alike" if found.discrimination is None else f"{found.discrimination:+.2f}"


def _chosen(item: Item, found: ItemStatistics) -> str:
    if item.kind not in ("single", "multiple"):
        return ""
    counted = [f"{found.chosen[at]}{'*' if option.correct else ''}" for at, option in enumerate(item.options)]
    return "  ".join(counted)


def _verdict(answered: Measured) -> str:
    negative = [item.id for item, found in answered if (found.discrimination or 0) < 0]
    if negative:
        return f"To repair, for better learners miss them more often: {', '.join(negative)}"
    known = sum(found.enough for _, found in answered)
    return f"Nothing to repair among the {known} questions that {FEWEST_LEARNERS} or more learners met first."
