"""What an event is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event: the code that is stored, the sentence that is shown, and its name in a list of events."""

    code: str
    says: str
    title: str
