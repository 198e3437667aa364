"""Sharing files out between auditors: as evenly as can be, and never to whoever must not have one.

Source: councils' audit programmes have a file read by a person of another team; section 5.1 of the security reference
adds that nobody is given a file of a team that they are or were in charge of. How a month's files are shared out no
source says: the rule here is the house's own [J].
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

ALGORITHM = "share-out-1"
"""The name of the way of sharing out. A changed way gets a new name."""


@dataclass(frozen=True, slots=True)
class SharedOut:
    """Who gets which file, in the order of the files, and the files that nobody may have."""

    to: Mapping[int, str]
    nobody: tuple[int, ...]


def share_out(
    able: Mapping[int, Collection[str]], auditors: Sequence[str], load: Mapping[str, int] | None = None
) -> SharedOut:  # fmt: skip
    """Give each file to one of those who may have it, so that loads are as even as the bars between people allow.

    `able` names for each file those who may have it; `auditors` is everybody in the order in which ties fall; `load` is
    how many files each has open already. The sum of the squares of the loads is the least that there is: no file could
    change hands, nor a chain of files, and leave the loads more even. The same input gives the same answer.
    """
    place = {name: number for number, name in enumerate(auditors)}
    may = {file: sorted((one for one in set(names) if one in place), key=place.__getitem__)
           for file, names in able.items()}  # fmt: skip
    held = {name: (load or {}).get(name, 0) for name in auditors}
    to: dict[int, str] = {}
    for file in sorted((file for file in may if may[file]), key=lambda one: (len(may[one]), one)):
        _place(file, may, to, held, place)
    return SharedOut({file: to[file] for file in sorted(to)}, tuple(file for file in sorted(may) if not may[file]))


def _place(
    file: int, may: Mapping[int, list[str]], to: dict[int, str], held: dict[str, int], place: Mapping[str, int]
) -> None:
    """Give one file more, passing others on where that ends with somebody who has less.

    From those who may have the file one reaches everybody to whom a chain of hand-overs leads; the file is paid for by
    whoever of these has least (an augmenting path of the semi-matching problem: Harvey, Ladner, Lovász and Tamir 2006).
    """
    came: dict[str, tuple[str, int] | None] = dict.fromkeys(may[file])
    waiting = deque(may[file])
    while waiting:
        one = waiting.popleft()
        for other in sorted(held_file for held_file, name in to.items() if name == one):
            for name in may[other]:
                if name not in came:
                    came[name] = (one, other)
                    waiting.append(name)
    end = min(came, key=lambda name: (held[name], place[name]))
    held[end] += 1
    while (step := came[end]) is not None:
        before, passed = step
        to[passed], end = end, before
    to[file] = end
