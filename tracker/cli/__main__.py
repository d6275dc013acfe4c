"""`python -m tracker.cli`: the console script without its installed name."""

from tracker.cli import main

main()
