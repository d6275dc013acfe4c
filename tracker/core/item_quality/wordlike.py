"""What the blind strategies see of a text: its words, its names and numbers, its hedges."""

import re

from tracker.core.item_quality.lists import ABSOLUTE_WORDS, FLAGSHIPS, HEDGES, MANAGED, SMALL_WORDS

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.'_/-][A-Za-z0-9]+)*")
_LETTERS = re.compile(r"[A-Za-z']+")
_NUMBER = re.compile(r"[0-9][0-9.,/-]*")
_SMALL = frozenset(SMALL_WORDS.split())
_MANAGED = re.compile(MANAGED)
_FLAGSHIPS = tuple((vendor, re.compile(pattern)) for vendor, pattern in FLAGSHIPS.items())


def words(text: str) -> frozenset[str]:
    """Its words in small letters."""
    return frozenset(token.lower() for token in _TOKEN.findall(text))


def content_words(text: str) -> frozenset[str]:
    """Its words without the small ones every sentence has, plural and singular as one."""
    return frozenset(_singular(word) for word in words(text) - _SMALL)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def names_and_numbers(text: str) -> int:
    """How many product names (runs of capitalised words count once) and numbers it holds."""
    found, inside, opening = 0, False, True
    for token in _TOKEN.findall(text):
        number = bool(_NUMBER.fullmatch(token))
        # the first word has a capital anyway; "SageMaker", "S3" and "AWS" are names even there
        name = not number and any(letter.isupper() or letter.isdigit() for letter in token[opening:])
        found += number or (name and not inside)
        inside, opening = name, False
    return found


def flagships(text: str, certification: str) -> int:
    """How often it praises itself as managed or serverless, or names the star of the certification's vendor."""
    stars = [pattern for vendor, pattern in _FLAGSHIPS if certification.startswith(vendor)]
    return sum(len(pattern.findall(text)) for pattern in (_MANAGED, *stars))


def hedged(text: str) -> bool:
    """Whether it leaves itself a way out ("usually", "may")."""
    return bool(words(text) & HEDGES)


def absolute(text: str) -> bool:
    """Whether it claims something without exception ("always", "only")."""
    return any(word.lower() in ABSOLUTE_WORDS for word in _LETTERS.findall(text))
