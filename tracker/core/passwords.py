"""Which passwords are refused. Length carries the strength (NIST SP 800-63B-4, 3.1.1); no composition rules."""

import re
import unicodedata
from collections.abc import Iterable

MINIMUM = 15
"""Characters, where the password is the only factor (NIST SP 800-63B-4)."""
MAXIMUM = 128
FEWEST_DISTINCT = 6

COMMON_WORDS = [
    "password",
    "passwort",
    "passphrase",
    "letmein",
    "welcome",
    "admin",
    "administrator",
    "login",
    "signin",
    "secret",
    "qwerty",
    "qwertz",
    "azerty",
    "iloveyou",
    "monkey",
    "dragon",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "batman",
    "master",
    "shadow",
    "trustno",
    "changeme",
    "default",
    "guest",
    "user",
    "test",
    "testing",
    "hello",
    "summer",
    "winter",
    "spring",
    "autumn",
    "computer",
    "internet",
    "google",
    "milepost",
    "study",
    "learner",
    "learning",
    "machine",
    "engineer",
    "certification",
    "exam",
    "aws",
    "amazon",
    "please",
    "forever",
    "whatever",
]
"""Words that alone, or strung together with digits, make a password that is tried first. Our own list."""

RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "01234567890")
SHORTEST_RUN = 4


def refusal(password: str, personal: Iterable[str] = ()) -> str | None:
    """Why this password is refused, as a sentence; None when it is fine.

    `personal`: strings an attacker would know (name, e-mail). Nothing is trimmed or changed.
    """
    if len(password) < MINIMUM:
        return f"Use at least {MINIMUM} characters. A short sentence works well."
    if len(password) > MAXIMUM:
        return f"Use at most {MAXIMUM} characters."
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(set(plain)) < FEWEST_DISTINCT or _repeats(plain):
        return "This password repeats itself. Choose one with more variety."
    if len(_without(plain, _personal_words(personal))) < MINIMUM // 2:
        return "This password is mostly your name or address. Choose something unrelated to you."
    if len(_without_runs(_without(plain, COMMON_WORDS))) < FEWEST_DISTINCT:
        return "This password is one of the first that would be tried. Choose a less common one."
    return None


def _repeats(text: str) -> bool:
    """True when the whole text is one piece of at most a third of its length, said again and again."""
    return any((text[:size] * (len(text) // size + 1))[: len(text)] == text for size in range(1, len(text) // 3 + 1))


def _personal_words(personal: Iterable[str]) -> list[str]:
    words = {word for text in personal for word in re.split(r"[^\w]+", text.casefold()) if len(word) >= 3}
    return sorted(words, key=len, reverse=True)


def _without(text: str, words: Iterable[str]) -> str:
    """`text` stripped of the words, longest first, and of what is no letter."""
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return "".join(character for character in text if character.isalpha())


def _without_runs(text: str) -> str:
    """`text` without pieces of the alphabet or of a keyboard row, forwards or backwards."""
    for run in RUNS:
        for line in (run, run[::-1]):
            for size in range(len(line), SHORTEST_RUN - 1, -1):
                for start in range(len(line) - size + 1):
                    text = text.replace(line[start : start + size], "")
    return text
