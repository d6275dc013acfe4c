"""The gate of the options-only classifier: whether a machine that sees only the options learns to find the key.

Naive Bayes over the presence of words and of traits of form. A feature's weight is the logarithm of
3 (k + 1) / (d + 3), with k and d the keys and distractors that have it: how much likelier than one in four an option
with it is the key, as if the feature had been seen in one more item with one key and three distractors. An option
scores the sum of its weights; in each item the highest score is picked. Measured by five-fold cross-validation, over
items and over concepts: siblings share their terms and take turns with the key, so what is learnt from a sibling can
mislead and hide a tell that holds for the whole bank. The better of the two counts. The same with all keys drawn
anew, 200 times, says what chance alone reaches on these options.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, log, sqrt
from statistics import mean

from tracker.core.bank import Item
from tracker.core.item_quality.gates import Gate, Offence, singles
from tracker.core.item_quality.strategies import likeness
from tracker.core.item_quality.wordlike import absolute, flagships, hedged, names_and_numbers, words

FOLDS = 5
PERMUTATIONS = 200
SEED = 20261123
PERCENTILE = 0.95
FEWEST_KEYS = 3
"""A word in fewer keys gives nothing away that could be told from chance."""
MOST_WORDS = 12
_MARKS = {
    ",": "comma",
    "(": "bracket",
    ":": "colon",
    "-": "hyphen",
    '"': "quotation mark",
    "`": "code",
    ";": "semicolon",
}

Features = tuple[int, ...]
"""What an option holds and how it looks, by numbers."""


def classifier_gate(items: tuple[Item, ...]) -> Gate:
    """The share of single-answer items won by the classifier, against the strategy limit and 95 % of chance.

    The limit is the higher of max(0.30, 0.25 + 1.645 sqrt(0.1875 / n)) and the 95th percentile of the permutations:
    the gate fails above both. The offences are the features that give keys away.
    """
    asked = sorted(singles(items), key=lambda item: item.id)
    if not asked:
        return Gate("options_only", None, high=0.30, blind=True)
    names, options = _numbered([_features(item) for item in asked])
    keys = [next(at for at, option in enumerate(item.options) if option.correct) for item in asked]
    concepts = sorted({item.concept for item in asked})
    over_items, over_concepts = range(len(asked)), [concepts.index(item.concept) for item in asked]
    exams = [_Exam(options, groups) for groups in (over_items, over_concepts)]

    def won(keyed: Sequence[int]) -> float:
        return max(exam.won(keyed) for exam in exams)

    rng = random.Random(SEED)  # noqa: S311
    by_chance = sorted(won([rng.randrange(len(each)) for each in options]) for _ in range(PERMUTATIONS))
    high = max(strategy_limit(len(asked)), by_chance[ceil(PERCENTILE * PERMUTATIONS) - 1])
    return Gate("options_only", won(keys), high=high, offences=tuple(_telling(names, options, keys)), blind=True)


def strategy_limit(items: int) -> float:
    """What a strategy may win of so many four-option items: a quarter plus 1.645 standard errors, at least 0.30."""
    return max(0.30, 0.25 + 1.645 * sqrt(0.1875 / items))


class _Exam:
    """The options of all items by feature numbers, ready to be keyed in many ways; a group stays in one fold."""

    def __init__(self, options: Sequence[Sequence[Features]], groups: Sequence[int]) -> None:
        self.options = options
        self.folds = [[at for at, group in enumerate(groups) if group % FOLDS == fold] for fold in range(FOLDS)]
        self.seen = _counted(options)
        self.held_out = [_counted([options[at] for at in fold]) for fold in self.folds]

    def won(self, keys: Sequence[int]) -> float:
        """The share of items won when these are the keys' places; tied options share the win."""
        in_keys = [0] * len(self.seen)
        for item, key in zip(self.options, keys, strict=True):
            for feature in item[key]:
                in_keys[feature] += 1
        won = 0.0
        for fold, held_out in zip(self.folds, self.held_out, strict=True):
            keyed = Counter(feature for at in fold for feature in self.options[at][keys[at]])
            weights = {
                feature: _weight(in_keys[feature] - keyed[feature], self.seen[feature] - times)
                for feature, times in held_out.items()
            }
            won += sum(_win(self.options[at], keys[at], weights) for at in fold)
        return won / len(self.options)


def _counted(options: Iterable[Sequence[Features]]) -> Counter[int]:
    return Counter(feature for item in options for option in item for feature in option)


def _weight(keys: int, options: int) -> float:
    return log(3 * (keys + 1) / (options - keys + 3))


def _win(options: Sequence[Features], key: int, weights: Mapping[int, float]) -> float:
    # rounded, so that the order of a sum breaks no tie
    scores = [round(sum(weights[feature] for feature in option), 9) for option in options]
    best = max(scores)
    return (scores[key] == best) / scores.count(best)


def _numbered(features: Sequence[Sequence[frozenset[str]]]) -> tuple[list[str], list[list[Features]]]:
    names = sorted({name for item in features for option in item for name in option})
    number = {name: at for at, name in enumerate(names)}
    return names, [[tuple(sorted(number[name] for name in option)) for option in item] for item in features]


def _features(item: Item) -> list[frozenset[str]]:
    """What each option holds and how it looks beside the others, by name."""
    texts = [option.text for option in item.options]
    lengths = [len(text) for text in texts]
    alike = likeness(item)
    return [
        frozenset(
            {
                *(f'"{word}"' for word in words(text)),
                *_form(item, text),
                f"{sum(length < lengths[at] for length in lengths)} shorter options",
                f"{sum(other < alike[at] for other in alike)} options less like the others",
                _proportion(lengths[at] / mean(lengths)),
            }
        )
        for at, text in enumerate(texts)
    ]


def _form(item: Item, text: str) -> Iterator[str]:
    yield f'first word "{text.split()[0].lower()}"'
    yield from (f"a {mark}" for sign, mark in _MARKS.items() if sign in text)
    if text.endswith("."):
        yield "a full stop at the end"
    if any(letter.isdigit() for letter in text):
        yield "a digit"
    if found := names_and_numbers(text):
        yield "one name or number" if found == 1 else "several names or numbers"
    if flagships(text, item.certification):
        yield "a flagship"
    if hedged(text):
        yield "a hedge"
    if absolute(text):
        yield "an absolute word"


def _proportion(to_mean: float) -> str:
    if to_mean < 0.95:
        return "far shorter than the mean" if to_mean < 0.85 else "shorter than the mean"
    if to_mean > 1.05:
        return "far longer than the mean" if to_mean > 1.15 else "longer than the mean"
    return "as long as the mean"


def _telling(names: Sequence[str], options: Sequence[Sequence[Features]], keys: Sequence[int]) -> list[Offence]:
    """The features furthest above one key in four, in standard errors, with where they stand."""
    in_keys = Counter(feature for item, key in zip(options, keys, strict=True) for feature in item[key])
    seen = _counted(options)
    surprise = {
        feature: (count - seen[feature] / 4) / sqrt(seen[feature] * 3 / 16)
        for feature, count in in_keys.items()
        if count >= FEWEST_KEYS and count > seen[feature] / 4
    }
    furthest = sorted(surprise, key=lambda feature: (-surprise[feature], feature))[:MOST_WORDS]
    return [
        Offence(names[feature], f"in {in_keys[feature]} keys and {seen[feature] - in_keys[feature]} distractors")
        for feature in furthest
    ]
