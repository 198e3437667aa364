"""How a word is written short by hand: its beginning ('Behav.', 'indep') or its consonants ('asst', 'mbr', 'lvg')."""

from collections.abc import Callable, Iterable

SHORTEST_SHORT = 3
_SHORTEST_LONG = 5
_MOST_VOWELS = 1
_LEFT_OUT = 2
"""Fewer letters left out is a slip rather than a short form."""

_VOWELS = frozenset("aeiou")


def _begins(short: str, word: str) -> bool:
    """Whether it is the word's beginning up to a consonant: people cut 'behav' and 'indep', not 'behavi' or 'se'."""
    return short[-1] not in _VOWELS and word.startswith(short)


def _contracts(short: str, word: str) -> bool:
    """Whether the letters stand in the word in their order, its first and last among them, with hardly any vowel."""
    vowels = sum(letter in _VOWELS for letter in short[1:])
    if short[-1] != word[-1] or vowels > (_MOST_VOWELS if len(short) > SHORTEST_SHORT else 0):
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)


_WAYS: tuple[Callable[[str, str], bool], ...] = (_begins, _contracts)


def written_out(short: str, known: Iterable[str], meant: Callable[[str], str]) -> str | None:
    """The known word that a short one stands for; None where it is none, or could be words of two meanings.

    `meant` gives what a known word is taken for: words that are taken for the same are one meaning.
    """
    if len(short) < SHORTEST_SHORT or not short.isalpha():
        return None
    long = [word for word in known if len(word) >= max(_SHORTEST_LONG, len(short) + _LEFT_OUT) and word[0] == short[0]]
    for way in _WAYS:
        found = {meant(word): word for word in long if way(short, word)}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None
