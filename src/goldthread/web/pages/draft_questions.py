"""Pages: the parts of an own instrument while it is written. Sections, questions, and when each is asked."""

import re
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse

from goldthread.apps.access.policy import Refused
from goldthread.apps.drafting import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.domain.instrument import OVERALL_PRACTICE, OVERALL_RECORD, Instrument, Question, Section
from goldthread.domain.instruments import drafts as editing
from goldthread.domain.instruments.writing import as_toml
from goldthread.domain.scales import SCALES
from goldthread.web.doors import door
from goldthread.web.draft_forms import KEYS, AboutForm, ChecksForm, ClosingForm, QuestionForm, SectionForm, WhenForm
from goldthread.web.forms import GovukForm, sent_version
from goldthread.web.pages.drafts import MAY
from goldthread.web.presenters import drafts as shown


def _held(draft: Any) -> Instrument:
    found, _ = queries.read(draft)
    assert isinstance(found, Instrument)
    return found


def kept(
    request: HttpRequest, draft: Any, form: GovukForm, text: str, current: dict[str, Any], key: str, told: str
) -> bool:  # fmt: skip
    """Save what a form makes of a draft; whether it was. What was typed on an older version clashes, with both."""
    names = [name for name in form.fields if name not in KEYS]
    try:
        actions.put_text(
            draft=draft, text=text, version=form.cleaned_data["version"], by=request.actor,  # type: ignore[attr-defined]
            theirs={name: _text(current.get(name)) for name in names},
            yours={name: _text(form.cleaned_data[name]) for name in names}, client_key=form.cleaned_data["client_key"],
        )  # fmt: skip
    except Refused as refusal:
        if refusal.hidden:
            raise
        form.add_error(None, without_line(refusal.reason))
        return False
    forget_typed_text(form=key, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, told)
    return True


def _twice(draft: Any, form: GovukForm) -> bool:
    """Whether this very form was sent and saved a moment ago: what it adds is there."""
    return bool(draft.last_key) and draft.last_key == form.cleaned_data["client_key"]


def without_line(reason: str) -> str:
    """A refusal for somebody who sees a form: without the line of a text that they do not see."""
    told = re.sub(r"^The text, line \d+: ", "", reason)
    return told[:1].upper() + told[1:]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, (list, tuple)):
        return ",".join(value)
    return "" if value is None else str(value)


def back_to(draft: Any, mark: str) -> HttpResponse:
    """The page of the draft, at the part that was changed."""
    return redirect(f"{reverse('draft', args=[draft.pk])}{mark}")


def _page(request: HttpRequest, draft: Any, form: Any, template: str, key: str, **more: Any) -> HttpResponse:
    context = {"draft": draft, "form": form, "key": key, **more}
    return render(request, f"drafts/{template}.html", context, status=422 if form.errors else 200)


def about(request: HttpRequest, draft: Any) -> HttpResponse:
    """What the instrument is called and for."""
    held, key = _held(draft), f"draft-about-{draft.pk.hex}"
    current = {"title": held.title, "says": held.says, "source": held.source, "children": list(held.children)}
    form = AboutForm(request.POST or None, initial=current)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {name: " ".join(form.cleaned_data[name].split()) for name in ("title", "says", "source")}
        changed = replace(held, **told, children=tuple(form.cleaned_data["children"]))
        if kept(request, draft, form, as_toml(changed), current, key, "What it is for is saved."):
            return redirect("draft", draft=draft.pk)
    return _page(request, draft, form, "about", key)


def closing(request: HttpRequest, draft: Any) -> HttpResponse:
    """The words of the closing grades and of the urgent concern."""
    held, key = _held(draft), f"draft-closing-{draft.pk.hex}"
    graded = {one.id: one for one in held.overall}
    ends = {"practice": OVERALL_PRACTICE, "record": OVERALL_RECORD}
    current = {"urgent_text": held.urgent.text, "urgent_help": held.urgent.help}
    for name, id in ends.items():
        if id in graded:
            current |= {f"{name}_text": graded[id].text, f"{name}_help": graded[id].help}
    form = ClosingForm(request.POST or None, initial=current)
    if request.method == "POST" and form.is_valid():
        said = {name: " ".join(form.cleaned_data[name].split()) for name in form.fields if name not in KEYS}
        end = next((one.slug for one in held.sections if one.closing), "")
        mine = {
            id: Question(id, said[f"{name}_text"], said[f"{name}_help"], "practice", "overall", may_not_apply=False,
                         section=end)
            for name, id in ends.items()
        }  # fmt: skip
        changed = replace(
            held, overall=(*mine.values(), *(one for one in held.overall if one.id not in mine)),
            urgent=replace(held.urgent, text=said["urgent_text"], help=said["urgent_help"]),
        )  # fmt: skip
        if kept(request, draft, form, as_toml(changed), current, key, "The closing grades are saved."):
            return redirect("draft", draft=draft.pk)
    return _page(request, draft, form, "closing", key)


