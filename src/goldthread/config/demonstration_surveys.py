"""Demonstration: surveys of families and of the sample's families, open, and of staff, closed. All invented."""

import random
from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from goldthread.apps.access.models import Person
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.queries import actor_for
from goldthread.apps.cases.models import Draw
from goldthread.apps.improvement import actions as improvement
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.surveys import actions, queries
from goldthread.apps.surveys.models import Survey, Theme
from goldthread.config import demonstration_data as data

LEAD = "lead@demo.example"
FAMILIES = (
    ("She rings before she comes now. That is the biggest change.", "words", "released"),
    ("Third worker since Easter. I tell it all again each time.", "idea", "released"),
    ("My son is scared when his dad comes to the door at night.", "words", ""),
    ("Send the plan in Polish, please.", "words", ""),
)
"""What families wrote, what may be done with it, and what became of it (empty: nobody has read it yet)."""
STAFF_WROTE = (
    ("Fewer children each, so that we can know them.", "Time with children"),
    ("Half of my week goes into forms.", "Time with children"),
    ("Keep our managers: I have had four in a year.", "Managers who stay"),
    ("A quiet room to talk with a parent.", ""),
)
"""What staff wrote, and the theme that it was sorted into (empty: none fits)."""
THEMES = (
    ("Time with children", "How much of the week is spent with children, and what takes it away"),
    ("Managers who stay", "Whether a worker keeps the same manager"),
)
WRITTEN = 16
LEFT_OUT = {3: "unsafe", 17: "sibling"}
"""Which case of the draw is left out, and why."""
OF_STAFF = ("leadership",)
"""Of which area it speaks what staff say of their work."""
INVITED = (("Families with a protection plan", 24, 9), ("Families with a child in need plan", 30, 13))
STAFF = 38


EARLIER_STAFF = 44
EARLIER_LEANS: Mapping[str, Mapping[str, int]] = {
    "caseload": {"easily": 1, "mostly": 3, "hardly": 5, "not": 4},
    "supervision": {"yes": 2, "sometimes": 4, "no": 6, "none": 3},
    "speak-up": {"yes": 2, "partly": 4, "no": 6},
}
"""How the earlier answers lean, so that there is a change to look at: weights by question and answer."""


EARLIER_FAMILIES = (
    ("Nobody rings back.", True), ("I left three messages and nobody answered.", True),
    ("When I call, I am told to call again later.", True), ("I never know who to ring.", True),
    ("The phone just rings and rings.", True), ("They said they would call on Monday. They did not.", True),
    ("I gave up calling.", True), ("A text would do, but nobody writes one.", True),
    ("Our worker is kind to my daughter.", False), ("The meetings are at times when I work.", False),
    ("Please explain the long words.", False), ("The house visits helped us.", False),
)  # fmt: skip
"""What families wrote months before, and whether it belongs to the theme that was answered."""
TOLD = ("Nobody rings back.", "Every call is answered on the same day, by somebody who knows your family.")
TOLD_IN = {
    "ur": (
        "کوئی واپس فون نہیں کرتا۔",
        "ہر فون کا اسی دن جواب دیا جاتا ہے، کسی ایسے شخص کی طرف سے جو آپ کے خاندان کو جانتا ہے۔",
    ),
    "ar": ("لا أحد يعاود الاتصال.", "يُرد على كل مكالمة في اليوم نفسه، من شخص يعرف عائلتكم."),
    "pl": ("Nikt nie oddzwania.", "Na każdy telefon odpowiada tego samego dnia ktoś, kto zna Państwa rodzinę."),
}
AGREE = ("yes", "yes", "partly", "yes", "no", "partly", "yes", "yes", "no", "yes", "yes", "partly")


def earlier(inspection: Inspection, lead: Actor) -> None:
    """What was asked months before, within the audit programme: of staff, to compare with, and of families."""
    _earlier_staff(inspection, lead)
    dice = random.Random(data.key("surveys-earlier-families").int)  # noqa: S311 - invented people, no secret
    survey = _opened(inspection, "families", lead, key="survey-families-earlier")
    theme = actions.make_theme(
        survey=survey, name="Being rung back", means="Whether a call or a message is answered",
        client_key=data.key("theme-rung-back"), by=lead,
    )  # fmt: skip
    belongs = dict(EARLIER_FAMILIES)
    for text in belongs:
        _said(survey, dice, {"change": text}, tier="words")
    for one in list(queries.words_list(lead, survey)):
        words = actions.settle_words(words=one, to="released", done="", version=one.version, by=lead)
        chosen = [theme.pk] if belongs[queries.words_of(words)] else []
        actions.code_words(words=words, themes=chosen, new="", version=words.version, by=lead)
    actions.close_survey(survey=survey, version=survey.version, by=lead)


