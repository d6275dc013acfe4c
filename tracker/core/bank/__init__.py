"""The question bank as values: what an item is, how documents become a bank, what makes a new version."""

from tracker.core.bank.blank import UnknownDomain, blank_item
from tracker.core.bank.checks import stem_count
from tracker.core.bank.fingerprints import fingerprint, numbers, options_in_file_order
from tracker.core.bank.parsing import parse_bank
from tracker.core.bank.problems import BankError, Problem
from tracker.core.bank.schema import json_schema
from tracker.core.bank.values import (
    Bank,
    Certification,
    Concept,
    Difficulty,
    Domain,
    ExamVersion,
    Item,
    Kind,
    Level,
    Option,
    Pair,
    Source,
    Task,
)

__all__ = [
    "Bank",
    "BankError",
    "Certification",
    "Concept",
    "Difficulty",
    "Domain",
    "ExamVersion",
    "Item",
    "Kind",
    "Level",
    "Option",
    "Pair",
    "Problem",
    "Source",
    "Task",
    "UnknownDomain",
    "blank_item",
    "fingerprint",
    "json_schema",
    "numbers",
    "options_in_file_order",
    "parse_bank",
    "stem_count",
]