def checks(request: HttpRequest, draft: Any) -> HttpResponse:
    """Which checks of whole lists stand beside the instrument."""
    held, key = _held(draft), f"draft-checks-{draft.pk.hex}"
    form = ChecksForm(request.POST or None, of=held)
    if request.method == "POST" and form.is_valid():
        text = as_toml(replace(held, checks=form.made()))
        if kept(request, draft, form, text, dict(form.initial), key, "The checks of whole lists are saved."):
            return back_to(draft, "#checks")
    return _page(request, draft, form, "checks", key)


def section_new(request: HttpRequest, draft: Any) -> HttpResponse:
    """Add a section."""
    return _section(request, draft, _held(draft), None, f"draft-section-{draft.pk.hex}")


def section(request: HttpRequest, part: Any) -> HttpResponse:
    """Change a section."""
    before = part.found if request.method == "POST" else part.section
    return _section(request, part.draft, part.of, before, f"draft-section-{part.draft.pk.hex}-{part.name}")


def _section(
    request: HttpRequest, draft: Any, held: Instrument, before: Section | None, key: str
) -> HttpResponse:  # fmt: skip
    current = {} if before is None else {
        "title": before.title, "says": before.says, "closing": before.closing, "children": list(before.children),
    }  # fmt: skip
    form = SectionForm(request.POST or None, initial=current)
    if request.method == "POST" and form.is_valid():
        new = form.section(held, before)
        if _twice(draft, form):
            return back_to(draft, f"#s-{next((one.slug for one in held.sections if one.title == new.title), '')}")
        changed = editing.put_section(held, new, before.slug if before else "")
        if kept(request, draft, form, as_toml(changed), current, key, f"The section “{new.title}” is saved."):
            return back_to(draft, f"#s-{new.slug}")
    return _page(request, draft, form, "section", key, before=before)


def question_new(request: HttpRequest, draft: Any) -> HttpResponse:
    """Add a question to a section."""
    held = _held(draft)
    asked = request.GET.get("section", "")
    first = {
        "section": asked if asked in {one.slug for one in held.sections} else "", "kind": "practice", "scale": "",
        "reason": "usual", "evidence": "none", "theme": "impact" if _lacks_impact(held, asked) else "recording",
        "may_not_apply": not _lacks_impact(held, asked),
    }  # fmt: skip
    return _question(request, draft, held, None, f"draft-question-{draft.pk.hex}", initial=first)


def _lacks_impact(held: Instrument, section: str) -> bool:
    end = next((one.slug for one in held.sections if one.closing), "")
    return section == end and not any(one.section == end and one.theme == "impact" for one in held.questions)


def question(request: HttpRequest, part: Any) -> HttpResponse:
    """Change a question."""
    # Sent for a question that was taken out meanwhile, it clashes, and what was typed can be kept as a new one.
    before = part.found if request.method == "POST" else part.question
    return _question(request, part.draft, part.of, before, f"draft-question-{part.draft.pk.hex}-{part.name}")


def _question(
    request: HttpRequest, draft: Any, held: Instrument, before: Question | None, key: str, **more: Any
) -> HttpResponse:  # fmt: skip
    form = QuestionForm(request.POST or None, of=held, areas=queries.area_choices(), before=before, **more)
    if request.method == "POST" and form.is_valid():
        new = form.question(held)
        if _twice(draft, form):
            return back_to(draft, f"#q-{next((one.id for one in held.questions if one.text == new.text), '')}")
        changed = editing.put_question(held, new, before.id if before else "")
        current = QuestionForm.initial_of(before) if before else {}
        if kept(request, draft, form, as_toml(changed), current, key, f"“{new.text}” is saved."):
            return back_to(draft, f"#q-{new.id}")
    return _page(request, draft, form, "question", key, before=before, scales=_scales())


