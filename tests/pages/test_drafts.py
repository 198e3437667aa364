"""Pages on which a council writes its own instruments: begun, changed without TOML, published, drawn for, answered."""

import re
from uuid import uuid4

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import factories
from tests.drafts_story import CHECK, at_form, begun, filled, held, of, quality, words
from tests.factories import client_for

from goldthread.apps.drafting.models import Draft
from goldthread.domain import instruments
from goldthread.domain.instruments.writing import as_toml

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Client:
    return client_for(quality())


# Beginning


def test_only_those_who_may_write_find_the_drafts(writer: Client) -> None:
    draft = begun(writer)
    listed = words(writer.get("/drafts/"))
    assert "Our check" in listed
    assert "Our check" not in words(writer.get("/drafts/?q=nothing"))
    stranger = client_for(factories.member(factories.inspection(), "inspector"))
    for path in ("/drafts/", "/drafts/new/", of(draft), of(draft, "text"), of(draft, "questions", "plan-now")):
        assert stranger.get(path).status_code in (403, 404)
    assert "Own instruments and frameworks" not in words(stranger.get("/instruments/"))
    assert "Own instruments and frameworks" in words(writer.get("/instruments/"))


def test_a_copy_is_offered_from_the_page_of_what_is_copied(writer: Client) -> None:
    page = writer.get(f"/instruments/{CHECK}/")
    link = next(one for one in lxml.html.fromstring(page.content).xpath("//a/@href") if "copy_of" in one)
    form = filled(writer.get(link))
    assert (form["how"], form["copy_of"]) == (["copy"], [f"instrument:{CHECK}"])


@pytest.mark.parametrize(
    ("fill", "says"),
    [
        ({"how": "copy", "copy_of": ""}, "Choose what to copy"),
        ({"kind": "framework"}, "That is no framework"),
        ({"title": ""}, "Say what it is called"),
        ({"how": "text"}, "Choose a file, or paste its text"),
        ({"how": "text", "text": 'slug = "a-1"\ntitle = "Mine\n'}, "Line 2: this is not TOML"),
        ({"series": "two-minute-check"}, "comes with Goldthread"),
    ],
)
def test_a_refusal_stands_at_its_field_and_what_was_typed_is_kept(
    writer: Client, fill: dict[str, str], says: str
) -> None:  # fmt: skip
    sent = {"kind": "instrument", "how": "copy", "copy_of": f"instrument:{CHECK}", "title": "Kept?", **fill}
    answer = at_form(writer, "/drafts/new/", **sent)
    assert answer.status_code == 422
    assert says in words(answer)
    again = filled(answer)
    assert again.get("title", [""]) == [sent["title"]]
    assert again["text"][0].strip() == fill.get("text", "").strip()
    assert not Draft.objects.exists()


def test_a_file_with_a_broken_line_is_refused_with_it_and_shown_to_be_mended(writer: Client) -> None:
    text = as_toml(instruments.load(CHECK)).replace(CHECK, "ours-1").replace('scale = "colours"', 'scale = "hues"', 1)
    line = text[: text.index('scale = "hues"')].count("\n") + 1
    sent = {"kind": "instrument", "how": "text", "title": "", "client_key": str(uuid4())}
    answer = writer.post("/drafts/new/", {**sent, "file": SimpleUploadedFile("ours.toml", text.encode())})
    assert answer.status_code == 422
    assert f"line {line}:" in words(answer) and "“hues” is not a known scale" in words(answer)
    mended = filled(answer)["text"][0].replace("hues", "colours")
    assert writer.post("/drafts/new/", {**sent, "text": mended}).status_code == 302
    assert Draft.objects.get().slug == "ours-1"


@pytest.mark.parametrize(
    ("data", "says"), [(b"\xff\xfe\x00", "not text in UTF-8"), (b"#" * 250_001, "at most 250,000")]
)
def test_a_file_that_is_no_text_is_refused(writer: Client, data: bytes, says: str) -> None:
    sent = {"kind": "instrument", "how": "text", "title": "X", "file": SimpleUploadedFile("x.toml", data)}
    answer = writer.post("/drafts/new/", sent)
    assert answer.status_code == 422
    assert says in words(answer)


# Writing without TOML


