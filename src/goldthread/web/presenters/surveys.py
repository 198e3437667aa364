"""Surveys as pages show them."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import qrcode
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage

from goldthread.apps.access.policy import Actor
from goldthread.apps.surveys import queries
from goldthread.domain import surveys as domain
from goldthread.domain.hearing import TIERS, Tier
from goldthread.domain.surveys import pictures
from goldthread.domain.surveys.drawn_families import LEFT_OUT
from goldthread.web.presenters.survey_results import signs_in
from goldthread.web.presenters.task import Task, address

_READ_TOO = "Read what people wrote, for a child who may not be safe"


def ways(count: Any) -> list[tuple[str, int]]:
    """How the answers came, and how many by each way."""
    held: Counter[str] = Counter()
    for (way, _), many in count.days.items():
        held[way] += many
    return [(words, held[way]) for way, words in domain.WAYS.items()]


def languages(survey: Any) -> list[domain.Language]:
    """The languages in which it can be answered."""
    return [domain.language(code) for code in domain.languages_of(survey.template)]


def broken_down_by(survey: Any) -> str:
    """The question by which results are broken down; empty where there is none."""
    return next((one.text for one in survey.asked.questions if one.breakdown), "")


def results(survey: Any, held: list[Any], shelved: list[Any]) -> list[dict[str, Any]]:
    """Results, each with what of it stands on the shelf."""
    items: dict[str, list[Any]] = {}
    for one in shelved:
        if one.words_id is None:
            items.setdefault(one.question, []).append(one.evidence_item)
    return [
        {"result": one, "items": items.get(one.question.id, []), "signs": signs_in(share.shown for share in one.shares)}
        for one in held
    ]


def breakdowns(held: list[Any]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Each table by groups, with what the signs in it mean."""
    return [(one, signs_in(cell for _, cells in one.rows for cell in cells)) for one in held]


def responses(held: list[Any]) -> dict[str, Any]:
    """Who was invited and how many answered, by group, with what the signs in the table mean."""
    return {"responses": held, "response_signs": signs_in(one.back for one in held)}


def words_row(words: Any) -> dict[str, Any]:
    """What somebody wrote, opened, with its question, its terms and its state in words."""
    language = domain.language(words.language)
    return {
        "words": words, "says": queries.words_of(words), "question": words.survey.asked.question(words.question).text,
        "terms": TIERS[Tier(words.tier)], "state": queries.WORDS_STATES[words.status], "language": language,
        "late": words.status == "waiting" and words.day < timezone.localdate(),
    }  # fmt: skip


def on_paper(
    asked: domain.Template, language: domain.Language, *, easy: bool = False
) -> list[tuple[domain.Question, list[tuple[str, str]], list[str]]]:
    """Each question of a paper form: its answers, each with its picture in easy read (empty where none would say it),
    and what is said below it: of whom it is asked, and how many answers may be ticked, since no page sees to either."""
    words = language.said(easy=easy, to=asked.slug)
    held = []
    for one in asked.questions:
        shown = pictures.of_question(one)
        options = [(text, shown.get(key, "")) for key, text in one.answers(easy=easy).items()]
        hints = [_only_if(asked, one, language, words, easy=easy)] if one.after else []
        hint = words[{"words": "no_names", "several": "choose_several"}.get(one.kind, "choose_one")]
        held.append((one, options, [*hints, hint.format(most=language.number(domain.MOST_LETTERS))]))
    return held


def _only_if(
    asked: domain.Template, one: domain.Question, language: domain.Language, words: Mapping[str, str], *, easy: bool
) -> str:
    """Of whom a question is asked that follows from another: by the number and the answers of that one."""
    before = asked.question(one.after)
    number, told = asked.questions.index(before) + 1, before.answers(easy=easy)
    answers = " / ".join(told[key] for key in one.if_any)
    return words["only_if"].format(number=language.number(number), answers=answers)


def families(survey: Any, rows: list[Any]) -> dict[str, Any]:
    """The families of a sample: how many were written to and left out, the letters, and how many answered."""
    told = [{"family": one, "left_out": LEFT_OUT.get(one.left_out, "")} for one in rows]
    return {
        **responses(queries.responses(survey) if survey else []),
        "rows": told, "invited": sum(one.invited is not None for one in rows),
        "out": sum(bool(one.left_out) for one in rows),
        "letters": queries.invitations(survey) if survey else [],
        "answered": queries.answered(survey) if survey else None,
    }  # fmt: skip


def family_of_case(case: Any) -> dict[str, Any]:
    """What is known of the family of one case: that they were written to, or left out and why. Nothing of answers."""
    family = queries.family_of(case)
    return {"family": family, "family_left_out": LEFT_OUT.get(family.left_out, "") if family else ""}


def code_book(survey: Any) -> dict[str, Any]:
    """The themes in use with their shares and what of them stands on the shelf, and those that were merged."""
    items: dict[Any, list[Any]] = {}
    for one in queries.shelved_of(survey):
        items.setdefault(one.theme_id, []).append(one.evidence_item)
    shares = queries.theme_shares(survey)
    return {
        "rows": [{"share": one, "items": items.get(one.theme.pk, [])} for one in shares],
        "signs": signs_in(one.shown for one in shares),
        "merged": [one for one in queries.themes_of(survey) if one.merged_into_id],
    }


def theme(theme: Any) -> dict[str, Any]:
    """One theme: its share, its texts, what of it stands on the shelf, and what keeps it from there."""
    used = theme.status == "in-use"
    items = [one.evidence_item for one in queries.shelved_of(theme.survey) if one.theme_id == theme.pk]
    return {
        "used": used, "share": queries.share_of(theme) if used else None, "items": items,
        "others": len(queries.in_use(theme.survey)) > 1, "sorting": queries.sorting(theme.survey),
    }  # fmt: skip


def letter(survey: Any) -> list[dict[str, Any]]:
    """What a letter says, in each language in which the survey can be answered, English first."""
    council, parts = survey.inspection.authority, []
    for language in languages(survey):
        words, asked = language.said(easy=False, to=survey.template), domain.load(survey.template, language.code)
        parts.append(
            {
                "language": language, "title": asked.title, "about": words["letter_about"].format(council=council),
                "how": words["letter_how"], "nobody": words["nobody"], "danger": words["help_danger"],
                "until": words["until"].format(day=language.day(survey.closes)),
                "help": [words["help_danger"], words["help_child"], words["help_adult"]],
            }
        )  # fmt: skip
    return parts


def square(text: str) -> SafeString:
    """A square that a telephone reads, as a picture in SVG markup. It holds the address and no code."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    into = io.BytesIO()
    image.save(into)
    markup = into.getvalue().decode()
    return mark_safe(markup[markup.index("<svg") :])  # noqa: S308 - drawn here, from an address of ours


def to_read(actor: Actor, mine: list[Any]) -> Iterator[Task]:
    """What was written in surveys and nobody has read yet: due on the day it came, since a child may not be safe."""
    for survey, pressing, many, oldest in queries.open_words(actor):
        says = f"Survey {survey.mark}, {survey.inspection.title}"
        where = address("survey_words", survey.inspection_id, survey.pk) + "?status=waiting"
        title = "Read first: words that may tell of a child who is not safe" if pressing else _READ_TOO
        yield Task(title, says, where, many, due=oldest)
