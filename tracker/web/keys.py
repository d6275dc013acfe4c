"""What makes a secret key unfit."""

SHORTEST_KEY = 32
KNOWN_KEYS = frozenset({"change-me" * 4, "secret" * 6, "development-secret-key-do-not-use-it", "0" * 32, "x" * 32})
