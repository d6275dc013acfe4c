from typing import Any

import pytest

from tests import bank_factory as factory
from tracker.core.bank import Item
from tracker.core.item_quality.gates import Gate
from tracker.core.item_quality.wording import wording_gates


def _item(raw: factory.Raw, certification: str = factory.SLUG) -> Item:
    return Item.model_validate(raw | {"certification": certification, "domain": "D1"})


def _gates(*items: Item) -> dict[str, Gate]:
    return {gate.name: gate for gate in wording_gates(items)}


def _with(key: str = "", distractor: str = "", certification: str = factory.SLUG, **changes: Any) -> Item:
    """A single item with these texts for its key and one distractor, where given."""
    raw = factory.single(1, rank=0, **changes)
    raw["options"][0]["text"] = key or raw["options"][0]["text"]
    raw["options"][1]["text"] = distractor or raw["options"][1]["text"]
    return _item(raw, certification)


def test_the_good_bank_holds() -> None:
    assert all(gate.ok for gate in wording_gates(factory.bank().items))


def test_no_items_hold() -> None:
    assert all(gate.ok for gate in wording_gates(()))


def test_absolute_words_in_distractors_trip() -> None:
    gate = _gates(_with(distractor="Always the newest one"))["absolute_words"]
    assert gate.value == pytest.approx(1 / 3)
    assert not gate.ok


def test_absolute_words_in_keys_and_distractors_alike_hold() -> None:
    assert _gates(_with(key="Never the oldest", distractor="Only the newest"))["absolute_words"].ok


@pytest.mark.parametrize(
    "text",
    [
        "All of the above",
        "None of the above.",
        "Neither of the options",
        "All of these",
        "Both A and C",
        "A, B and D",
        "(A) or (B)",
    ],
)
def test_options_that_stand_for_options_trip(text: str) -> None:
    assert not _gates(_with(distractor=text))["options_about_options"].ok


@pytest.mark.parametrize("part", ["stem", "why"])
def test_option_letters_trip_wherever_they_stand(part: str) -> None:
    raw = factory.single(1)
    if part == "stem":
        raw["stem"] = "Which fits, given that option B does not?"
    else:
        raw["options"][2]["why"] = "This is what option A says, in other words and at more length."
    assert not _gates(_item(raw))["options_about_options"].ok


@pytest.mark.parametrize(
    "text",
    [
        "Vitamin A and iron",
        "Split traffic between variants A and B",
        "Return the answers A/B tests gave",
        "Give the answer A user expects",
        "Meet all of the requirements",
    ],
)
def test_ordinary_texts_hold(text: str) -> None:
    assert _gates(_with(distractor=text))["options_about_options"].ok


@pytest.mark.parametrize(
    ("stem", "negative", "quiet"),
    [
        ("A firm trains. Which of these is NOT a metric?", 1, 0),
        ("A firm trains. Which of these is not a metric?", 1, 1),
        ("Which step should the team not take first? Explain.", 1, 1),
        ("All of these fit EXCEPT which?", 1, 0),
        ("What would each team use except the last?", 1, 1),
        ("The data must not leave the Region. Which service fits?", 0, 0),
        ("Which service keeps data that may not leave the Region?", 0, 0),
        ("Which fits? The model does not converge.", 0, 0),
    ],
)
def test_negative_stems_are_counted_and_want_capitals(stem: str, negative: int, quiet: int) -> None:
    gates = _gates(_with(stem=stem))
    assert gates["negative_stems"].value == negative
    assert gates["negative_stems"].ok is not bool(negative)
    assert gates["negative_not_in_capitals"].value == quiet


def test_a_few_negative_stems_hold() -> None:
    plain = [_item(factory.single(number)) for number in range(2, 42)]
    assert _gates(_with(stem="Which is NOT one?"), *plain)["negative_stems"].ok


@pytest.mark.parametrize(("texts", "ok"), [("1 2 10 20", True), ("20 10 2 1", False), ("1 10 2 20", False)])
def test_numbers_ascend(texts: str, ok: bool) -> None:
    raw = factory.single(1)
    for option, text in zip(raw["options"], texts.split(), strict=True):
        option["text"] = text
    assert _gates(_item(raw))["numbers_unordered"].ok is ok


