"""`milepost user`: what an operator does with accounts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from tracker.cli.environment import now, opened
from tracker.cli.run import FIRST_PORT
from tracker.core.accounts import OPERATOR
from tracker.services import accounts, reset_links
from tracker.store import learners
from tracker.store.location import secret_key


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.argument("email")
@click.option("--address", help="Where this server is reached; by default this machine, at PORT or 5000.")
def reset(email: str, address: str | None) -> None:
    """Print a link that sets a new password for EMAIL, once and within one hour."""
    key = secret_key(os.environ)
    if not key:
        raise click.ClickException("There is no SECRET_KEY: set it as for the server, or start Milepost once.")
    with opened() as session, told_when_unknown(email):
        token = reset_links.token_for(session, email, key, now=now())
    place = address or f"http://127.0.0.1:{os.environ.get('PORT', FIRST_PORT)}"
    click.echo(f"{place.rstrip('/')}/reset/{token}")


@user.command()
@click.argument("email")
def operator(email: str) -> None:
    """Make the account with EMAIL an operator."""
    with opened() as session, told_when_unknown(email):
        user_id, _ = accounts.reset_account(session, email)
        learners.lock(session, user_id)
        learners.change(session, user_id, role=OPERATOR)
        session.commit()
    click.echo(f"{email} is an operator now.")


@contextmanager
def told_when_unknown(email: str) -> Iterator[None]:
    """Turn an unknown address into a message."""
    try:
        yield
    except LookupError as error:
        raise click.ClickException(f"There is no account with the address {email}.") from error
