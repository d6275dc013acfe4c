"""The console script `milepost`."""

import click

# not named `bank`: that would hide the module tracker.cli.bank
from tracker.cli.bank import bank_group
from tracker.cli.bank_statistics import stats
from tracker.cli.bank_writing import new, schema
from tracker.cli.calibrate import calibrate_command
from tracker.cli.data import backup_command, rebuild, restore_command, upgrade
from tracker.cli.demo import demo_command
from tracker.cli.doctor import doctor
from tracker.cli.run import run
from tracker.cli.sweep import sweep
from tracker.cli.user import user


@click.group()
@click.version_option(package_name="milepost")
def main() -> None:
    """Milepost: a study tracker for people moving into machine learning engineering."""


COMMANDS = (
    run,
    demo_command,
    upgrade,
    doctor,
    bank_group,
    user,
    backup_command,
    restore_command,
    rebuild,
    calibrate_command,
    sweep,
)
for command in COMMANDS:
    main.add_command(command)
for command in (new, schema, stats):
    bank_group.add_command(command)