def _scales() -> list[tuple[str, str]]:
    return [(scale.title, ", ".join(words for _, words in scale.answers) or "A box to write in")
            for slug, scale in SCALES.items() if slug != "flag"]  # fmt: skip


def question_when(request: HttpRequest, part: Any) -> HttpResponse:
    """After which answers a question is asked."""
    return _when(request, part, part.question, editing.earlier(part.of, part.name, part.question.section))


def section_when(request: HttpRequest, part: Any) -> HttpResponse:
    """After which answers a section is asked."""
    above = _above(part.of, part.name)
    return _when(request, part, part.section, above)


def _above(of: Instrument, section: str) -> list[Question]:
    before: list[Question] = []
    for one, questions in of.on_page():
        if one.slug == section:
            break
        before += [q for q in questions if q in of.questions and q.answers]
    return before


def _when(request: HttpRequest, part: Any, of: Question | Section, above: list[Question]) -> HttpResponse:
    """Choose an earlier question, tick its answers, save; or take a condition out."""
    if request.method == "POST" and "take_out" in request.POST:
        left = tuple(one for one in of.ask_if if one.question != request.POST["take_out"])
        return _conditions(request, part, of, left, "The condition is taken out.")
    chosen = request.POST.get("question") or request.GET.get("question", "")
    earlier = next((one for one in above if one.id == chosen), None)
    # A form sent empty was sent nevertheless: what is wrong with it is said on it.
    sent = request.POST if request.method == "POST" else None
    form: Any = GovukForm(sent)
    if earlier is not None:
        now = next((one.answers for one in of.ask_if if one.question == chosen), ())
        form = WhenForm(sent, earlier=earlier, initial={"question": chosen, "answers": list(now)})
        if request.method == "POST" and form.is_valid():
            others = tuple(one for one in of.ask_if if one.question != chosen)
            return _conditions(request, part, of, (*others, form.condition()), "The condition is saved.")
    elif request.method == "POST":
        form.add_error(None, "Choose a question that is asked above this one.")
    context = {
        "part": of, "words": of.text if isinstance(of, Question) else of.title, "above": above, "earlier": earlier,
        "told": [(one, shown.condition_words(part.of, one)) for one in of.ask_if],
        "mark": f"{'q' if isinstance(of, Question) else 's'}-{part.name}",
    }  # fmt: skip
    return _page(request, part.draft, form, "when", "", **context)


def _conditions(request: HttpRequest, part: Any, of: Question | Section, ask_if: Any, told: str) -> HttpResponse:
    if isinstance(of, Question):
        changed, mark = editing.put_question(part.of, replace(of, ask_if=ask_if), of.id), f"#q-{of.id}"
    else:
        changed, mark = editing.put_section(part.of, replace(of, ask_if=ask_if), of.slug), f"#s-{of.slug}"
    _move(request, part.draft, changed)
    messages.success(request, told)
    return back_to(part.draft, mark)


def _move(request: HttpRequest, draft: Any, changed: Instrument) -> None:
    """Save what a press of a button makes of a draft. There are no two texts to compare: what happened is told."""
    actions.turn(draft=draft, text=as_toml(changed), version=sent_version(request), by=request.actor)  # type: ignore[attr-defined]


def move(request: HttpRequest, draft: Any) -> HttpResponse:
    """Move a question or a section up or down."""
    held, id, up = _held(draft), request.POST.get("id", ""), request.POST.get("way") == "up"
    if request.POST.get("part") == "section" and id in {one.slug for one in held.sections}:
        _move(request, draft, editing.move_section(held, id, up=up))
        return back_to(draft, f"#s-{id}")
    if request.POST.get("part") == "question" and id in {one.id for one in held.questions}:
        _move(request, draft, editing.move_question(held, id, up=up))
        return back_to(draft, f"#q-{id}")
    # What is not there any more was taken out meanwhile, and the version says so; else nothing was asked for.
    _move(request, draft, held)
    messages.info(request, "Nothing was moved: press a button beside a question or a section.")
    return redirect("draft", draft=draft.pk)


