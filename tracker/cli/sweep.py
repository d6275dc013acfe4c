"""Closing what was left open."""

import click

from tracker.cli.environment import now, opened
from tracker.core.exam import GRACE
from tracker.services import exams
from tracker.store import sittings


@click.command()
def sweep() -> None:
    """Close every exam paper whose time is over, as the learner's next visit would. Safe at any time."""
    at = now()
    with opened() as session:
        left = sittings.left_by_everybody(session, at - GRACE)
    closed = 0
    for user_id, sitting_id in left:
        with opened() as session:
            closed += exams.sweep(session, user_id, sitting_id, now=at)
            session.commit()
    click.echo(f"{closed} {'paper' if closed == 1 else 'papers'} closed.")
