"""Themes that are near in meaning to what somebody wrote: a guess beside the text, for the person who sorts it."""

from goldthread.apps.surveys.models import Theme, Words
from goldthread.apps.surveys.queries.themes import in_use
from goldthread.apps.surveys.sealed import words_of
from goldthread.engines import meaning

LEAST_LIKE, MOST = 0.20, 2
"""From which likeness on a theme is suggested, and how many at most. [J] Of twenty invented texts sixteen belonged to
one of five themes: that theme was the first suggested of fourteen, the first or second of all sixteen; of the four
that belong nowhere three were given a suggestion too, and so none is chosen beforehand."""
LANGUAGE = "en"
"""The model knows English; of a text in another language nothing is suggested."""


def suggested(words: Words) -> list[Theme]:
    """The themes in use that a text is nearest to, by their names and meanings; none without the model of meaning.

    Other people's texts are not opened for it, and nothing is kept. Raises CannotUnseal.
    """
    themes = in_use(words.survey)
    if words.language != LANGUAGE or not themes or not meaning.at_hand():
        return []
    told = [words_of(words), *(f"{one.name}. {one.means}".strip() for one in themes)]
    text, *held = meaning.the_model().vectors(told)
    near = sorted(((float(text @ one), at) for at, one in enumerate(held)), reverse=True)
    return [themes[at] for like, at in near[:MOST] if like >= LEAST_LIKE]
