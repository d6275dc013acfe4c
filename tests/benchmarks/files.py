"""Tiny files of generated answers."""

import gzip
import math
import random
from pathlib import Path

HEADER = "user,item,skill,correct,timestamp"


def simulated(learners: int = 30, answers: int = 80, seed: int = 1) -> list[str]:
    """Lines of a file in which abler learners and easier items give more right answers."""
    rng = random.Random(seed)
    items = [(number, rng.choice("abcd"), rng.gauss(0, 1.5)) for number in range(40)]
    lines = [HEADER]
    for learner in range(learners):
        ability = rng.gauss(0, 1.5)
        for number in range(answers):
            item, skill, difficulty = rng.choice(items)
            correct = rng.random() < 1 / (1 + math.exp(difficulty - ability))
            lines.append(f"u{learner},i{item},{skill}~x,{int(correct)},{3600 * number}")
    return lines


def written(folder: Path, lines: list[str], name: str = "answers.csv") -> Path:
    path = folder / name
    text = "\n".join(lines) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path
