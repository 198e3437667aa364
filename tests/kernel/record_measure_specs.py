"""A small view for every measure of the record, with what each row counts as on 31 March 2025."""

from tests.kernel.measure_specs import Spec

SPECS: list[Spec] = []


def spec(measure: str, states: str, **tables: str) -> None:
    ((name, text),) = tables.items()
    SPECS.append(Spec(measure, name, text, tuple(states.split())))
