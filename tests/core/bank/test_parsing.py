from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import bank_factory as factory
from tracker.core.bank import BankError, Problem, parse_bank

Documents = dict[str, Any]
Change = Callable[[Documents], object]
FIRST_ITEM = "demo-d1-000"


def _problems(documents: Documents) -> tuple[Problem, ...]:
    with pytest.raises(BankError) as caught:
        parse_bank(documents)
    return caught.value.problems


def test_the_good_bank_parses_in_file_order() -> None:
    bank = factory.bank()
    assert [concept.slug for concept in bank.concepts] == [f"concept-{at}" for at in range(8)]
    assert [item.id for item in bank.items] == [raw["id"] for raw in factory.good_items()]
    assert bank.items_of(factory.SLUG) == bank.items
    assert bank.items_of("aws-other") == ()


def test_certification_and_domain_follow_from_the_file() -> None:
    assert {(item.certification, item.domain, item.task[0]) for item in factory.bank().items} == {
        (factory.SLUG, "D1", "1"),
        (factory.SLUG, "D2", "2"),
    }


def test_certifications_come_in_their_position() -> None:
    documents = factory.documents()
    documents["aws-alpha/certification.yaml"] = factory.certification(slug="aws-alpha", position=2)
    assert [each.slug for each in parse_bank(documents).certifications] == [factory.SLUG, "aws-alpha"]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        (lambda raw: raw.update(task=1.1), "task", "valid string"),
        (lambda raw: raw.update(reserved="yes"), "reserved", "valid boolean"),
        (lambda raw: raw["options"][0].update(correct="true"), "options[0].correct", "valid boolean"),
        (lambda raw: raw.update(options="four"), "options", "valid tuple"),
        (lambda raw: raw.update(tags=["x"]), "tags", "unknown key"),
        (lambda raw: raw["options"][1].update(note="x"), "options[1].note", "unknown key"),
        (lambda raw: raw.update(domain="D1"), "domain", "unknown key"),
        (lambda raw: raw["options"][1].pop("why"), "options[1].why", "is missing"),
        (lambda raw: raw["options"][1].update(why="  "), "options[1].why", "at least 1 character"),
        (lambda raw: raw.pop("stem"), "stem", "is missing"),
        (lambda raw: raw.update(stem="x" * 4_001), "stem", "at most 4000"),
        (lambda raw: raw["options"][0].update(text="x" * 601), "options[0].text", "at most 600"),
        (lambda raw: raw["options"][0].update(why="x" * 1_201), "options[0].why", "at most 1200"),
        (lambda raw: raw.update(stem="bell \x07"), "stem", "control character"),
        (lambda raw: raw.update(kind="truefalse"), "kind", "'single'"),
        (lambda raw: raw.update(level="remember"), "level", "'recall'"),
        (lambda raw: raw.update(difficulty="tough"), "difficulty", "'easy'"),
        (lambda raw: raw["source"].update(url="http://example.com"), "source.url", "pattern"),
        (lambda raw: raw["source"].update(checked="last week"), "source.checked", "valid date"),
        (lambda raw: raw.update(concept="lost"), "concept", 'unknown concept "lost"'),
        (lambda raw: raw.update(task="2.1"), "task", "belongs to D2"),
        (lambda raw: raw.update(options=raw["options"][:3]), "options", "has 4 options"),
    ],
)
def test_each_fault_of_an_item_names_file_item_and_field(change: Change, field: str, message: str) -> None:
    documents = factory.documents()
    change(documents[factory.FIRST][0])
    [problem] = _problems(documents)
    assert (problem.file, problem.item, problem.field) == (factory.FIRST, FIRST_ITEM, field)
    assert message in problem.message


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda all_: all_[factory.SECOND][0].update(id=FIRST_ITEM),
            Problem(factory.SECOND, f"already used in {factory.FIRST}", FIRST_ITEM, "id"),
        ),
        (
            lambda all_: all_["concepts.yaml"].append(factory.concept(7)),
            Problem("concepts.yaml", "is used twice", "concept-7", "slug"),
        ),
        (
            lambda all_: all_["concepts.yaml"][0].update(needs=["concept-2"]),
            Problem(
                "concepts.yaml",
                "a circle: concept-0 -> concept-2 -> concept-1 -> concept-0",
                "concept-0",
                "needs",
            ),
        ),
        (
            lambda all_: all_["concepts.yaml"][0].update(confused_with=["lost"]),
            Problem("concepts.yaml", 'unknown concept "lost"', "concept-0", "confused_with"),
        ),
        (
            lambda all_: all_["concepts.yaml"][7].pop("explain"),
            Problem("concepts.yaml", "is missing", "concept-7", "explain"),
        ),
        (lambda all_: all_.pop("concepts.yaml"), Problem("concepts.yaml", "is missing")),
        (lambda all_: all_.pop(factory.CERTIFICATION), Problem(factory.CERTIFICATION, "is missing")),
        (
            lambda all_: all_[factory.CERTIFICATION].update(slug="aws-other"),
            Problem(factory.CERTIFICATION, f'is not its folder "{factory.SLUG}"', field="slug"),
        ),
        (
            lambda all_: all_[factory.CERTIFICATION].update(price_usd="100"),
            Problem(factory.CERTIFICATION, "Input should be a valid integer", field="price_usd"),
        ),
        (
            lambda all_: all_[factory.CERTIFICATION]["exam_versions"][0].update(pass_line=70.0),
            Problem(
                factory.CERTIFICATION,
                "Input should be less than or equal to 1",
                field="exam_versions[0].pass_line",
            ),
        ),
        (
            lambda all_: all_.update({"aws-demo/notes.yaml": []}),
            Problem("aws-demo/notes.yaml", "is no file of concepts, certification or domain items"),
        ),
        (
            lambda all_: all_.update({factory.SECOND: None}),
            Problem(factory.SECOND, "must be a list with at least one entry"),
        ),
        (
            lambda all_: all_[factory.SECOND].append("an item"),
            Problem(factory.SECOND, "must be a mapping with text keys", "entry 13"),
        ),
    ],
)
def test_each_fault_between_files(change: Change, expected: Problem) -> None:
    documents = factory.documents()
    change(documents)
    assert _problems(documents) == (expected,)


