import json
from pathlib import Path

import pytest

from benchmarks import exam_day
from benchmarks.policies import RIVALS

MODEL = """
class Steady:
    def __init__(self, seed, concepts, items, weights):
        assert concepts and items and abs(sum(weights.values()) - 1) < 1e-9
        self.known = 0
    def answer(self, item_id, day):
        self.known += 1
        return self.known % 2 == 0, 30
    def exam(self, day):
        return min(0.9, self.known / 20)
class Mute:
    pass
class Percent(Steady):
    def exam(self, day):
        return 70.0
"""
TINY = ["--learners", "2", "--minutes", "2", "--days", "3", "--bank", "12x4x2"]


@pytest.fixture
def model(tmp_path: Path) -> str:
    file = tmp_path / "model.py"
    file.write_text(MODEL)
    return str(file)


def test_a_plugged_in_learner_is_measured(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exam_day.main([*TINY, "--learner", f"{model}:Steady", "--json"]) == 0
    out, err = capsys.readouterr()
    [setting] = json.loads(out)["settings"]
    assert (setting["learner"], setting["minutes"], setting["days"], setting["learners"]) == ("Steady", 2, 3, 2)
    # twelve answers under every policy: this learner does not mind what is asked
    assert setting["scores"] == dict.fromkeys(["milepost", *RIVALS], 60.0)
    assert setting["against"]["random"] == {"mean": 0.0, "se": 0.0, "better": 0.5}
    assert "1/1 Steady 2 min 3 days" in err


def test_the_shipped_learners_take_part_and_the_same_seed_gives_the_same_figures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = []
    for seed in ("1", "1", "2"):
        assert exam_day.main([*TINY, "--seed", seed]) == 0
        found.append(capsys.readouterr().out)
    assert found[0] == found[1] != found[2]
    for name in ("FsrsLike", "Exponential", "PowerLaw", "Memoriser", "round_robin"):
        assert name in found[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--learners", "0"], "--learners"),
        (["--learners", "1"], "at least 2"),
        (["--minutes", "0"], "--minutes"),
        (["--days", "99999"], "--days"),
        (["--bank", "three"], "108x36x4"),
        (["--cert", "nobody"], "no certification nobody"),
        (["--learner", "nowhere.py:Steady"], "no file nowhere.py"),
        (["--learner", "nowhere.py"], "FILE:CLASS"),
    ],
)
def test_bad_arguments_are_said(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exam_day.main(arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("name", ["Nobody", "Mute"])
def test_a_class_that_is_no_learner_is_refused(model: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exam_day.main(["--learner", f"{model}:{name}"]) == 2
    assert name in capsys.readouterr().err


def test_a_file_that_cannot_be_imported_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "broken.py"
    file.write_text("import nothing_of_that_name")
    assert exam_day.main(["--learner", f"{file}:Steady"]) == 2
    assert "nothing_of_that_name" in capsys.readouterr().err


def test_a_score_that_is_no_share_is_refused(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert exam_day.main([*TINY, "--learner", f"{model}:Percent"]) == 2
    assert "not a share" in capsys.readouterr().err


def test_an_unknown_option_ends_with_two() -> None:
    with pytest.raises(SystemExit) as ended:
        exam_day.main(["--nothing"])
    assert ended.value.code == 2
