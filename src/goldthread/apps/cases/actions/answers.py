"""What was typed for one question, and what became of it when somebody else had typed there too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from goldthread.apps.cases import asked
from goldthread.domain.plain_text import without_controls

LONGEST_WHY = 20_000


@dataclass(frozen=True, slots=True)
class Typed:
    """One answer as somebody typed it, and the version of the answer that they saw (0 where there was none).

    `more` is what stands beside value and reason, by the names of `cases.asked`.
    """

    value: str = ""
    why: str = ""
    version: int = 0
    more: Mapping[str, str] = field(default_factory=dict)

    def tidy(self) -> "Typed":
        """The same without space around it, without control characters, and without what is empty."""
        return Typed(
            self.value.strip(),
            without_controls(self.why).strip().replace("\r\n", "\n"),
            self.version,
            asked.clean_more(self.more),
        )

    def text(self) -> str:
        """Everything that was typed, for showing it back: the reason and what stands beside it."""
        return "\n".join(one for one in (self.why, *self.more.values()) if one)

    def said(self) -> tuple[str, str, dict[str, str]]:
        """What it says, whichever version it is of."""
        return self.value, self.why, dict(self.more)


@dataclass(frozen=True, slots=True)
class ClashedAnswer:
    """An answer that was saved elsewhere since the form was opened: what is stored, and what was typed here."""

    question: str
    theirs: Typed
    yours: Typed
    saved_at: datetime