def test_a_question_is_added_changed_moved_and_taken_out(writer: Client) -> None:
    draft = begun(writer)
    path = of(draft, "questions", "new")
    answer = at_form(
        writer, f"{path}?section=look", text="Was an interpreter there?", help="Where one is needed.", kind="practice",
        scale="yes-no", reason="every", theme="voice", facts=["age"], children=["in-care"], evidence="may",
    )  # fmt: skip
    assert (answer.status_code, answer.url) == (302, f"{of(draft)}#q-was-an-interpreter-there")
    made = held(draft).question("was-an-interpreter-there")
    assert (made.scale, made.reason_for, made.facts, made.children, made.evidence, made.section) == (
        "yes-no", ("yes", "no"), ("age",), ("in-care",), "may", "look",
    )  # fmt: skip
    one = of(draft, "questions", made.id)
    assert at_form(writer, one, text="Was an interpreter offered?").status_code == 302
    assert held(draft).question(made.id).text == "Was an interpreter offered?"
    page = writer.get(of(draft))
    version = str(Draft.objects.get().version)
    move = {"part": "question", "id": made.id, "way": "up", "version": version}
    assert f'value="{made.id}"' in page.content.decode()
    assert writer.post(of(draft, "move"), move).status_code == 302
    assert [q.id for q in held(draft).questions][3:5] == [made.id, "manager-looked"]
    assert at_form(writer, of(draft, "questions", made.id, "remove")).status_code == 302
    assert [q.id for q in held(draft).questions] == [q.id for q in instruments.load(CHECK).questions]
    assert writer.get(one).status_code == 404


def test_sending_a_new_question_twice_adds_it_once(writer: Client) -> None:
    draft = begun(writer)
    path = of(draft, "questions", "new") + "?section=look"
    sent = filled(writer.get(path), text="Once?", help="Once.", kind="record", reason="usual")
    assert writer.post(path, sent).status_code == 302
    writer.post(path, sent)
    assert [q.text for q in held(draft).questions].count("Once?") == 1


@pytest.mark.parametrize(
    ("fill", "says"),
    [
        ({"text": ""}, "Fill in “The question”"),
        ({"kind": "nothing"}, "Choose one of the answers offered"),
        ({"optional": "on"}, "Only a question that is answered in words may be left empty"),
        ({"scale": "words", "reason": "every"}, "is its own reason"),
    ],
)
def test_what_does_not_go_together_is_said_at_its_field(writer: Client, fill: dict[str, str], says: str) -> None:
    draft = begun(writer)
    answer = at_form(writer, of(draft, "questions", "plan-now"), help="Typed and kept", **fill)
    assert answer.status_code == 422
    assert says in words(answer)
    assert filled(answer)["help"][0].strip() == "Typed and kept"
    assert held(draft).questions == instruments.load(CHECK).questions


def test_sections_are_added_changed_moved_and_taken_out_when_empty(writer: Client) -> None:
    draft = begun(writer)
    assert at_form(writer, of(draft, "sections", "new"), title="Home visits").status_code == 302
    assert [one.slug for one in held(draft).sections] == ["look", "home-visits", "closing"]
    assert "has no question" in words(writer.get(of(draft)))
    assert at_form(writer, of(draft, "sections", "home-visits"), title="Visits at home").status_code == 302
    move = {"part": "section", "id": "home-visits", "way": "up", "version": str(Draft.objects.get().version)}
    assert writer.post(of(draft, "move"), move).status_code == 302
    assert held(draft).sections[0].title == "Visits at home"
    full = writer.get(of(draft, "sections", "look", "remove"))
    assert "It has 4 questions" in words(full)
    stubborn = writer.post(of(draft, "sections", "look", "remove"), {"version": str(Draft.objects.get().version)})
    assert stubborn.status_code == 403
    assert at_form(writer, of(draft, "sections", "home-visits", "remove")).status_code == 302
    assert [one.slug for one in held(draft).sections] == ["look", "closing"]


def test_a_question_is_asked_only_after_certain_answers(writer: Client) -> None:
    draft = begun(writer)
    path = of(draft, "questions", "plan-now", "when")
    assert "Always, as it stands" in words(writer.get(path))
    assert at_form(writer, f"{path}?question=know-child", answers=["red", "amber"]).status_code == 302
    assert "Only if “Do you know within a minute" in words(writer.get(of(draft)))
    assert held(draft).question("plan-now").ask_if[0].answers == ("red", "amber")
    nothing = writer.post(path, {"question": "know-child", "version": str(Draft.objects.get().version)})
    assert nothing.status_code == 422
    late = writer.post(path, {"question": "read-whole", "answers": ["yes"], "version": "2"})
    assert late.status_code == 422 and "asked above this one" in words(late)
    empty = writer.post(path)
    assert empty.status_code == 422 and "asked above this one" in words(empty)
    taken = writer.post(path, {"take_out": "know-child", "version": str(Draft.objects.get().version)})
    assert taken.status_code == 302
    assert held(draft).question("plan-now").ask_if == ()
    section = of(draft, "sections", "closing", "when")
    assert at_form(writer, f"{section}?question=know-child", answers=["red"]).status_code == 302
    assert "closes every review, so it is always asked" in words(writer.get(of(draft)))


