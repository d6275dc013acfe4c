"""Problems of a bank, as values."""

from tracker.core.bank.problems import BankError, Problem


def test_a_problem_names_file_item_and_field_where_it_has_them() -> None:
    assert str(Problem("a.yaml", "is missing", "demo-1", "stem")) == "a.yaml: demo-1: stem: is missing"
    assert str(Problem("a.yaml", "is missing")) == "a.yaml: is missing"


def test_an_error_tells_all_of_them_by_file() -> None:
    error = BankError([Problem("b.yaml", "two"), Problem("a.yaml", "one")])
    assert [problem.file for problem in error.problems] == ["a.yaml", "b.yaml"]
    assert str(error) == "a.yaml: one\nb.yaml: two"


def test_a_problem_is_one_line_without_control_characters_whatever_stands_in_the_file() -> None:
    problem = Problem("a.yaml", "is\nwrong", "x\x1b[31m", "\ud800" + "y" * 500)
    text = str(problem)
    assert text.startswith("a.yaml: x?[31m: ?yyy")
    assert text.endswith("y: is?wrong")
    assert len(text) < 160
