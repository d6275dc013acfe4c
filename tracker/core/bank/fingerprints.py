"""What makes an item a new version, and which items keep the order of their file."""

import json
import re
from hashlib import sha256

from tracker.core.bank.values import Item

_NUMBER = re.compile(
    r"(?P<sign>[-−+]?)\s*(?P<currency>[$€£]?)\s*"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<exponent>[eE][-+]?\d{1,3})?"
    r"(?:/(?P<divisor>\d+))?"
    r"(?P<unit>\s*(?:%|°?[A-Za-z]+(?: [A-Za-z]+)?)?)"
)


def fingerprint(item: Item) -> str:
    """SHA-256 (hex) over kind, stem and options with their keys; reasons, source and level do not count."""
    content = {
        "kind": item.kind,
        "stem": item.stem,
        "options": [[option.text, option.correct] for option in item.options],
        "pairs": [[pair.prompt, pair.match] for pair in item.pairs],
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def numbers(item: Item) -> tuple[float, ...] | None:
    """The values of the options if every one is a number in one unit ("$1,200", "0.5 %", "3/4"), else None.

    Only for single and multiple: the order of an ordering's or matching's file is its key.
    """
    if item.kind not in ("single", "multiple"):
        return None
    parsed = [_number(option.text) for option in item.options]
    read = [each for each in parsed if each is not None]
    if len(read) < len(parsed) or len({unit for _, unit in read}) > 1:
        return None
    return tuple(value for value, _ in read)


def options_in_file_order(item: Item) -> bool:
    """Whether the options keep their file's order when shown, because all are numbers."""
    return numbers(item) is not None


def _number(text: str) -> tuple[float, str] | None:
    found = _NUMBER.fullmatch(text.strip().rstrip("."))
    if not found or found["divisor"] == "0":
        return None
    value = float(found["digits"].replace(",", "") + (found["exponent"] or ""))
    value = value / float(found["divisor"] or 1) * (-1 if found["sign"] in ("-", "−") else 1)
    unit = found["unit"].strip().lower()
    # "1 day" beside "7 days" is one unit.
    singular = unit[:-1] if len(unit) > 2 and unit.endswith("s") else unit
    return value, found["currency"] + singular
