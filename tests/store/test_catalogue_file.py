from pathlib import Path

import pytest

from tracker.core.roadmap import CatalogueError, Problem
from tracker.store.catalogue_file import CATALOGUE_FILE, read_catalogue, shipped_catalogue

REVISIONS = {
    1: """python-core pandas-numpy statistics linear-algebra learning-basics sql cert-aws-aif
    sklearn features deep project-pipeline cert-dlai-dls kaggle-tabular-1 kaggle-tabular-2 kaggle-tabular-3 kaggle-nn
    tracking-cicd serve cert-aws-mla deploy-pipeline cert-databricks-mla cert-gcp-pmle project-drift
    genai project-rag cert-aws-aip github coding system-design mock-interviews""",
}
"""The ids of each revision ever shipped: learners' ticks hang on them."""
GENAI_CHECKLIST = {f"SEED-{number}" for number in range(249, 255)}


def message(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "steps.yaml"
    path.write_bytes(content)
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(path)
    [problem] = caught.value.problems
    assert problem.file == "steps.yaml"
    return problem.message


def test_the_shipped_catalogue_is_read_once() -> None:
    assert shipped_catalogue() is shipped_catalogue()
    assert read_catalogue(CATALOGUE_FILE) == shipped_catalogue()


def test_no_id_of_an_earlier_revision_is_lost() -> None:
    catalogue = shipped_catalogue()
    kept = {step.id for step in catalogue.steps} | {retired.id for retired in catalogue.retired}
    assert set(REVISIONS) == set(range(1, catalogue.revision + 1)), "list the ids of the new revision here"
    for revision, ids in REVISIONS.items():
        assert set(ids.split()) <= kept, revision


def test_the_current_revision_lists_its_steps() -> None:
    catalogue = shipped_catalogue()
    assert REVISIONS[catalogue.revision].split() == [step.id for step in catalogue.steps]


@pytest.mark.parametrize(
    ("phase", "lane", "required", "optional"),
    [
        (
            "foundations",
            "main",
            "python-core 20 pandas-numpy 14 statistics 16 linear-algebra 10 learning-basics 10 sql 8 cert-aws-aif 21",
            "",
        ),
        ("modelling", "main", "sklearn 20 features 8 deep 18 project-pipeline 24", "cert-dlai-dls 70"),
        ("modelling", "side", "kaggle-tabular-1 10 kaggle-tabular-2 10 kaggle-nn 10", "kaggle-tabular-3 10"),
        (
            "production",
            "main",
            "tracking-cicd 14 serve 14 cert-aws-mla 56 deploy-pipeline 10",
            "cert-databricks-mla 35 cert-gcp-pmle 56 project-drift 20",
        ),
        ("specialisation", "main", "genai 16 project-rag 20", "cert-aws-aip 56"),
        ("job", "side", "github 6 coding 14 system-design 14 mock-interviews 6", ""),
    ],
)
def test_hours_are_those_the_worked_examples_were_computed_with(
    phase: str, lane: str, required: str, optional: str
) -> None:
    steps = [step for step in shipped_catalogue().steps if (step.phase, step.lane) == (phase, lane)]
    for listed, wanted in ((required, False), (optional, True)):
        hours = [f"{step.id} {step.hours}" for step in steps if step.optional is wanted]
        assert " ".join(hours) == listed


def test_the_project_has_the_stages_of_the_lifecycle_and_generative_ai_its_checklist() -> None:
    steps = shipped_catalogue().by_id()
    stages = ["data-in", "preprocessing", "feature-engineering", "training", "deployment"]
    assert [part.id for part in steps["project-pipeline"].parts][:5] == stages
    assert len(steps["genai"].parts) == 6
    assert set(steps["genai"].covers) >= GENAI_CHECKLIST


def test_titles_are_sentences_of_their_own() -> None:
    catalogue = shipped_catalogue()
    titles = [step.title for step in catalogue.steps]
    assert len(set(titles)) == len(titles)
    assert all(title[0].isupper() and not title.endswith(".") for title in titles)
    for step in catalogue.steps:
        assert step.why.endswith("."), step.id
        assert step.why.count(". ") == 0, step.id
        assert len({part.title for part in step.parts}) == len(step.parts), step.id


def test_every_required_step_says_which_facts_it_covers() -> None:
    assert [step.id for step in shipped_catalogue().steps if not step.covers] == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"revision: 1\nrevision: 2\n", 'line 2: the key "revision" twice'),
        (b"steps:\n- id: a\n  id: b\n", 'line 3: the key "id" twice'),
        (b"a: 'x\n", "line 2: found unexpected end of stream"),
        (b"a: !!python/object:os.system x", "line 1: could not determine a constructor"),
        (b"a: 2026-13-45\n", "is not YAML: month must be in 1..12"),
        ("a: Übung".encode("latin-1"), "is not UTF-8"),
        (b"a: \x07\n", "is not YAML"),
    ],
)
def test_what_is_not_plain_yaml_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    assert expected in message(tmp_path, content)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(tmp_path / "none.yaml")
    assert caught.value.problems == (Problem("none.yaml", "cannot be read: No such file or directory"),)


def test_a_list_is_no_catalogue(tmp_path: Path) -> None:
    assert "valid dictionary" in message(tmp_path, b"- a\n- b\n")
