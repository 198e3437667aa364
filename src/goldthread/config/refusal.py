"""The one way in which the application says that it will not start."""


class CannotStart(Exception):
    """Start-up was refused; the message is one plain sentence that says why and what to do."""
