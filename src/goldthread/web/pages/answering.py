"""The pages on which families, children, carers, staff and partners answer a survey.

They have no account and no session, set no cookie, keep no address, and write nothing until “Send”: what was answered
so far travels sealed in the page itself. One question a page; without scripts. The door takes no token against forged
requests, since there is nothing that another site could do in somebody's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import NOBODY, Actor, Target
from goldthread.apps.surveys import actions, queries
from goldthread.domain import surveys as domain
from goldthread.domain.surveys import pictures
from goldthread.web.addresses import address_of
from goldthread.web.doors import door
from goldthread.web.presenters.you_said import link_of

CHECK, DONE, START = "check", "done", ""
TIERS = ("words", "idea", "inspector")


@dataclass(frozen=True, slots=True)
class Link:
    """The survey behind a public address; everybody may answer it."""

    survey: Any

    def target(self) -> Target:
        """Nothing in particular: what is public."""
        return Target()


@dataclass
class Sheet:
    """What somebody has answered so far, where they are, and what is wrong with what they just sent."""

    survey: Any
    held: dict[str, Any]
    problem: str = ""
    typed: list[str] = field(default_factory=list)

    @property
    def at(self) -> str:
        """The question they are at; empty at the start."""
        return str(self.held["at"])

    @property
    def template(self) -> domain.Template:
        """The survey in their language."""
        return domain.load(self.survey.template, self.held["language"])

    @property
    def answers(self) -> dict[str, Any]:
        """What they have answered, by question."""
        answers: dict[str, Any] = self.held["answers"]
        return answers

    def steps(self) -> list[str]:
        """The pages from the first question to the last look, as far as their answers say."""
        asked = self.template.asked(self.answers)
        wrote = any(one.kind == "words" and self.answers.get(one.id) for one in asked)
        return [*(one.id for one in asked), *([domain.USE] if wrote else []), CHECK]

    def most(self) -> tuple[int, bool]:
        """How many questions there can be, and whether it can be none fewer whatever is answered from here on.

        Counted are those behind, this one, and each that an answer still to come may bring. It shrinks as answers
        leave questions out, and never grows while somebody goes forward.
        """
        order = [one.id for one in self.template.questions]
        here = order.index(self.at) if self.at in order else len(order)
        behind, kept = set(order[:here]), self.template.kept(self.answers)
        sure = [one for one in self.template.questions if (not one.after or one.after in behind) and one.asked(kept)]
        may = [one for one in self.template.questions if one.after and one.after not in behind]
        wrote = any(one.kind == "words" and one.id in behind and kept.get(one.id) for one in sure)
        writes = wrote or any(one.kind == "words" and one.id not in behind for one in (*sure, *may))
        return len(sure) + len(may) + writes, not may and wrote == writes

    def beside(self, by: int) -> str:
        """The page after (1) or before (-1) this one; the start before the first."""
        steps = [START, *self.steps()]
        place = steps.index(self.at) + by if self.at in steps else 0
        return steps[max(0, min(place, len(steps) - 1))]


def by_link(actor: Actor, link: str) -> Link:
    """The survey behind an address. Raises Survey.DoesNotExist."""
    return Link(queries.by_link(link))


@csrf_exempt
def survey_answer(request: HttpRequest, link: Link) -> HttpResponse:
    """One page of a survey: the start, a question, the last look, or thanks."""
    survey = link.survey
    language = spoken(request, domain.languages_of(survey.template))
    held = queries.page_of(survey, request.POST.get("page", ""), language)
    lost = held is None
    sheet = Sheet(survey, held or queries.page_of(survey, "", language) or {})
    if lost:
        sheet.problem = "error_page"
    if request.method == "POST":
        _say_how(sheet, request.POST)
        if not lost and queries.answerable(survey):
            _take(sheet, request.POST, address_of(request))
        elif not lost:
            _too_late(sheet, request.POST)
    else:
        _say_how(sheet, request.GET)
    return _shown(request, sheet)


def spoken(request: HttpRequest, codes: Sequence[str]) -> str:
    """The first language of the browser's that is offered; English where none is. Only the page that is shown knows."""
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (code := wanted.partition("-")[0]) in codes:
            return code
    return "en"


