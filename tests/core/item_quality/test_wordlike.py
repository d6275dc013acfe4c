import pytest

from tracker.core.item_quality import wordlike


def test_words_are_small_and_keep_their_inner_marks() -> None:
    assert wordlike.words("Use SageMaker AI's real-time p4d.24xlarge") == {
        "use",
        "sagemaker",
        "ai's",
        "real-time",
        "p4d.24xlarge",
    }


def test_content_words_leave_small_ones_out_and_join_singular_and_plural() -> None:
    assert wordlike.content_words("The classes of all the models and a model") == {"classe", "model"}
    assert wordlike.content_words("Which loss is used as in the bias") == {"loss", "bia"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A plain option without any", 0),
        ("Use Amazon Bedrock Guardrails", 1),
        ("Use AWS Lambda with Amazon S3", 2),
        ("SageMaker endpoints in three groups", 1),
        ("S3 buckets, 30 days and 0.5 points", 3),
        ("Train on a p4d.24xlarge", 1),
        ("Train it", 0),
    ],
)
def test_names_and_numbers_are_counted_and_a_first_capital_is_no_name(text: str, found: int) -> None:
    assert wordlike.names_and_numbers(text) == found


@pytest.mark.parametrize(
    ("text", "certification", "found"),
    [
        ("A managed endpoint on Amazon Bedrock", "aws-aip", 2),
        ("A Serverless endpoint", "dlai-dls", 1),
        ("A self-managed cluster with a customer managed key", "aws-mla", 0),
        ("Gemini", "aws-mla", 0),
        ("Gemini on Agent Platform", "gcp-pmle", 2),
        ("Unity Catalog", "databricks-mla", 1),
    ],
)
def test_flagships_are_those_of_the_vendor(text: str, certification: str, found: int) -> None:
    assert wordlike.flagships(text, certification) == found


def test_hedges_and_absolute_words() -> None:
    assert wordlike.hedged("It usually fits")
    assert not wordlike.hedged("It fits the maypole")
    assert wordlike.absolute("A read-only replica")
    assert not wordlike.absolute("A commonly read replica")
