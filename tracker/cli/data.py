"""Commands that look after the data: upgrade, backup, restore, rebuild."""

import os
from pathlib import Path

import click

from tracker.cli.bank import load_bank
from tracker.cli.environment import opened, url
from tracker.services import folding
from tracker.store import backup, cards, learners, schema
from tracker.store.bank_files import shipped_bank
from tracker.store.engine import make_engine
from tracker.store.location import prepare_instance


@click.command()
def upgrade() -> None:
    """Migrate the database to this release and load the bank that comes with it."""
    if url().startswith("sqlite"):
        prepare_instance(os.environ)
    bring_up_to_date()
    click.echo("The database is up to date.")


def bring_up_to_date() -> None:
    """Migrate, load the bank, and after a migration fold every learner's answers anew: the rules may have changed.

    One that was broken off in between is made up for by the next.
    """
    before = standing_at(url())
    schema.upgrade(url())
    load_bank(shipped_bank())
    with opened() as session:
        broken_off = cards.without_abilities(session)
    if broken_off or (before is not None and before != schema.head_revision()):
        fold_everybody(check=False)


def standing_at(address: str) -> str | None:
    """The revision of the database at this address; None when it has never been migrated."""
    engine = make_engine(address)
    try:
        with engine.connect() as connection:
            return schema.current_revision(connection)
    finally:
        engine.dispose()


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup_command(file: Path) -> None:
    """Copy the database into FILE while it is in use, and check the copy."""
    try:
        counts = backup.backup(url(), file)
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    size = file.stat().st_size / 1e6
    click.echo(f"Saved {file}: {len(counts)} tables, {size:.1f} MB, checked.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore_command(file: Path, yes: bool) -> None:
    """Put the copy in FILE in place of the whole database."""
    if not yes:
        click.confirm("Everything in the present database is replaced. Go on?", abort=True)
    try:
        counts = backup.restore(url(), file)
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored {file}: {counts.get('learner', 'all')} learners, {counts.get('attempt', 'all')} answers.")


@click.command()
@click.option("--check", is_flag=True, help="Only compare; exit code 1 when something differs.")
def rebuild(check: bool) -> None:
    """Fold every learner's answers anew and store the cards and abilities that come out."""
    learners_folded, different = fold_everybody(check=check)
    click.echo(f"{learners_folded} learners, {different} {'differ' if check else 'rebuilt'}.")
    if check and different:
        raise SystemExit(1)


def fold_everybody(*, check: bool) -> tuple[int, int]:
    """How many learners there are and of how many the stored state differed; `check` leaves it as it is."""
    different = 0
    with opened() as session:
        everybody = learners.user_ids(session)
    for user_id in everybody:
        with opened() as session:
            different += folding.rebuild(session, user_id, check=check)
            session.commit()
    return len(everybody), different