def told(inspection: Inspection, owner: Person, lead: Actor) -> None:
    """A recommendation that answers what families wrote, and what they are told of it, in three languages."""
    theme = Theme.objects.get(client_key=data.key("theme-rung-back"))
    held = improvement.recommend(
        inspection=inspection, says="Answer every call of a family on the same day.", owner=owner,
        due=timezone.localdate() + timedelta(days=120), theme=theme, client_key=data.key("answers-calls"), by=lead,
    )  # fmt: skip
    held = improvement.settle(held=held, to="open", because="", version=held.version, by=lead)
    said, changed = TOLD
    improvement.write_you_said(
        held=held, said=said, changed=changed, in_languages=TOLD_IN, version=held.version, by=lead
    )  # fmt: skip
    held.refresh_from_db()
    asked = improvement.ask_council(held=held, version=held.version, by=lead)
    held.refresh_from_db()
    council = actor_for(owner, second_factor=True)
    improvement.answer_for_council(row=asked, to="yes", because="", version=held.version, by=council)
    held.refresh_from_db()
    row = improvement.move_you_said(held=held, to="shown", version=held.version, by=lead)
    for place, answer in enumerate(AGREE):
        improvement.agree(about=row, number=data.key(f"agrees-{place}").int >> 66, answer=answer)


def _earlier_staff(inspection: Inspection, lead: Actor) -> None:
    """The survey of staff as it was asked months before: the first of two to compare."""
    dice = random.Random(data.key("surveys-earlier").int)  # noqa: S311 - invented people, no secret
    survey = _opened(inspection, "staff", lead, key="survey-staff-earlier")
    for _ in range(EARLIER_STAFF):
        chosen = {name: dice.choices(list(one), list(one.values()))[0] for name, one in EARLIER_LEANS.items()}
        _said(survey, dice, chosen)
    actions.close_survey(survey=survey, version=survey.version, by=lead)


def surveys(inspection: Inspection, actors: Mapping[str, Actor]) -> None:
    """Three surveys: what is answered, is answered as from outside."""
    dice, lead = random.Random(data.key("surveys").int), actors[LEAD]  # noqa: S311 - invented people, no secret
    _families(_opened(inspection, "families", lead), dice, lead)
    staff = _opened(inspection, "staff", lead)
    for number in range(STAFF):
        wrote = STAFF_WROTE[number % len(STAFF_WROTE)][0] if number < WRITTEN else ""
        _said(staff, dice, {"change": wrote} if wrote else {}, tier="words" if wrote else "")
    themes = _sorted(staff, lead)
    staff = actions.close_survey(survey=staff, version=staff.version, by=lead)
    actions.shelve_result(
        survey=staff, question="supervision", areas=OF_STAFF, client_key=data.key("survey-result"), by=lead
    )
    actions.shelve_theme(theme=themes[0], areas=OF_STAFF, client_key=data.key("survey-theme"), by=lead)
    _of_the_sample(inspection, dice, lead)


def _sorted(survey: Survey, lead: Actor) -> list[Theme]:
    """Every text is read for safety, released, and sorted into themes."""
    made = [
        actions.make_theme(survey=survey, name=name, means=means, client_key=data.key(f"theme-{name}"), by=lead)
        for name, means in THEMES
    ]
    belongs = dict(STAFF_WROTE)
    for one in list(queries.words_list(lead, survey)):
        words = actions.settle_words(words=one, to="released", done="", version=one.version, by=lead)
        chosen = [theme.pk for theme in made if theme.name == belongs[queries.words_of(words)]]
        actions.code_words(words=words, themes=chosen, new="", version=words.version, by=lead)
    return made


def _of_the_sample(inspection: Inspection, dice: random.Random, lead: Actor) -> None:
    """The families of the drawn children are written to; a good third has answered."""
    draw = Draw.objects.filter(inspection=inspection).order_by("number")[0]
    out = {one.pk: LEFT_OUT[one.number] for one in queries.drawn_cases(draw) if one.number in LEFT_OUT}
    survey = actions.ask_families(
        draw=draw, left_out=out, closes=timezone.localdate() + timedelta(days=18),
        client_key=data.key("survey-of-the-sample"), by=lead,
    )  # fmt: skip
    for made in queries.invitations(survey):
        actions.record_letters(invitations=made, by=lead)
        for code in queries.letters_of(made):
            if dice.random() < 0.4:
                _said(survey, dice, {}, code=code)


def _opened(inspection: Inspection, template: str, lead: Actor, *, key: str = "") -> Survey:
    return actions.open_survey(
        inspection=inspection, template=template, closes=timezone.localdate() + timedelta(days=14), by_link=True,
        client_key=data.key(key or f"survey-{template}"), by=lead,
    )  # fmt: skip


def _families(survey: Survey, dice: random.Random, lead: Actor) -> None:
    for number, (group, size, back) in enumerate(INVITED):
        made = actions.invite(
            survey=survey, group=group, size=size, client_key=data.key(f"survey-letters-{number}"), by=lead
        )
        for code in queries.letters_of(made)[:back]:
            _said(survey, dice, {}, code=code)
    for text, tier, to in FAMILIES:
        before = set(queries.words_list(lead, survey).values_list("pk", flat=True))
        _said(survey, dice, {"change": text}, tier=tier)
        if to:
            words = queries.words_list(lead, survey).exclude(pk__in=before).get()
            actions.settle_words(words=words, to=to, done="", version=words.version, by=lead)


def _said(survey: Survey, dice: random.Random, answers: dict[str, str], *, tier: str = "", code: str = "") -> None:
    chosen: dict[str, str | list[str]] = {
        one.id: dice.choice(list(one.options)) for one in survey.asked.questions if one.kind in ("one", "scale")
    }
    actions.answer(
        survey=survey, number=dice.getrandbits(62), answers={**chosen, **answers}, tier=tier, language="en", easy=False,
        code=code,
    )  # fmt: skip
