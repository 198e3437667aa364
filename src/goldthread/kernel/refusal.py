"""A file that cannot be used, and what to do about it. Light, so that it can be imported before anything heavy."""


class Refused(Exception):
    """A file that cannot be used. `reason` says what is wrong with it, `mend` what to do about it.

    Both are plain English for the person who sent the file and never hold a value from it. `code` is a short name
    for the same thing, safe to log and to count.
    """

    def __init__(self, reason: str, mend: str, *, code: str = "unusable") -> None:
        super().__init__(f"{reason} {mend}")
        self.reason = reason
        self.mend = mend
        self.code = code
