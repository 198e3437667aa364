"""In which language a text is written, by the small words that every sentence of it has. A guess, and said to be one.

The lists are ours: the most frequent small words of each language, without those that another of them has too.
"""

import re
from collections import Counter
from collections.abc import Mapping

LANGUAGES: Mapping[str, str] = {
    "en": "English", "ar": "Arabic", "cy": "Welsh", "pl": "Polish", "ro": "Romanian", "ur": "Urdu",
}  # fmt: skip
"""The languages that are told from each other: those that surveys are asked in."""

_WRITTEN: Mapping[str, str] = {
    "en": "the and of to is are was were for with that this by from they their have has not be it",
    "cy": "yr yn mae wedi gan ar gyda eu ei neu hyn sydd bod roedd yw nid oes plant wrth chi ni",
    "pl": "się jest nie że przez dla oraz są po jak był była były przy ich tym tego jego może które",
    "ro": "și este în cu pentru nu din sau sunt lor fost prin dacă copii copiii această acest ale cel",
    "ur": "کے کی میں ہے اور سے کو کا نے ہیں پر یہ کہ نہیں ایک تھا تھی گیا جو ان",
    "ar": "في من على إلى أن هذا هذه التي الذي مع عن كان كانت لا ما أو هو هي بين ذلك",
}  # fmt: skip
_SMALL = {code: frozenset(words.split()) for code, words in _WRITTEN.items()}
LEAST, SHARE, CLEARLY = 5, 0.08, 2.0
"""So many small words of a language, so much of all words and so many times those of any other language. Ours."""

MOST_READ = 20_000
"""So many letters of a text are looked at; it is not in another language after that."""

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


def language_of(text: str) -> str:
    """The code of the language that most of a text is written in; empty where it is too short, mixed or another."""
    words = Counter(word.casefold() for word in _WORD.findall(text[:MOST_READ]))
    found = {code: sum(words[word] for word in small) for code, small in _SMALL.items()}
    code, most = max(found.items(), key=lambda one: one[1])
    others = max(count for other, count in found.items() if other != code)
    clear = most >= LEAST and most >= SHARE * words.total() and most >= CLEARLY * others
    return code if clear else ""
