"""`milepost demo`: a learner with sixty days of study, to look around with on this machine."""

import os
import random
import secrets

import click
from sqlalchemy import Engine

from tracker.cli.environment import machine_zone, now, opened_engine
from tracker.core.demo import SEED
from tracker.services import demo
from tracker.services.accounts import AddressTaken
from tracker.services.hashing import hash_password, password_fits
from tracker.store import learners
from tracker.store.engine import reading, writing
from tracker.store.location import demo_password, is_local, keep_demo_password

LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""Those that are not taken for one another when they are typed from a screen."""


@click.command("demo")
@click.option("--again", is_flag=True, help="Delete the demo learner with everything in it, and make a new one.")
def demo_command(again: bool) -> None:
    """Make a learner with sixty days of study, to look around with. On a local installation only."""
    if not is_local(os.environ):
        raise click.ClickException("The demo learner belongs to a local installation; DATABASE_URL names a server's.")
    with opened_engine() as engine:
        known = _account(engine)
        if again or known is None or not known.finished:
            make(engine)
        else:
            click.echo("There is a demo learner already. --again makes it anew.")
        tell(engine)


def welcome() -> None:
    """Make the demo learner of a new local installation, and say how to sign in as long as there is one."""
    if not is_local(os.environ):
        return
    with opened_engine() as engine:
        if _is_wanted(engine):
            make(engine)
        tell(engine)


def _is_wanted(engine: Engine) -> bool:
    """Whether none was ever made and nobody else is here, or its making was interrupted."""
    known = _account(engine)
    if known is not None:
        return not known.finished
    with reading(engine) as session:
        return not demo_password(os.environ) and not learners.user_ids(session)


def _account(engine: Engine) -> demo.Account | None:
    with reading(engine) as session:
        return demo.account(session)


def make(engine: Engine) -> None:
    """Make the demo learner in place of an earlier one, a commit for each of its days."""
    instant, rng = now(), random.Random(SEED)  # noqa: S311
    password = new_password()
    hashed = hash_password(password)
    with writing(engine) as session:
        try:
            story = demo.begin(session, machine_zone(os.environ), now=instant, rng=rng)
        except AddressTaken as error:
            raise click.ClickException(f"Somebody else has the address {demo.EMAIL}.") from error
        session.commit()
    with click.progressbar(story.days, label="Making a demo learner with sixty days of study") as days:
        for day in days:
            with writing(engine) as session:
                demo.live(session, story, day, rng=rng)
                session.commit()
    keep_demo_password(os.environ, password)
    with writing(engine) as session:
        demo.finish(session, story, hashed, now=instant)
        session.commit()


def new_password() -> str:
    """Four groups of five letters: about 90 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))


def tell(engine: Engine) -> None:
    """Print how to sign in, as long as there is a demo learner."""
    known = _account(engine)
    if known is None:
        return
    password = demo_password(os.environ)
    click.echo(f"To look around, sign in as {demo.EMAIL}")
    if password and password_fits(password, known.password_hash):
        click.echo(f"with the password {password}")
    else:
        click.echo(f"with the password set for it since (milepost user reset {demo.EMAIL} sets a new one)")
