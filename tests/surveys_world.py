"""Surveys in the world: one open with letters, one closed with results, and words in each state."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from goldthread.apps.surveys import actions
from goldthread.apps.surveys.models import Survey, Words, by_chance

if TYPE_CHECKING:
    from tests.world import Place


def surveys(place: Place) -> None:
    """The lead runs them."""
    survey = _opened(place, "families")
    made = actions.invite(
        survey=survey, group=place.say("team", "group that is invited to a survey"), size=2, client_key=uuid4(),
        by=place["lead"],
    )  # fmt: skip
    place.note("survey", "open", survey=survey.pk)
    place.note("public survey", "open", link=survey.link)
    place.note("letters", "made", survey=survey.pk, invitations=made.pk)
    # What is released, the whole team reads; the rest is for those who read it first.
    for state, klass in (
        ("waiting", "survey-words"), ("kept-back", "survey-words"), ("concern", "survey-words"), ("released", "team"),
    ):  # fmt: skip
        _written(place, survey, state, klass)
    theme = actions.make_theme(
        survey=survey, name=place.say("team", "name of a theme"), means=place.say("team", "meaning of a theme"),
        client_key=uuid4(), by=place["lead"],
    )  # fmt: skip
    place.note("survey theme", "in use", survey=survey.pk, theme=theme.pk)
    # Asked before, so that there is a change to look at.
    before = _opened(place, "staff")
    for _ in range(12):
        _said(before, {"speak-up": "no"})
    actions.close_survey(survey=before, version=before.version, by=place["lead"])
    shut = _opened(place, "staff")
    for _ in range(12):
        _said(shut, {"speak-up": "yes"})
    shut = actions.close_survey(survey=shut, version=shut.version, by=place["lead"])
    actions.shelve_result(survey=shut, question="speak-up", areas=[], client_key=uuid4(), by=place["lead"])
    place.note("survey", "closed", survey=shut.pk)
    place.note("survey result", "shown", survey=shut.pk, topic="speak-up")
    _themed(place)


def _themed(place: Place) -> None:
    """A closed survey of which enough texts were sorted for a share to be told: what changed is told to its people."""
    survey = _opened(place, "families")
    named = actions.make_theme(
        survey=survey, name=place.say("team", "name of a theme that is told back"), means="", client_key=uuid4(),
        by=place["lead"],
    )  # fmt: skip
    for _ in range(12):
        _said(survey, {"change": "Somebody who rings back"}, "words")
    for words in Words.objects.select_related("survey__inspection").filter(survey=survey):
        words = actions.settle_words(words=words, to="released", done="", version=words.version, by=place["lead"])
        actions.code_words(words=words, themes=[named.pk], new="", version=words.version, by=place["lead"])
    survey.refresh_from_db()
    actions.close_survey(survey=survey, version=survey.version, by=place["lead"])


def _opened(place: Place, template: str) -> Survey:
    closes = timezone.localdate() + timedelta(days=7)
    return actions.open_survey(
        inspection=place.inspection,
        template=template,
        closes=closes,
        by_link=True,
        client_key=uuid4(),
        by=place["lead"],
    )


def _said(survey: Survey, answers: dict[str, str | list[str]], tier: str = "") -> None:
    actions.answer(survey=survey, number=by_chance(), answers=answers, tier=tier, language="en", easy=False)


def _written(place: Place, survey: Survey, state: str, klass: str) -> None:
    known = set(survey.words.values_list("pk", flat=True))
    _said(survey, {"change": place.say(klass, f"words of a survey, {state}")}, "words")
    words = Words.objects.select_related("survey__inspection").exclude(pk__in=known).get(survey=survey)
    if state != "waiting":
        done = place.say("survey-words", "what is done about words of a survey") if state == "concern" else ""
        actions.settle_words(words=words, to=state, done=done, version=words.version, by=place["lead"])
    place.note("survey words", state, survey=survey.pk, words=words.pk)
