import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import bank_factory as factory
from tracker.cli import main
from tracker.core.bank import json_schema, parse_bank
from tracker.store.bank_files import read_documents


def _bank(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["bank", *arguments])


def test_a_new_item_is_valid_in_the_file_of_its_domain(tmp_path: Path) -> None:
    folder = factory.write(tmp_path, factory.documents())
    printed = _bank("new", factory.SLUG, "D2", str(folder))
    assert printed.exit_code == 0
    with (folder / factory.SECOND).open("a") as file:
        file.write(printed.output)
    assert [item.id for item in parse_bank(read_documents(folder)).items][-1] == "demo-d2-024"


def test_an_item_left_empty_does_not_pass_the_gates(tmp_path: Path) -> None:
    folder = factory.write(tmp_path, factory.documents())
    with (folder / factory.SECOND).open("a") as file:
        file.write(_bank("new", factory.SLUG, "D2", str(folder)).output)
    checked = _bank("check", str(folder))
    assert checked.exit_code == 1
    assert "demo-d2-024  reason 1 has 5 words" in checked.output
    assert "demo-d2-024  not on the list of hosts" in checked.output


@pytest.mark.parametrize(("slug", "domain"), [("aws-none", "D1"), (factory.SLUG, "D9")])
def test_an_unknown_certification_or_domain_is_told_without_a_traceback(
    tmp_path: Path, slug: str, domain: str
) -> None:
    told = _bank("new", slug, domain, str(factory.write(tmp_path, factory.documents())))
    assert told.exit_code == 1
    assert told.stdout == ""
    assert told.stderr.startswith("Error: ")


def test_an_unreadable_bank_gives_no_new_item(tmp_path: Path) -> None:
    told = _bank("new", factory.SLUG, "D1", str(tmp_path / "none"))
    assert (told.exit_code, told.stdout) == (2, "")
    assert "no such folder" in told.stderr


def test_without_a_path_the_item_is_for_the_shipped_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = factory.write(tmp_path, factory.documents())
    monkeypatch.setattr("tracker.cli.bank_writing.shipped_bank", lambda: folder)
    assert "id: demo-d1-012" in _bank("new", factory.SLUG, "D1").output


def test_the_schema_is_printed_as_json() -> None:
    assert json.loads(_bank("schema").output) == json_schema()
