"""Commands that look after the data: upgrade, backup, restore, rebuild."""

import os
from pathlib import Path

import click

from tracker.cli.bank import load_bank
from tracker.cli.environment import opened, url
from tracker.services import folding
from tracker.store import backup, learners, schema
from tracker.store.bank_files import shipped_bank
from tracker.store.location import prepare_instance


@click.command()
def upgrade() -> None:
    """Migrate the database to this release and load the bank that comes with it."""
    if url().startswith("sqlite"):
        prepare_instance(os.environ)
    schema.upgrade(url())
    load_bank(shipped_bank())
    click.echo("The database is up to date.")


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
    different = 0
    with opened() as session:
        everybody = learners.user_ids(session)
    for user_id in everybody:
        with opened() as session:
            different += folding.rebuild(session, user_id, check=check)
            session.commit()
    click.echo(f"{len(everybody)} learners, {different} {'differ' if check else 'rebuilt'}.")
    if check and different:
        raise SystemExit(1)
