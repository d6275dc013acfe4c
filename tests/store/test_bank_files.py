import os
from datetime import date
from pathlib import Path

import pytest

from tests import bank_factory as factory
from tracker.core.bank import BankError, Problem, parse_bank
from tracker.store.bank_files import entry_text, read_documents, shipped_bank

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


def _problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(BankError) as caught:
        parse_bank(read_documents(folder))
    return caught.value.problems


def _message(tmp_path: Path, text: str) -> str:
    [problem] = _problems(factory.write(tmp_path, {"concepts.yaml": text}))
    assert problem.file == "concepts.yaml"
    return problem.message


def test_the_good_bank_comes_back_as_it_was_written(tmp_path: Path) -> None:
    documents = factory.documents()
    assert read_documents(factory.write(tmp_path, documents)) == documents
    assert parse_bank(read_documents(tmp_path)) == factory.bank()


def test_dates_stay_dates(tmp_path: Path) -> None:
    folder = factory.write(tmp_path, {"concepts.yaml": "checked: 2026-11-23"})
    assert read_documents(folder) == {"concepts.yaml": {"checked": date(2026, 11, 23)}}


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    assert read_documents(factory.write(tmp_path, {"concepts.yaml": ""})) == {"concepts.yaml": None}


def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    assert _problems(tmp_path / "none") == (Problem(str(tmp_path / "none"), "no such folder"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "line 1: anchors and aliases are not allowed"),
        ("a: 1\nb: *a\n", "line 2: anchors and aliases are not allowed"),
        ("a: 1\nb: 2\na: 3\n", 'line 3: the key "a" twice'),
        ("- id: x\n  stem: y\n  id: z\n", 'line 3: the key "id" twice'),
        ("a: 1\n<<: {b: 2}\n", "line 2: merge keys are not allowed"),
        ("[" * 30 + "]" * 30, "line 1: nested more than 20 levels deep"),
        ("a: !!python/object:os.system x", "line 1: tags are not allowed"),
        ("a: 1\nb: !!bool maybe\n", "line 2: tags are not allowed"),
        ("!!map x", "line 1: tags are not allowed"),
        ("a: =\n", "line 1: could not determine a constructor"),
        ("a: 1\nb: 2026-13-45\n", 'line 2: "2026-13-45" is not a value: month must be in 1..12'),
        ("a: " + "9" * 5_000, "is not a value: Exceeds the limit"),
        ("? [a]\n: 1\n", "line 1: found unhashable key"),
        ("a: 'x\n", "found unexpected end of stream"),
        ("a: 1\n---\nb: 2\n", "line 2: but found another document"),
        ("a: \x07bell\n", "is not YAML"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    assert message in _message(tmp_path, text)


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "concepts.yaml").write_bytes("a: 1\nb: Übung\n".encode("latin-1"))
    assert _problems(tmp_path) == (Problem("concepts.yaml", "line 2: is not UTF-8"),)


def test_a_stem_of_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    assert _message(tmp_path, "stem: " + "x" * 10_000_000) == "is 10.0 MB, the most is 5 MB"


@pytest.mark.parametrize("file", ["notes.txt", "aws-demo/d1-first.yml", "aws-demo/more/d1-first.yaml", ".swp"])
def test_unknown_files_are_problems(tmp_path: Path, file: str) -> None:
    [problem] = _problems(factory.write(tmp_path, factory.documents() | {file: "x"}))
    assert problem.file == file
    assert problem.message.startswith("unexpected file")


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "concepts.yaml")
    assert _problems(tmp_path)[0].message.startswith("unexpected file")


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    factory.write(tmp_path, {"concepts.yaml": BOMB, factory.FIRST: "a: 1\na: 2\n", "x.txt": "x"})
    assert [problem.file for problem in _problems(tmp_path)] == [factory.FIRST, "concepts.yaml", "x.txt"]


def test_the_shipped_bank_is_the_folder_beside_the_package() -> None:
    assert shipped_bank() == Path(__file__).resolve().parents[2] / "questions"


def test_the_shipped_bank_of_a_wheel_is_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "tracker" / "questions"
    inside.mkdir(parents=True)
    monkeypatch.setattr("tracker.store.bank_files.__file__", str(tmp_path / "tracker" / "store" / "bank_files.py"))
    assert shipped_bank() == inside


def test_faults_inside_the_files_are_listed_beside_those_that_cannot_be_read(tmp_path: Path) -> None:
    documents = factory.documents()
    documents[factory.SECOND][0]["id"] = documents[factory.FIRST][0]["id"]
    documents[factory.SECOND][1]["stem"] = "x" * 1_000_000
    del documents[factory.SECOND][2]["concept"]
    factory.write(tmp_path, documents | {"notes.txt": "x", "aws-more/d1-first.yaml": BOMB})
    found = {(problem.file, problem.field) for problem in _problems(tmp_path)}
    assert found == {
        ("aws-more/d1-first.yaml", None),
        ("notes.txt", None),
        (factory.SECOND, "id"),
        (factory.SECOND, "stem"),
        (factory.SECOND, "concept"),
    }


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_refused(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "concepts.yaml").write_bytes("a: 1\n".encode(encoding))
    assert _problems(tmp_path)[0].message == "line 1: is not UTF-8"


def test_an_entry_as_text_adds_itself_to_its_file(tmp_path: Path) -> None:
    documents = factory.documents()
    folder = factory.write(tmp_path, documents)
    entry = factory.single(30, id="demo-d1-300", added_in=None)
    with (folder / factory.FIRST).open("a") as file:
        file.write(entry_text(entry))
    assert read_documents(folder)[factory.FIRST] == [*documents[factory.FIRST], entry]
