"""`python -m goldthread.cli` is the same as `goldthread`."""

from goldthread.cli import run

run()
