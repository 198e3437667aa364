"""Words of English that people are called too. In lower case they are taken for the word, with a capital within a
sentence they are shown to the checker. Written down from what is common; a list to be added to, and no authority."""

from importlib.resources import files

WORDS_THAT_ARE_NAMES = frozenset(files(__package__).joinpath("words.txt").read_text("utf-8").split())
