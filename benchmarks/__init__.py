"""Programs that measure. Each prints a table, and JSON with --json."""
