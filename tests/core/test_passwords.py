import pytest

from tracker.core.passwords import COMMON_WORDS, MAXIMUM, MINIMUM, refusal

GOOD = "eleven quiet otters paint"


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "kV9#mQ2!zL7$wX4@",
        "nur kleine buchstaben",
        "    trim nothing of this    ",
        "пароль из четырёх слов",
        "ein Säbelzahntiger übt Gähnen",
        "hello sunshine, we met a zebra",
        "14 wagons, 3 mules, 1 piano",
    ],
)
def test_a_long_and_unusual_password_is_fine(password: str) -> None:
    assert refusal(password, ["Mika", "mika@example.org"]) is None


def test_the_limits_of_length_are_15_and_128_characters() -> None:
    text = "abide frog lamp quest zinc, " + "".join(chr(97 + at * at % 26) + chr(97 + at % 23) for at in range(60))
    assert "at least 15" in str(refusal(text[: MINIMUM - 1]))
    assert refusal(text[:MINIMUM]) is None
    assert refusal(text[:MAXIMUM]) is None
    assert "at most 128" in str(refusal(text[: MAXIMUM + 1]))


def test_length_is_counted_in_characters_not_bytes() -> None:
    assert refusal("äöüßéàèçñøåœþðł") is None


@pytest.mark.parametrize(
    "password",
    ["a" * 15, "ab" * 10, "abcdef" * 3, "xk7-" * 8, "11111111111111111", "aaaaabbbbbcccccd", " " * 20],
)
def test_a_password_that_repeats_itself_is_refused(password: str) -> None:
    assert "repeats itself" in str(refusal(password))


@pytest.mark.parametrize(
    "password",
    [
        "password12345678",
        "PassWord!PassWord!1",
        "iloveyou-sunshine-2026",
        "qwertyuiopasdfgh",
        "abcdefghijklmnop",
        "ponmlkjihgfedcba",
        "1234567890123456",
        "qwerty-password-admin",
        "welcome welcome1",
        "AWS certification exam 2026",
        "ｐａｓｓｗｏｒｄ１２３４５６７８",
    ],
)
def test_a_password_that_is_tried_first_is_refused(password: str) -> None:
    assert refusal(password) is not None


@pytest.mark.parametrize(
    "password",
    [
        "mika.kowalczyk-2026",
        "KowalczykMika1990",
        "mika@kowalczyk.example",
        "MIKA KOWALCZYK 123",
        "kowalczykkowalczyk!",
    ],
)
def test_a_password_made_of_the_name_or_address_is_refused(password: str) -> None:
    assert "name or address" in str(refusal(password, ["Mika Kowalczyk", "mika@kowalczyk.example"]))


def test_a_name_that_only_occurs_in_a_long_sentence_does_no_harm() -> None:
    assert refusal("mika feeds eleven hedgehogs", ["Mika", "mika@example.org"]) is None


def test_a_short_name_refuses_nothing() -> None:
    assert refusal(GOOD, ["Al", "e", ""]) is None


def test_every_common_word_with_digits_is_refused() -> None:
    fine = [word for word in COMMON_WORDS if refusal(f"{word}{word}2026!!!!!!!!"[:MAXIMUM]) is None]
    assert fine == []
