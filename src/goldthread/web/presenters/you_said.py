"""You said, this changed, as everybody reads it: in the language that was chosen, and in English where it must be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from goldthread.apps.improvement.queries import you_said as queries
from goldthread.domain import surveys as domain


def first(row: Any) -> dict[str, str]:
    """What the form begins with: both texts, and those in other languages."""
    if row is None:
        return {}
    others = {f"{name}_{code}": text for code, both in row.in_languages.items() for name, text in both.items()}
    return {"said": row.said, "changed": row.changed, **others}


def others(survey: Any) -> list[domain.Language]:
    """The languages beside English in which a survey can be answered."""
    return [domain.language(code) for code in domain.languages_of(survey.template) if code != "en"]


def title_of(shown: Sequence[Any], told: Mapping[str, str]) -> str:
    """What the page of a survey is called, and every link to it: a promise where something of it is only promised."""
    return told["title_promised" if any(one.promised for one in shown) else "title"]


def link_of(survey: Any, language: domain.Language) -> str:
    """The words of a link to the page of a survey, which are the title of that page; empty where nothing is shown."""
    shown = queries.shown_beside(survey)
    return title_of(shown, _words(language, survey.template)) if shown else ""


def links_of(inspection: Any) -> list[tuple[str, str]]:
    """The pages of an inspection’s surveys that tell everybody what changed: the key of each and its title."""
    english = domain.language("en")
    told = queries.surveys_told_of(inspection)
    return [(survey.link, title_of(shown, _words(english, survey.template))) for survey, shown in told]


@dataclass
class Page:
    """One look at the page: its language, and what became of an answer that was sent. `problem` names a word."""

    survey: Any
    language: domain.Language
    about: Any = None
    already: bool = False
    problem: str = ""

    @property
    def kept(self) -> bool:
        """Whether an answer was kept just now."""
        return self.about is not None and not self.already and not self.problem

    @property
    def words(self) -> dict[str, str]:
        """Every word of the page in its language."""
        return _words(self.language, self.survey.template)

    def context(self, shown: Sequence[Any], codes: Sequence[str], marks: Mapping[str, str]) -> dict[str, Any]:
        """Everything that the template shows. `marks` are those that the browser sent."""
        words = self.words
        return {
            "title": title_of(shown, words), "survey": self.survey, "language": self.language, "words": words,
            "about": words["about"].format(council=self.survey.inspection.authority),
            "problem": words[self.problem] if self.problem else "", "found": self.about,
            "rows": [self._row(one, marks) for one in shown],
            "languages": [domain.language(code) for code in codes],
        }  # fmt: skip

    def _row(self, one: Any, marks: Mapping[str, str]) -> dict[str, Any]:
        texts = queries.texts_of(one, self.language.code)
        language = self.language if texts else domain.language("en")
        said, changed = texts or (one.said, one.changed)
        words, mine = self.words, one == self.about
        # Only the two texts are in English where nobody translated them: the words around them, the question and what
        # becomes of an answer stay in the reader's own language.
        before, _, after = words["said"].partition("{said}")
        return {
            "one": one, "language": language, "only_english": not texts, "said": said,
            "you_said": words["said"].format(said=said), "before_said": before, "after_said": after, "changed": changed,
            "share": queries.share_in_words(one, self.language, words),
            "outcome": words[queries.TOLD_AS[one.outcome]],
            "changed_title": words["promised" if one.promised else "changed"],
            "agree": words["agree_promised" if one.promised else "agree"],
            "stands": _stands(one, self.language, words), "since": _since(one, self.language, words),
            "agreed": _agreed(one, self.language, words), "number": queries.fresh_number(one), "mine": mine,
            "kept": mine and self.kept, "already": queries.mark_of(one) in marks,
            "answers": [(key, words[key]) for key in queries.ANSWERS],
        }  # fmt: skip


def _words(language: domain.Language, to: str) -> dict[str, str]:
    """The words of a language around the questions, in those of easy read where there are such, and of this page."""
    # Both tables have a word for “kept”: here it is the answer that is.
    return {**language.said(easy=True, to=to), **language.told_to(to)}


def _between(language: domain.Language) -> str:
    """What parts two parts of a sentence: Arabic and Urdu write it the other way round."""
    return "؛ " if language.direction == "rtl" else "; "


def _stands(one: Any, language: domain.Language, words: Mapping[str, str]) -> str:
    """By when a promise is to be kept, and that it was not, or that it is said to be; nothing of what was none."""
    word = queries.how_it_stands(one, localdate())
    return words[word].format(day=language.day(one.recommendation.due)) if word else ""


def _since(one: Any, language: domain.Language, words: Mapping[str, str]) -> dict[str, str]:
    """What was found since it was shown, where it is something else, so that nobody who said it is left with less."""
    found = queries.found_since(one)
    if found is None:
        return {}
    outcome, day = found
    return {"title": f"{words['found']}, {language.day(day)}", "outcome": words[queries.TOLD_AS[outcome]]}


def _agreed(one: Any, language: domain.Language, words: Mapping[str, str]) -> str:
    """What was answered so far, in words; that it is shown later where too few have."""
    agreed = queries.agreed(one)
    if not agreed.of:
        return words["later"].format(fewest=domain.FEWEST)
    told = [
        f"{words[key]}: {words.get(queries.AS_WORDS.get(share, ''), share)}"
        for key, (_, share) in zip(queries.ANSWERS, agreed.shares, strict=True)
    ]
    of = language.for_count(words, agreed.of)["answers"].format(of=language.number(agreed.of))
    return f"{of} {_between(language).join(told)}."
