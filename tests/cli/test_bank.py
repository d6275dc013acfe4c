import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests import bank_factory as factory
from tracker.cli import main


def _check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["bank", "check", *arguments])


def _spoilt() -> dict[str, Any]:
    raws = factory.good_items()
    raws[0]["options"][0]["why"] = "Too short."
    return factory.documents(raws)


def test_a_good_bank_exits_0_with_its_table_and_headline(tmp_path: Path) -> None:
    result = _check(str(factory.write(tmp_path, factory.documents())))
    assert result.exit_code == 0
    assert "aws-demo: Demo Practitioner" in result.output
    assert "24 items (0 reserved), 8 concepts, 0 sources checked" in result.output
    assert "A candidate who reads nothing scores 25%." in result.output
    assert "Every gate holds." in result.output
    assert "FAIL" not in result.output


def test_each_gate_has_a_line_with_figure_limit_and_verdict(tmp_path: Path) -> None:
    lines = _check(str(factory.write(tmp_path, factory.documents()))).output.splitlines()
    assert ["longest_characters", "25.0%", "18.0%", "to", "32.0%", "pass"] in [line.split() for line in lines]
    assert ["near_duplicates", "0", "at", "most", "0", "pass"] in [line.split() for line in lines]
    assert ["key_length_median", "1.00", "0.92", "to", "1.08", "pass"] in [line.split() for line in lines]
    assert ["level", "75.0%", "at", "least", "50.0%", "pass"] in [line.split() for line in lines]


def test_a_failing_gate_exits_1_and_lists_the_items(tmp_path: Path) -> None:
    result = _check(str(factory.write(tmp_path, _spoilt())))
    assert result.exit_code == 1
    assert "demo-d1-000  reason 1 has 2 words" in result.output
    assert "1 gates fail." in result.output


@pytest.mark.parametrize(("spoil", "code"), [(False, 0), (True, 1)])
def test_json_holds_every_figure_in_the_agreed_form(tmp_path: Path, spoil: bool, code: int) -> None:
    documents = _spoilt() if spoil else factory.documents()
    result = _check(str(factory.write(tmp_path, documents)), "--json")
    assert result.exit_code == code
    printed = json.loads(result.output)
    assert list(printed) == ["certifications"]
    figures = printed["certifications"][factory.SLUG]
    gates = figures.pop("gates")
    assert figures == {"items": 24, "concepts": 8, "reserved": 0, "blind_reader": 0.25, "sources_checked": 0}
    assert gates["reasons"] == {"value": int(spoil), "limit": 0, "ok": not spoil}
    assert gates["longest_words"] == {"value": 0.25, "limit": [0.18, 0.32], "ok": True}
    assert all(set(gate) == {"value", "limit", "ok"} for gate in gates.values())


def test_an_unreadable_bank_exits_2_and_prints_every_error(tmp_path: Path) -> None:
    documents = _spoilt()
    documents[factory.FIRST][0]["concept"] = "lost"
    del documents[factory.SECOND][0]["stem"]
    result = _check(str(factory.write(tmp_path, documents)), "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f'{factory.FIRST}: demo-d1-000: concept: unknown concept "lost"' in result.stderr
    assert f"{factory.SECOND}: demo-d2-012: stem: is missing" in result.stderr
    assert "The bank cannot be read: 2 problems." in result.stderr


def test_a_missing_folder_exits_2(tmp_path: Path) -> None:
    result = _check(str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "no such folder" in result.stderr


def test_without_a_path_the_shipped_bank_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = factory.write(tmp_path, factory.documents())
    monkeypatch.setattr("tracker.cli.bank.shipped_bank", lambda: folder)
    assert "aws-demo" in _check().output
