"""`milepost doctor`: its words, its exit code, and that no state is without words."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.core.test_doctor import BEFORE, CASES, PASSING, SOUND, with_dates
from tracker.cli import main
from tracker.cli.doctor import WORDS, told
from tracker.core.doctor import examine


@pytest.fixture(autouse=True)
def at_this_database(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("SECRET_KEY", "9e2855af950e100bc33943cece72c5f0")


def doctor(*words: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *words], catch_exceptions=False)


def test_a_sound_installation_has_exit_code_0() -> None:
    looked = doctor()
    assert looked.exit_code == 0
    assert "24 questions are in use" in looked.output
    assert re.search(r"\d+ ok, \d+ to look at, 0 to repair\.", looked.output)


def test_something_to_repair_has_exit_code_1_and_a_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "short")
    looked = doctor()
    assert looked.exit_code == 1
    [line, step] = re.findall(r"(?:fail  key.*|^ {18}.*token_hex.*)", looked.output, re.MULTILINE)
    assert "short, known or not random" in line and "SECRET_KEY" in step
    assert "1 to repair" in looked.output


@pytest.mark.parametrize(("key", "ok"), [("9e2855af950e100bc33943cece72c5f0", True), ("short", False)])
def test_the_same_comes_as_json(monkeypatch: pytest.MonkeyPatch, key: str, ok: bool) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    looked = doctor("--json")
    value = json.loads(looked.output)
    assert (value["ok"], looked.exit_code) == (ok, 0 if ok else 1)
    [found] = [row for row in value["findings"] if row["check"] == "key"]
    assert (found["level"], found["next"] is None) == ("ok" if ok else "fail", ok)


def test_no_secret_is_printed() -> None:
    assert "9e2855af" not in doctor().output + doctor("--json").output


def test_every_state_has_words_and_all_words_have_a_state() -> None:
    looked_at = [SOUND, *(replace(SOUND, **changes) for changes, _, _ in CASES)]
    looked_at += [with_dates(BEFORE, **facts) for facts, _ in PASSING]
    findings = [finding for facts in looked_at for finding in examine(facts)]
    assert {(finding.check, finding.state) for finding in findings} == set(WORDS)
    for finding in findings:
        says, step = told(finding)
        assert "{" not in says + step and says.endswith(".")


def test_only_what_is_well_has_no_next_step() -> None:
    well = {key for key, (_, step) in WORDS.items() if not step}
    assert well == {(each.check, each.state) for each in examine(SOUND)}