def _too_late(sheet: Sheet, sent: Any) -> None:
    """The survey closed meanwhile: keep on the page what was answered there, which is sent nowhere."""
    if sheet.at not in (START, CHECK, DONE) and "answer" in sent:
        _keep(sheet, sent, "")
    sheet.problem = ""


def _say_how(sheet: Sheet, told: Any) -> None:
    """The language and the form that were asked for."""
    if (code := told.get("language", "")) in domain.languages_of(sheet.survey.template):
        sheet.held["language"] = code
    if (form := told.get("form", "")) in ("easy", "usual"):
        sheet.held["easy"] = form == "easy"


def _take(sheet: Sheet, sent: Any, address: str) -> None:
    """Keep what was answered on the page, and go where the button says. Where it is wrong the page stays."""
    do = sent.get("do", "")
    if sheet.at == START:
        _begin(sheet, sent, do)
    elif sheet.at == CHECK:
        _leave_check(sheet, do, address)
    elif _keep(sheet, sent, do) and do in ("next", "back"):
        sheet.held["at"] = sheet.beside(1 if do == "next" else -1)


def _begin(sheet: Sheet, sent: Any, do: str) -> None:
    code = sent.get("code", "").strip()[:40]
    sheet.typed = [code]
    if do != "next":
        return
    if (code or not sheet.survey.by_link) and not queries.code_is_good(sheet.survey, code):
        sheet.problem = "error_code"
        return
    sheet.held |= {"code": code, "at": sheet.steps()[0]}


def _leave_check(sheet: Sheet, do: str, address: str) -> None:
    if do == "back":
        sheet.held["at"] = sheet.beside(-1)
    elif do.startswith("change-") and do.removeprefix("change-") in sheet.steps():
        sheet.held["at"] = do.removeprefix("change-")
    elif do == "send":
        held = sheet.held
        try:
            actions.answer(
                survey=sheet.survey, number=held["number"], answers=sheet.template.kept(sheet.answers),
                tier=held["tier"], language=held["language"], easy=held["easy"], code=held["code"], address=address,
                by=NOBODY,
            )  # fmt: skip
            held["at"] = DONE
        except queries.Wrong as refusal:
            sheet.problem = refusal.word or "error_page"


def _keep(sheet: Sheet, sent: Any, do: str) -> bool:
    """Keep the answer of this page; False, with what is wrong, where it is none."""
    given = [one[: 2 * domain.MOST_LETTERS] for one in sent.getlist("answer")]
    sheet.typed = given
    if sheet.at == domain.USE:
        if given and given[0] in TIERS:
            sheet.held["tier"] = given[0]
        elif do == "next":
            sheet.problem = "error_use"
        return not sheet.problem
    if sheet.at not in sheet.steps():
        sheet.held["at"] = START
        return True
    try:
        sheet.answers[sheet.at] = queries.sound_answer(sheet.template.question(sheet.at), given)
        return True
    except queries.Wrong as refusal:
        sheet.problem = refusal.word
        return False


