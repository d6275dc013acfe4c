"""Gates on words: absolute ones, options about options, negative stems, unordered numbers, old names."""

import re
from collections.abc import Iterator

from tracker.core.bank import Item, numbers
from tracker.core.item_quality.gates import (
    Gate,
    Offence,
    key_texts,
    none_allowed,
    option_texts,
    ratio,
    singles,
)
from tracker.core.item_quality.lists import (
    ALREADY_USES,
    CLOSED_SERVICES,
    OPTION_LETTERS,
    OPTIONS_FOR_OPTIONS,
    OUTDATED_NAMES,
)
from tracker.core.item_quality.wordlike import absolute

ABSOLUTE_MARGIN = 0.05
NEGATIVE_SHARE = 0.03

_FOR_OPTIONS = tuple(re.compile(pattern) for pattern in OPTIONS_FOR_OPTIONS)
_LETTERS = re.compile(OPTION_LETTERS)
_OUTDATED = tuple((re.compile(pattern), current, only) for pattern, current, only in OUTDATED_NAMES)
_CLOSED = tuple(re.compile(pattern) for pattern in CLOSED_SERVICES)
_SENTENCE_END = re.compile(r"(?<=[.?!:])\s+")
# "Which of these is not ...", but not "Which service keeps data that may not leave ...".
_NEGATION = re.compile(
    r"(?i)\b(?:which|what)\b(?:(?!\b(?:that|so|if|when|while|because|but|who|whose|where|and|to|for)\b)[^?])*?"
    r"\b(?P<word>not|except)\b"
)
_CAPITAL_NEGATION = re.compile(r"\b(?:NOT|EXCEPT)\b")


def wording_gates(items: tuple[Item, ...]) -> Iterator[Gate]:
    """Every gate that looks at words, over all kinds of items where the kind does not matter."""
    yield _absolute_gate(singles(items))
    yield none_allowed("options_about_options", [each for item in items for each in _about_options(item)])
    yield from _negative_gates(items)
    yield none_allowed("numbers_unordered", [Offence(item.id) for item in items if _unordered(item)])
    yield none_allowed("outdated_names", [each for item in items for each in _outdated(item)])
    yield none_allowed("closed_services", [each for item in items for each in _closed(item)])


def _absolute_gate(items: tuple[Item, ...]) -> Gate:
    """How much more often distractors hold an absolute word than keys do, as a difference of shares."""
    distractors = [option for item in items for option in item.distractors]
    keys = [option for item in items for option in item.keys]
    in_distractors = ratio(sum(absolute(option.text) for option in distractors), len(distractors))
    in_keys = ratio(sum(absolute(option.text) for option in keys), len(keys))
    value = None if in_distractors is None or in_keys is None else in_distractors - in_keys
    offences = tuple(Offence(item.id) for item in items if any(absolute(option.text) for option in item.distractors))
    return Gate("absolute_words", value, high=ABSOLUTE_MARGIN, offences=offences)


def _about_options(item: Item) -> Iterator[Offence]:
    reasons = [option.why for option in item.options] + [pair.why for pair in item.pairs]
    options = [_flat(text) for text in option_texts(item)]
    found = [pattern.search(text) for text in options for pattern in _FOR_OPTIONS]
    found += [_LETTERS.search(_flat(text)) for text in (item.stem, *options, *reasons)]
    for match in found:
        if match:
            yield Offence(item.id, f'"{match[0]}"')


def _negative_gates(items: tuple[Item, ...]) -> Iterator[Gate]:
    spoken = {item.id: _negations(_question(item.stem)) for item in items}
    negative = [Offence(name) for name, words in spoken.items() if words]
    quiet = [Offence(name, f'"{word}"') for name, words in spoken.items() for word in words if word.islower()]
    share = ratio(len(negative), len(items))
    yield Gate("negative_stems", share, high=NEGATIVE_SHARE, offences=tuple(negative))
    yield none_allowed("negative_not_in_capitals", quiet)


def _question(stem: str) -> str:
    """The last sentence with a question mark, or the last sentence ("Choose TWO" may follow)."""
    sentences = _SENTENCE_END.split(stem)
    return next((each for each in reversed(sentences) if "?" in each), sentences[-1])


def _negations(question: str) -> list[str]:
    if shouted := _CAPITAL_NEGATION.findall(question):
        return list(shouted)
    found = _NEGATION.search(question)
    return [found["word"].lower()] if found else []


def _unordered(item: Item) -> bool:
    values = numbers(item)
    return values is not None and list(values) != sorted(values)


def _flat(text: str) -> str:
    """On one line: a name may be wrapped where the file breaks its lines."""
    return " ".join(text.split())


def _outdated(item: Item) -> Iterator[Offence]:
    asked = (item.stem, *(pair.prompt for pair in item.pairs))
    text = "\n".join(map(_flat, (*asked, *key_texts(item))))
    for pattern, current, only in _OUTDATED:
        if item.certification.startswith(only) and (found := pattern.search(text)):
            yield Offence(item.id, f'"{found[0]}" is now {current}')


def _closed(item: Item) -> Iterator[Offence]:
    if re.search(ALREADY_USES, item.stem):
        return
    text = "\n".join(map(_flat, key_texts(item)))
    for pattern in _CLOSED:
        if found := pattern.search(text):
            yield Offence(item.id, f'"{found[0]}" takes no new customers, and the stem has no "already uses"')
