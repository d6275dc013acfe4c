"""Smart Review through a browser without script."""

from tests.cast import Person


def test_an_answer_shows_its_reasons_and_the_next_question(mika: Person) -> None:
    mika.aim()
    run = mika.start()
    first = mika.question(run)
    sent = mika.answer(run)
    assert sent.status_code == 303
    feedback = mika.client.get(sent.headers["Location"])
    assert "When it comes back" in feedback.text
    assert mika.question(run).action != first.action