def _shown(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    survey, held = sheet.survey, sheet.held
    language = domain.language(held["language"])
    steps, said = sheet.steps(), language.said(easy=held["easy"], to=survey.template)
    most, settled = sheet.most()
    fill = {
        "most": language.number(domain.MOST_LETTERS), "number": 1, "count": most,
        "council": survey.inspection.authority,
    }  # fmt: skip
    if sheet.at in steps:
        fill["number"] = steps.index(sheet.at) + 1
    # What a day, or another question's answers, fill in is filled in where it stands.
    words = {key: text if key in ("date", "until", "only_if") else text.format(**fill) for key, text in said.items()}
    open_ = queries.answerable(survey) or sheet.at == DONE
    unsent = not open_ and bool(sheet.answers)
    context = {
        "survey": survey, "template": sheet.template, "language": language, "words": words, "easy": held["easy"],
        "until": words["until"].format(day=language.day(survey.closes)), "at": sheet.at, "open": open_,
        "problem": words[sheet.problem] if sheet.problem else "", "page": queries.sealed_page(survey, held),
        "languages": [domain.language(code) for code in domain.languages_of(survey.template)],
        "step": _step(sheet, words), "rows": _rows(sheet, words) if unsent or sheet.at == CHECK else [],
        "question": words["question" if settled else "question_most"], "unsent": unsent,
        "told": "" if open_ else link_of(survey, language),
        # Help always; that what is written is read for a child who is not safe, only where something can be written.
        "writes": open_, "code": sheet.typed[0] if sheet.at == START and sheet.typed else "",
    }  # fmt: skip
    answer = render(request, "surveys/answer.html", context, status=422 if sheet.problem else 200)
    answer.headers["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(answer, ("Accept-Language",))
    return answer


def _step(sheet: Sheet, words: dict[str, str]) -> dict[str, Any]:
    """The question of this page, as the page shows it; empty where it has none."""
    if sheet.at == domain.USE:
        chosen = [sheet.held["tier"]]
        shown = pictures.of_answers(TIERS)
        options = [(one, words[one], one in chosen, shown[one]) for one in TIERS]
        return {"kind": "one", "text": words["use"], "hint": words["choose_one"], "options": options, "symbol": "pen"}
    asked = {one.id: one for one in sheet.template.questions}
    if sheet.at not in asked:
        return {}
    one = asked[sheet.at]
    kept = sheet.typed if sheet.problem else sheet.answers.get(one.id, "")
    chosen = kept if isinstance(kept, list) else [kept]
    shown = pictures.of_question(one)
    said = one.answers(easy=sheet.held["easy"])
    hint = {"words": "no_names", "several": "choose_several"}.get(one.kind, "choose_one")
    return {
        "kind": one.kind, "text": one.easy if sheet.held["easy"] else one.text, "hint": words[hint],
        "symbol": one.symbol,
        "options": [(key, text, key in chosen, shown.get(key, "")) for key, text in said.items()],
        "typed": chosen[0] if chosen and one.kind == "words" else "",
    }  # fmt: skip


def _rows(sheet: Sheet, words: dict[str, str]) -> list[dict[str, Any]]:
    """Every question with what was answered, for the last look, and the pictures of easy read."""
    rows: list[dict[str, Any]] = []
    for one in sheet.template.asked(sheet.answers):
        kept = sheet.answers.get(one.id, "")
        chosen = kept if isinstance(kept, list) else [kept]
        said, shown = one.answers(easy=sheet.held["easy"]), pictures.of_question(one)
        answers = [kept] if one.kind == "words" else [said[key] for key in chosen if key in said]
        text = one.easy if sheet.held["easy"] else one.text
        drawn = [shown.get(key, "") for key in chosen if key in said]
        rows.append(_row(one.id, text, one.symbol, answers, drawn, words))
    if domain.USE in sheet.steps():
        tier = sheet.held["tier"]
        shown = pictures.of_answers(TIERS)
        answers, drawn = ([words[tier]], [shown[tier]]) if tier in TIERS else ([], [])
        rows.append(_row(domain.USE, words["use"], "pen", answers, drawn, words))
    return rows


def _row(
    id: str, text: str, symbol: str, answers: list[str], drawn: list[str], words: dict[str, str]
) -> dict[str, Any]:
    """One question of the last look: what was answered, each with its picture where it has one."""
    given = [one for one in answers if one] or [words["skipped"]]
    return {"id": id, "text": text, "symbol": symbol, "answers": list(zip_longest(given, drawn, fillvalue=""))}


DOORS: list[URLPattern] = [
    door("survey/<str:link>/", survey_answer, "survey_answer", needs=Permission.PUBLIC, to_change=Permission.PUBLIC,
         about=by_link),
]  # fmt: skip
