"""Everything that is measured, by code: shares of the lists and of the record, and amounts.

Where a list of Annex A and the record answer one question, both have the code and the declaration of the list is here.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from goldthread.kernel.amount import Amount
from goldthread.kernel.amounts import LIST_AMOUNTS, RECORD_AMOUNTS
from goldthread.kernel.measure import Measure
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.record_measures import RECORD_MEASURES

MOST_NEAR = 4
"""How many codes are named where one was asked for that there is not."""


@cache
def declared() -> Mapping[str, Measure | Amount]:
    """Every measure and amount, in the order of the catalogue."""
    found: dict[str, Measure | Amount] = {}
    every: tuple[Measure | Amount, ...] = (*MEASURES, *RECORD_MEASURES, *LIST_AMOUNTS, *RECORD_AMOUNTS)
    for each in every:
        found.setdefault(each.code, each)
    return found


def near(asked: str) -> list[str]:
    """The codes that somebody may have meant, the likeliest first: those written much alike, those of the same letters
    in front, and those whose title has every word that was asked for."""
    codes, wanted = list(declared()), asked.strip().upper()
    words = wanted.replace("-", " ").split()
    alike = get_close_matches(wanted, codes, n=MOST_NEAR, cutoff=0.7)
    service = [code for code in codes if words and code.split("-")[0] == words[0]]
    titled = [
        code for code, each in declared().items() if words and all(word in _letters(each.title) for word in words)
    ]
    return list(dict.fromkeys([*alike, *titled, *service]))[:MOST_NEAR]


def _letters(title: str) -> str:
    return f"{title} {title.replace('-', '')} {title.replace('-', ' ')}".upper()


def no_measure(asked: str) -> str:
    """The sentence that says that there is no such measure, with what may have been meant, or how codes begin."""
    found = [f"{code} ({declared()[code].title})" for code in near(asked)]
    begins = ", ".join(dict.fromkeys(code.split("-")[0] for code in declared()))
    like = f"near it are {', '.join(found)}" if found else f"nothing is like it, and codes begin with {begins}"
    return (
        f"there is no measure “{asked}”; {like}; docs/reference/measures.md and docs/reference/record-measures.md list "
        "them all."
    )


def better() -> Mapping[str, str]:
    """Which way is better, of everything that is measured."""
    return {code: each.better.value for code, each in declared().items()}