def section_remove(request: HttpRequest, part: Any) -> HttpResponse:
    """Take a section out, once it has no questions."""
    mine = [one for one in part.of.questions if one.section == part.name]
    if request.method == "POST":
        if mine:
            raise Refused("This section has questions. Move or remove them first.")
        _move(request, part.draft, editing.drop_section(part.of, part.name))
        messages.success(request, f"The section “{part.section.title}” is taken out.")
        return redirect("draft", draft=part.draft.pk)
    context = {"draft": part.draft, "words": part.section.title, "questions": mine, "what": "section", "hangs": []}
    return render(request, "drafts/remove.html", {**context, "mark": f"s-{part.name}"})


def question_remove(request: HttpRequest, part: Any) -> HttpResponse:
    """Take a question out, once asked whether it is meant, and told what hangs on it."""
    if request.method == "POST":
        _move(request, part.draft, editing.drop_question(part.of, part.name))
        messages.success(request, f"“{part.question.text}” is taken out.")
        return back_to(part.draft, f"#s-{part.question.section}")
    hangs = [_name(one) for one in editing.hanging_on(part.of, part.name)]
    context = {"draft": part.draft, "words": part.question.text, "questions": [], "what": "question", "hangs": hangs}
    return render(request, "drafts/remove.html", {**context, "mark": f"q-{part.name}"})


def _name(one: Question | Section) -> str:
    return one.text if isinstance(one, Question) else f"Section “{one.title}”"


class _Part:
    """A part of a draft, as a door asks about it; it may have been taken out meanwhile."""

    def __init__(self, draft: Any, name: str) -> None:
        self.draft, self.name, self.of = draft, name, _held(draft)

    def target(self) -> Any:
        """The draft's own."""
        return self.draft.target()


class QuestionPart(_Part):
    """A question."""

    @property
    def found(self) -> Question | None:
        """The question of that name; None where there is none."""
        return next((one for one in self.of.questions if one.id == self.name), None)

    @property
    def question(self) -> Question:
        """The question. Raises ObjectDoesNotExist where there is none of that name."""
        if self.found is None:
            raise ObjectDoesNotExist
        return self.found


class SectionPart(_Part):
    """A section."""

    @property
    def found(self) -> Section | None:
        """The section of that name; None where there is none."""
        return next((one for one in self.of.sections if one.slug == self.name), None)

    @property
    def section(self) -> Section:
        """The section. Raises ObjectDoesNotExist where there is none of that name."""
        if self.found is None:
            raise ObjectDoesNotExist
        return self.found


def _question_of(actor: Any, draft: Any, question: str) -> QuestionPart:
    return QuestionPart(queries.writing_instrument(actor, draft), question)


def _section_of(actor: Any, draft: Any, section: str) -> SectionPart:
    return SectionPart(queries.writing_instrument(actor, draft), section)


_ONE = "drafts/<uuid:draft>/"
_SECTION, _QUESTION = _ONE + "sections/<slug:section>/", _ONE + "questions/<slug:question>/"
_OF = queries.writing_instrument

DOORS: list[URLPattern] = [
    door(_ONE + "about/", about, "draft_about", needs=MAY, to_change=MAY, about=_OF),
    door(_ONE + "closing/", closing, "draft_closing", needs=MAY, to_change=MAY, about=_OF),
    door(_ONE + "checks/", checks, "draft_checks", needs=MAY, to_change=MAY, about=_OF),
    door(_ONE + "move/", move, "draft_move", needs=MAY, to_change=MAY, about=_OF, reads=False),
    door(_ONE + "sections/new/", section_new, "draft_section_new", needs=MAY, to_change=MAY, about=_OF),
    door(_SECTION, section, "draft_section", needs=MAY, to_change=MAY, about=_section_of),
    door(_SECTION + "when/", section_when, "draft_section_when", needs=MAY, to_change=MAY, about=_section_of),
    door(_SECTION + "remove/", section_remove, "draft_section_remove", needs=MAY, to_change=MAY, about=_section_of),
    door(_ONE + "questions/new/", question_new, "draft_question_new", needs=MAY, to_change=MAY, about=_OF),
    door(_QUESTION, question, "draft_question", needs=MAY, to_change=MAY, about=_question_of),
    door(_QUESTION + "when/", question_when, "draft_question_when", needs=MAY, to_change=MAY, about=_question_of),
    door(_QUESTION + "remove/", question_remove, "draft_question_remove", needs=MAY, to_change=MAY,
         about=_question_of),
]  # fmt: skip
