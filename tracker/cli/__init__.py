"""The console script `milepost`."""

import click

# Not named `bank`: that would hide the module tracker.cli.bank.
from tracker.cli.bank import bank_group


@click.group()
def main() -> None:
    """Milepost: a study tracker."""


main.add_command(bank_group)