def test_every_fault_is_listed_at_once() -> None:
    documents = factory.documents()
    documents[factory.FIRST][0].update(concept="lost", task="9.9")
    del documents[factory.FIRST][1]["stem"]
    documents[factory.SECOND][0]["options"][0]["text"] = documents[factory.SECOND][0]["options"][1]["text"]
    documents["concepts.yaml"][3]["read"] = []
    found = {(problem.file, problem.item, problem.field) for problem in _problems(documents)}
    assert found == {
        ("concepts.yaml", "concept-3", "read"),
        (factory.FIRST, FIRST_ITEM, "concept"),
        (factory.FIRST, FIRST_ITEM, "task"),
        (factory.FIRST, "demo-d1-001", "stem"),
        (factory.SECOND, "demo-d2-012", "options"),
    }


def test_a_faulty_certification_does_not_blame_its_items() -> None:
    documents = factory.documents()
    documents[factory.CERTIFICATION]["position"] = "first"
    assert [problem.field for problem in _problems(documents)] == ["position"]


def test_a_stem_of_ten_megabytes_gives_a_short_message() -> None:
    documents = factory.documents()
    documents[factory.FIRST][0]["stem"] = "x" * 10_000_000
    [problem] = _problems(documents)
    assert problem.field == "stem"
    assert len(str(problem)) < 200


def test_a_problem_reads_as_file_item_field_message() -> None:
    assert str(Problem("a.yaml", "is missing", "mla-d1-001", "stem")) == "a.yaml: mla-d1-001: stem: is missing"
    assert str(Problem("a.yaml", "is missing")) == "a.yaml: is missing"
    assert str(BankError([Problem("b.yaml", "x"), Problem("a.yaml", "y")])) == "a.yaml: y\nb.yaml: x"


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(file=st.sampled_from(["concepts.yaml", factory.CERTIFICATION, factory.FIRST, "x.yaml"]), junk=JUNK)
def test_whatever_a_file_holds_the_answer_is_a_list_of_problems(file: str, junk: object) -> None:
    assert _problems(factory.documents() | {file: junk})


@given(field=st.sampled_from(sorted(factory.single(1))), junk=JUNK)
def test_whatever_a_field_holds_it_parses_or_gives_problems(field: str, junk: object) -> None:
    documents = factory.documents()
    documents[factory.FIRST][0][field] = junk
    try:
        parse_bank(documents)
    except BankError as error:
        assert error.problems


@pytest.mark.parametrize("file", ["concepts.yaml", factory.CERTIFICATION, factory.FIRST])
def test_a_file_nobody_could_read_is_listed_with_all_other_faults_and_accuses_no_other_file(file: str) -> None:
    documents = factory.documents()
    documents[factory.SECOND][0]["level"] = "remember"
    documents[file] = Problem(file, "line 3: is not UTF-8")
    problems = _problems(documents)
    assert sorted((problem.file, problem.field) for problem in problems) == sorted(
        [(file, None), (factory.SECOND, "level")], key=str
    )
