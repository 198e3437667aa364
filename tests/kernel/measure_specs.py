"""A small table for every measure, with what each row counts as on 31 March 2025."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spec:
    """A drawn table, and the state of each of its rows: yes, no, not_known, not_due, or - for outside the measure."""

    measure: str
    table: str
    text: str
    states: tuple[str, ...]


SPECS: list[Spec] = []


def spec(measure: str, states: str, **tables: str) -> None:
    ((name, text),) = tables.items()
    SPECS.append(Spec(measure, name, text, tuple(states.split())))
