"""The page that teaches a concept."""

from tests.cast import Person


def test_a_concept_teaches_before_it_was_ever_asked(mika: Person) -> None:
    page = mika.client.get("/concepts/concept-3").text
    assert "Concept 3" in page
    assert "Not asked yet." in page
    assert "Comes before it" in page
    assert "https://docs.aws.amazon.com/demo/latest/guide.html" in page


def test_my_history_stands_on_it(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    feedback = mika.client.get(mika.answer(run, confidence="sure").headers["Location"]).text
    address = feedback.split('href="/concepts/')[1].split('"')[0]
    page = mika.client.get(f"/concepts/{address}".replace("&amp;", "&")).text
    assert "1 answer so far" in page
    assert "first sight" in page
    assert "Back to practice" in page


def test_an_unknown_concept_is_not_there(mika: Person) -> None:
    assert mika.client.get("/concepts/nobody").status_code == 404


def test_the_way_back_is_our_own(mika: Person) -> None:
    page = mika.client.get("/concepts/concept-3?back=https://example.org/").text
    assert "example.org" not in page
