"""How a word is written short by hand: its beginning ('Behav.', 'indep') or its consonants ('asst', 'mbr', 'lvg')."""

from collections.abc import Callable, Iterable, Iterator, Sequence

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


def may_stand_for(short: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words that a short one may stand for, the shortest first: those it begins, else those it contracts."""
    if len(short) < SHORTEST_SHORT or not short.isalpha():
        return ()
    long = [word for word in known if len(word) >= max(_SHORTEST_LONG, len(short) + _LEFT_OUT) and word[0] == short[0]]
    found: Iterator[list[str]] = ([word for word in long if way(short, word)] for way in _WAYS)
    return tuple(sorted(next((words for words in found if words), ()), key=lambda word: (len(word), word)))


def of_one_stem(words: Sequence[str]) -> bool:
    """Whether words are forms of one, such as disability and disabilities."""
    shortest = min(words, key=len)
    stem = shortest[: max(SHORTEST_SHORT, len(shortest) - SHORTEST_SHORT)]
    return all(word.startswith(stem) for word in words)
