"""`milepost user`: what an operator does with accounts."""

import os
from datetime import datetime
from uuid import UUID

import click
from sqlalchemy.orm import Session

from tracker.cli.environment import opened
from tracker.services import accounts
from tracker.store import learners
from tracker.store.location import secret_key
from tracker.web.auth.views import reset_signer


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.argument("email")
@click.option("--address", default="http://127.0.0.1:5000", show_default=True, help="Where this server is reached.")
def reset(email: str, address: str) -> None:
    """Print a link that sets a new password for EMAIL, once and within one hour."""
    key = secret_key(os.environ)
    if not key:
        raise click.ClickException("There is no SECRET_KEY: set it as for the server, or start Milepost once.")
    with opened() as session:
        user_id, changed_at = found(session, email)
    token = reset_signer(key).dumps([user_id.hex, changed_at.isoformat()])
    click.echo(f"{address.rstrip('/')}/reset/{token}")


@user.command()
@click.argument("email")
def operator(email: str) -> None:
    """Make the account with EMAIL an operator."""
    with opened() as session:
        user_id, _ = found(session, email)
        learners.lock(session, user_id)
        learners.change(session, user_id, role="operator")
        session.commit()
    click.echo(f"{email} is an operator now.")


def found(session: Session, email: str) -> tuple[UUID, datetime]:
    """The account's id and the instant of its last password change. Raises ClickException."""
    try:
        return accounts.reset_account(session, email)
    except LookupError as error:
        raise click.ClickException(f"There is no account with the address {email}.") from error
