"""Whose words a text is: a quotation must stand in the notes, a paraphrase must not.

The check is plain: it compares runs of words, whatever their case and marks. It misses what is told in another order
and catches nobody by style, so whoever writes a paraphrase still has to ask whether the speaker could be recognised.
"""

import re
from dataclasses import dataclass

LONGEST_RUN = 4
"""How many words in a row a paraphrase may share with the notes, unless the lead of an inspection says otherwise. The
house's own: five tell a voice. [J]"""
STRICTEST, LOOSEST = 2, 8
"""Between how many words in a row the lead may choose: one would forbid “the child”, nine would let a sentence pass."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a quotation stands in the notes: characters from `start` to before `end`."""

    start: int
    end: int


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without marks between them."""
    return [word.group().replace("’", "'").casefold() for word in _WORD.finditer(text)]


def passage_in(notes: str, quotation: str) -> Passage | None:
    """Where the words of a quotation stand in the notes in the same order, marks and spaces apart; else None."""
    if (exact := quotation.strip()) and words_of(exact) and (at := notes.find(exact)) >= 0:
        return Passage(at, at + len(exact))
    wanted, held = words_of(quotation), list(_WORD.finditer(notes))
    said = [word.group().replace("’", "'").casefold() for word in held]
    if not wanted:
        return None
    for place in range(len(said) - len(wanted) + 1):
        if said[place : place + len(wanted)] == wanted:
            return Passage(held[place].start(), held[place + len(wanted) - 1].end())
    return None


def shared_run(notes: str, paraphrase: str, most: int = LONGEST_RUN) -> str:
    """The longest run of words, of more than `most`, that a paraphrase shares with the notes; else empty.

    A paraphrase of few words may not be the whole of the notes either.
    """
    said, told = words_of(notes), words_of(paraphrase)
    if told and told == said:
        return " ".join(told)
    longest: list[str] = []
    before = [0] * (len(told) + 1)
    for one in said:
        now = [0] * (len(told) + 1)
        for place, other in enumerate(told, 1):
            if one == other:
                now[place] = before[place - 1] + 1
                if now[place] > len(longest):
                    longest = told[place - now[place] : place]
        before = now
    return " ".join(longest) if len(longest) > most else ""