@pytest.mark.parametrize(
    ("text", "certification"),
    [
        ("Train on Amazon SageMaker", "aws-mla"),
        ("Amazon Kinesis Data Firehose", "aws-mla"),
        ("Amazon QuickSight dashboards", "aws-aif"),
        ("An Amazon Bedrock Agent", "aws-aip"),
        ("Delta Live Tables pipelines", "databricks-mla"),
        ("A DLT pipeline", "databricks-mla"),
        ("Mosaic AI Gateway", "databricks-mla"),
        ("Publish to an online table", "databricks-mla"),
        ("Vertex AI Search", "gcp-pmle"),
        ("Vertex AI Pipelines", "gcp-pmle"),
        ("Cloud Composer", "gcp-pmle"),
    ],
)
def test_outdated_names_trip_in_stem_and_key_but_not_in_distractors(text: str, certification: str) -> None:
    assert not _gates(_with(key=text, certification=certification))["outdated_names"].ok
    stem = f"A team uses this: {text}. Which fits?"
    assert not _gates(_with(stem=stem, certification=certification))["outdated_names"].ok
    assert _gates(_with(distractor=text, certification=certification))["outdated_names"].ok


@pytest.mark.parametrize(
    ("text", "certification"),
    [
        ("Amazon SageMaker AI", "aws-mla"),
        ("Amazon SageMaker Unified Studio", "aws-mla"),
        ("sagemaker:CreateModel", "aws-mla"),
        ("Amazon Data Firehose", "aws-mla"),
        ("Amazon Bedrock AgentCore", "aws-aip"),
        ("Amazon Quick Sight", "aws-aif"),
        ("Unity AI Gateway", "databricks-mla"),
        ("A DLT filter", "aws-mla"),
        ("Agent Platform Pipelines", "gcp-pmle"),
    ],
)
def test_current_names_hold(text: str, certification: str) -> None:
    assert _gates(_with(key=text, certification=certification))["outdated_names"].ok


@pytest.mark.parametrize(
    "text",
    [
        "SageMaker Model Monitor",
        "SageMaker Clarify",
        "Amazon Kendra",
        "Amazon Q Business",
        "Amazon Bedrock Agents Classic",
        "SageMaker Ground Truth",
        "Amazon A2I",
        "AWS Audit Manager",
    ],
)
def test_a_closed_service_as_key_trips_unless_it_is_already_used(text: str) -> None:
    assert not _gates(_with(key=text))["closed_services"].ok
    assert _gates(_with(key=text, stem="A firm already uses it. Which fits?"))["closed_services"].ok
    assert _gates(_with(distractor=text))["closed_services"].ok


@pytest.mark.parametrize(
    "text", ["Model Monitoring on Agent Platform", "Clarify the labels", "Compare with the ground truth"]
)
def test_open_services_and_common_words_hold(text: str) -> None:
    assert _gates(_with(key=text))["closed_services"].ok


def test_names_are_found_and_told_apart_across_line_breaks() -> None:
    gates = _gates(_with(stem="A firm runs Delta\nLive Tables. Which fits?", key="Index with Lookout\nfor Vision"))
    assert (gates["outdated_names"].value, gates["closed_services"].value) == (1, 1)
    assert _gates(_with(stem="A firm runs Amazon SageMaker\nAI. Which fits?"))["outdated_names"].ok


def test_a_closed_service_as_step_or_match_trips() -> None:
    steps, pairs = factory.ordering(1), factory.matching(2)
    steps["options"][1]["text"] = "Index with Amazon Kendra"
    pairs["pairs"][1]["match"] = "Amazon Kendra"
    assert _gates(_item(steps), _item(pairs))["closed_services"].value == 2


def test_an_outdated_name_as_prompt_trips() -> None:
    pairs = factory.matching(2)
    pairs["pairs"][1]["prompt"] = "Amazon QuickSight"
    assert _gates(_item(pairs))["outdated_names"].value == 1