def test_a_loop_is_listed_in_plain_words_with_the_way_to_it(writer: Client) -> None:
    draft = begun(writer)
    at_form(writer, of(draft, "questions", "plan-now", "when") + "?question=know-child", answers=["red"])
    at_form(writer, of(draft, "questions", "manager-looked", "when") + "?question=plan-now", answers=["red"])
    text = writer.get(of(draft, "text"))
    broken = filled(text)["text"][0].replace(
        'id = "know-child"', 'id = "know-child"\nask_if = [{ question = "manager-looked", is = ["red"] }]'
    )
    assert writer.post(of(draft, "text"), filled(text, text=broken)).status_code == 302
    page = writer.get(of(draft))
    told = lxml.html.fromstring(page.content).xpath("//div[@aria-labelledby='problems']//a")
    assert [("circle" in one.text_content(), "#q-" in one.get("href")) for one in told] == [(True, True)]
    mark = told[0].get("href").partition("#")[2]
    assert lxml.html.fromstring(page.content).get_element_by_id(mark) is not None
    refused = writer.get(of(draft, "publish"))
    assert "Before it can be published" in words(refused) and "Publish it" not in words(refused)
    assert "1 problem" in words(writer.get(of(draft, "preview")))


def test_taking_out_what_others_hang_on_says_so_first(writer: Client) -> None:
    draft = begun(writer)
    at_form(writer, of(draft, "questions", "plan-now", "when") + "?question=know-child", answers=["red"])
    asked = words(writer.get(of(draft, "questions", "know-child", "remove")))
    assert "asked only after certain answers to it" in asked and "Is there a plan in force" in asked
    assert at_form(writer, of(draft, "questions", "know-child", "remove")).status_code == 302
    assert "not there any more" in words(writer.get(of(draft)))
    assert writer.get(of(draft, "preview")).status_code == 200


def test_title_purpose_and_closing_words_are_changed(writer: Client) -> None:
    draft = begun(writer)
    assert at_form(writer, of(draft, "about"), title="Duty check", children=["in-need"]).status_code == 302
    assert at_form(writer, of(draft, "closing"), record_text="How good is the writing?").status_code == 302
    after = held(draft)
    assert (after.title, after.children, after.overall[1].text) == (
        "Duty check", ("in-need",), "How good is the writing?",
    )  # fmt: skip


def test_the_preview_shows_every_question_as_a_reviewer_sees_it(writer: Client) -> None:
    draft = begun(writer, copy_of="instrument:case-review-full-1", title="Our review")
    page = words(writer.get(of(draft, "preview")))
    for question in held(draft).all_questions:
        assert re.sub(r"\s+", " ", question.text) in page
    assert "nothing is kept" in page


# Two editors, and text


def test_two_editors_of_a_question_see_both_texts(writer: Client) -> None:
    draft = begun(writer)
    path = of(draft, "questions", "plan-now")
    ana, ben = filled(writer.get(path), text="Ana's words?"), filled(writer.get(path), text="Ben's words?")
    assert writer.post(path, ana).status_code == 302
    clash = writer.post(path, ben)
    assert clash.status_code == 409
    assert "Ana's words?" in words(clash) and "Ben's words?" in words(clash)
    assert held(draft).question("plan-now").text == "Ana's words?"
    mine = filled(clash, path)
    assert writer.post(path, mine).status_code == 302
    assert held(draft).question("plan-now").text == "Ben's words?"


def test_a_question_taken_out_meanwhile_clashes_and_its_words_are_kept(writer: Client) -> None:
    draft = begun(writer)
    path = of(draft, "questions", "plan-now")
    typed = filled(writer.get(path), text="Long typed?")
    at_form(writer, of(draft, "questions", "plan-now", "remove"))
    clash = writer.post(path, typed)
    assert clash.status_code == 409 and "Long typed?" in words(clash)
    assert writer.post(path, filled(clash, path)).status_code == 302
    assert "Long typed?" in [q.text for q in held(draft).questions]


def test_a_broken_text_is_refused_with_its_line_and_kept(writer: Client) -> None:
    draft = begun(writer)
    typed = "# A remark.\n" + draft.text.replace('title = "Our check"', 'title = "Our check')
    answer = at_form(writer, of(draft, "text"), text=typed)
    assert answer.status_code == 422
    assert re.search(r"line \d+: this is not TOML", words(answer))
    assert filled(answer)["text"][0].strip() == typed.strip()
    fine = filled(answer, text="# A remark.\n" + draft.text)
    assert writer.post(of(draft, "text"), fine).status_code == 302
    assert writer.get(of(draft, "file")).content.startswith(b"# A remark.\n")
