"""What the gates of the question bank measure, as pure functions over a Bank."""

from tracker.core.item_quality.gates import Gate, Offence
from tracker.core.item_quality.report import CertificationReport, blind_reader, examine

__all__ = ["CertificationReport", "Gate", "Offence", "blind_reader", "examine"]
