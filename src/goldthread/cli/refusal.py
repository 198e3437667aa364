"""How a command says no: one plain sentence on standard error, and exit code 2."""

OK = 0
"""Exit code: done, and nothing is wrong with what was read."""

ISSUES = 1
"""Exit code: done, and something was found: rows that break a rule, a table that is not safe to publish."""

UNUSABLE = 2
"""Exit code: the input or the request cannot be used; nothing was done."""


class Refused(Exception):
    """The request cannot be met. The message is one plain sentence that says what is wrong and how to mend it."""
