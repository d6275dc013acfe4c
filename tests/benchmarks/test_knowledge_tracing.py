import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import knowledge_tracing
from tests.benchmarks.files import HEADER, simulated, written


def measured(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> dict[str, Any]:
    knowledge_tracing.main([str(path), "--json", *options])
    models: dict[str, Any] = json.loads(capsys.readouterr().out)["models"]
    return models


def without_speed(models: dict[str, Any]) -> dict[str, Any]:
    return {name: {key: value for key, value in each.items() if key != "per_second"} for name, each in models.items()}


def test_json_has_every_model_with_every_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models = measured(capsys, written(tmp_path, simulated()))
    assert {"milepost", "elo", "percent_per_skill", "global_mean", "milepost_alone"} <= set(models)
    for figures in models.values():
        assert set(figures) == {"auc", "log_loss", "brier", "ece", "per_second"}
        assert 0 <= figures["auc"] <= 1
        assert figures["per_second"] > 0
    assert models["global_mean"]["auc"] == 0.5


def test_the_seed_draws_the_learners_held_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, simulated(), "answers.csv.gz")
    once, again, other = (
        without_speed(measured(capsys, path, "--limit-users", "25", "--seed", seed)) for seed in ("1", "1", "2")
    )
    assert once == again != other


def test_shuffled_labels_leave_nothing_to_predict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, simulated(learners=150))
    assert measured(capsys, path)["milepost"]["auc"] > 0.65
    assert abs(measured(capsys, path, "--shuffle-labels")["milepost"]["auc"] - 0.5) < 0.04


def test_the_table_names_the_models(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    knowledge_tracing.main([str(written(tmp_path, simulated()))])
    printed = capsys.readouterr().out
    assert "log_loss" in printed
    assert "milepost_alone" in printed


def test_a_bad_file_ends_with_a_message_and_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        knowledge_tracing.main([str(written(tmp_path, [HEADER, "a,i,s,7,0"]))])
    assert ended.value.code == 2
    assert "line 2: correct is '7'" in capsys.readouterr().err
