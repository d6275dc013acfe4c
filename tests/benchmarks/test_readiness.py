import json
import statistics
from pathlib import Path
from typing import Any

import pytest

from benchmarks import readiness
from benchmarks.answers import FIRST_DAY, Given, Student
from benchmarks.readiness import Forecast, Paper, measured, normal, papers_of, percent, taught
from tests.benchmarks.files import HEADER, simulated, written
from tracker.core.ability import PRACTICE_GAIN


def student(answers: int, skills: int, right: int = 2) -> Student:
    given = [Given(f"i{n}", (f"s{n % skills}",), n % right == 0, FIRST_DAY) for n in range(answers)]
    return Student("a", tuple(given))


def test_papers_follow_one_another_after_thirty_answers() -> None:
    papers = papers_of([student(125, 3)])
    assert [len(paper.history) for paper in papers] == [30, 60, 90]
    assert [paper.questions[0].item for paper in papers] == ["i30", "i60", "i90"]
    assert {paper.score for paper in papers} == {0.5}


@pytest.mark.parametrize(("answers", "skills", "papers"), [(59, 3, 0), (60, 3, 1), (60, 2, 0)])
def test_learners_with_too_little_give_no_paper(answers: int, skills: int, papers: int) -> None:
    assert len(papers_of([student(answers, skills)])) == papers


def test_a_normal_forecast_by_hand() -> None:
    told = normal(0.6, 0.1, 0.6)
    assert (told.low, told.mid, told.high) == pytest.approx((0.6 - 0.12816, 0.6, 0.6 + 0.12816), abs=1e-4)
    assert told.chance == pytest.approx(statistics.NormalDist().cdf(0.5 / 30 / 0.1))
    assert normal(0.95, 0.1, 0.6).high == 1.0


def test_percent_knows_its_few_answers() -> None:
    few, many = (percent(papers_of([student(answers, 3)])[-1], 0.5) for answers in (60, 600))
    assert few.mid == pytest.approx(0.5)
    assert few.high - few.low > many.high - many.low


def test_what_a_domain_gains_while_it_is_asked() -> None:
    # before the first question nothing, before the second what the first taught
    assert taught(0, 2) == pytest.approx(PRACTICE_GAIN / 2, rel=0.03)
    assert taught(100, 30) < taught(0, 30)


def test_the_figures_by_hand() -> None:
    papers = [Paper((), student(30, 3, right).answers) for right in (2, 2, 3, 30)]
    # scores 15, 15, 10 and 1 of 30; the line is the upper median, 15
    figures = measured(lambda paper, line: Forecast(0.3, 0.4, 0.5, line), papers, "")
    assert figures["mae"] == pytest.approx((0.1 + 0.1 + 0.2 / 3 + 11 / 30) / 4)
    assert (figures["coverage80"], figures["papers"]) == (0.75, 4)
    assert figures["width80"] == pytest.approx(0.2)
    assert figures["brier_pass"] == pytest.approx(0.25)


def test_json_has_every_model_with_every_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readiness.main([str(written(tmp_path, simulated(learners=40, answers=100))), "--json"])
    models: dict[str, Any] = json.loads(capsys.readouterr().out)["models"]
    assert {"milepost", "elo", "percent", "milepost_alone", "elo_alone"} == set(models)
    for figures in models.values():
        assert set(figures) == {"mae", "coverage80", "width80", "brier_pass", "papers"}
        assert figures["papers"] == 16
    assert models["milepost"]["mae"] < 0.15
    assert 0.5 < models["milepost"]["coverage80"] <= 1


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([HEADER, "a,i,s,7,0"], "line 2: correct is '7'"),
        (simulated(answers=59), "no held-out learner has 60 answers over 3 skills"),
    ],
)
def test_a_file_without_papers_ends_with_a_message_and_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        readiness.main([str(written(tmp_path, lines))])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
