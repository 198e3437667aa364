"""What may become of what, as a page of diagrams: printed from the one table of moves.

`.venv/bin/python -m goldthread.domain.lifecycle > docs/lifecycle.md` writes it; a test compares the two.
"""

from enum import StrEnum

from goldthread.domain.lifecycle import MOVES, NAMES, in_words


def diagram(thing: type[StrEnum]) -> str:
    """The moves of one thing as a Mermaid state diagram; an asterisk marks a move that needs a reason."""
    table = MOVES[thing]
    start = next(iter(table))
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{in_words(status)}" as {_node(status)}' for status in table]
    lines.append(f"    [*] --> {_node(start)}")
    for status, moves in table.items():
        lines += [f"    {_node(status)} --> {_node(m.to)}: {m.says}{' *' * m.needs_reason}" for m in moves]
        if not moves:
            lines.append(f"    {_node(status)} --> [*]")
    return "\n".join(lines)


def page() -> str:
    """The whole of `docs/lifecycle.md`: a diagram for each thing that has a status."""
    parts = [
        "# What may become of what\n\n"
        "Printed from the tables in `src/goldthread/domain/moves.py` and `moves_of_*.py`; do not edit it here.\n"
        "To print it again: `.venv/bin/python -m goldthread.domain.lifecycle > docs/lifecycle.md`.\n"
        "An asterisk marks a move that must be given a reason.\n"
    ]
    for thing, name in NAMES.items():
        says = " ".join((thing.__doc__ or "").split())
        parts.append(f"## {name[0].upper()}{name[1:]}\n\n{says}\n\n```mermaid\n{diagram(thing)}\n```\n")
    return "\n".join(parts)


def _node(status: StrEnum) -> str:
    return status.value.replace("-", "_")
