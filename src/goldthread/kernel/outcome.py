"""What is told of a checked return before its issues. Light, so that who only writes it down loads no data frames."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What is told of a return before its issues: `severe` whether any is graver than a note.

    `year` is None where the files tell none: then nothing was run. `not_run` has each rule with why, `odd` what is odd
    about the files: file, heading and sentence, each None where there is none.
    """

    form: str
    year: int | None
    rows: int
    issues: int = 0
    severe: bool = False
    ran: tuple[str, ...] = ()
    not_run: tuple[tuple[str, str], ...] = ()
    odd: tuple[tuple[str | None, str | None, str], ...] = ()

    def told(self) -> dict[str, object]:
        """The same as JSON holds it."""
        return asdict(self)


def outcome_from(told: Mapping[str, object]) -> Outcome:
    """What `told` gave, as JSON has it. Raises TypeError or ValueError where it is something else."""
    held = dict(told)
    for name in ("not_run", "odd"):
        held[name] = tuple(tuple(each) for each in held[name])  # type: ignore[attr-defined]
    held["ran"] = tuple(held["ran"])  # type: ignore[arg-type]
    return Outcome(**held)  # type: ignore[arg-type]
