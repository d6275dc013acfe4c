"""`milepost bank new` and `schema`: what helps while questions are written."""

import json
from pathlib import Path

import click

from tracker.cli.bank import read_bank
from tracker.core.bank import UnknownDomain, blank_item, json_schema
from tracker.store.bank_files import entry_text, shipped_bank


@click.command("new")
@click.argument("certification")
@click.argument("domain")
@click.argument("path", required=False, type=click.Path(path_type=Path))
def new(certification: str, domain: str, path: Path | None) -> None:
    """Print an item to fill in, for the file of DOMAIN (such as D1) in the bank in PATH.

    It has the next free id, a task and a concept of the domain, and every field; those that say null may be left out.
    """
    try:
        item = blank_item(read_bank(path or shipped_bank()), certification, domain)
    except UnknownDomain as error:
        raise click.ClickException(str(error)) from error
    click.echo(entry_text(item), nl=False)


@click.command("schema")
def schema() -> None:
    """Print the JSON schema of the bank's files, for an editor that checks YAML."""
    click.echo(json.dumps(json_schema(), indent=2))
