"""The schema of a database: where the migrations lie, and how a database is brought to their head."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

PACKAGE = Path(__file__).resolve().parent.parent


def migrations_folder() -> Path:
    """The migrations inside an installed wheel, else those beside the package in a checkout."""
    packed = PACKAGE / "migrations"
    return packed if packed.is_dir() else PACKAGE.parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the database at `url`."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate the database at `url` up to `revision`."""
    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Migrate the database at `url` down to `revision`."""
    command.downgrade(alembic_config(url), revision)


def current_revision(connection: Connection) -> str | None:
    """The revision this database stands at; None when it has never been migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str | None:
    """The revision this release needs."""
    return ScriptDirectory.from_config(alembic_config("")).get_current_head()
