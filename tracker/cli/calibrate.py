"""`milepost calibrate`: difficulties of items from all learners' answers."""

from uuid import UUID

import click
from sqlalchemy import Engine

from tracker.cli.environment import now, opened_engine
from tracker.core import calibration as core
from tracker.services import calibration
from tracker.store import calibrations
from tracker.store.engine import reading, writing


@click.command("calibrate")
def calibrate_command() -> None:
    """Estimate the items anew from everybody's answers, and fold every learner's answers with that.

    May be broken off and started again at any time.
    """
    with opened_engine() as engine:
        moved = move_everybody(engine, "finishing the last run")
        with reading(engine) as session:
            everybody = calibration.with_answers(session)
            length = core.steps(len(everybody))
            with click.progressbar(length=length, label="estimating") as bar:
                found = calibration.estimate(session, everybody, bar.update)
        if len(everybody) < core.LEARNERS:
            click.echo(f"{len(everybody)} learners have answered; from {core.LEARNERS} on items can be estimated.")
            return
        with writing(engine) as session:
            number = calibration.write(session, found, now())
            session.commit()
        if number is None:
            click.echo("The answers say nothing new.")
            return
        moved += move_everybody(engine, "moving learners")
        second = "with" if found.weights else "without"
        click.echo(
            f"Calibration {number}: {len(found.items)} items from {found.answers} first answers, "
            f"{second} a second stage; {moved} learners moved."
        )


def move_everybody(engine: Engine, label: str) -> int:
    """Move those who are behind to the newest calibration, each in a transaction of their own; how many."""
    with reading(engine) as session:
        number = calibrations.newest(session)
        waiting = calibrations.behind(session, number)
    if waiting:
        with click.progressbar(waiting, label=label) as everybody:
            for user_id in everybody:
                move_one(engine, user_id, number)
    with writing(engine) as session:
        if not calibrations.behind(session, number):
            # the last one stays: somebody may be signing up with it this moment
            calibrations.forget_before(session, number - 1)
            session.commit()
    return len(waiting)


def move_one(engine: Engine, user_id: UUID, number: int) -> None:
    with writing(engine) as session:
        calibration.move(session, user_id, number)
        session.commit()
