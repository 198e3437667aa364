"""How fields, errors, labels and lists are drawn."""

import re
from datetime import date
from uuid import UUID

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from tests import factories as make

from goldthread.domain import lifecycle
from goldthread.web.forms import DateField, GovukForm, KeyForm


class Sample(KeyForm, GovukForm):
    text = forms.CharField(label="What you saw", help_text="In a sentence", max_length=20)
    notes = forms.CharField(label="Notes", widget=forms.Textarea, max_length=50, required=False)
    day = DateField(label="Day")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "This"), ("b", "That")], widget=forms.RadioSelect)
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput, required=False)


def draw(source: str, request: HttpRequest | None = None, **names: object) -> str:
    return Template(source).render(Context({"request": request or RequestFactory().get("/"), **names}))


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    drawn = draw("{% field form.text %}", form=Sample({"day": "1/1/2026"}))
    control = re.search(r"<input[^>]*>", drawn)
    assert control
    described = re.search(r'aria-describedby="([^"]+)"', control[0])
    assert described
    for part in described[1].split():
        assert f'id="{part}"' in drawn
    assert 'aria-invalid="true"' in control[0]
    assert '<label class="govuk-label govuk-label--s" for="id_text">' in drawn
    assert "Fill in “What you saw”" in drawn


def test_every_error_in_the_summary_leads_to_a_control_that_is_there() -> None:
    form = Sample({})
    drawn = draw("{% error_summary form %}{% for one in form %}{% field one %}{% endfor %}", form=form)
    targets = re.findall(r'href="#([^"]+)"', drawn)
    assert len(targets) == 3
    for target in targets:
        assert re.search(rf'<(?:input|textarea|select)[^>]*id="{target}"', drawn), target


def test_a_form_not_yet_sent_has_no_summary() -> None:
    assert draw("{% error_summary form %}", form=Sample()).strip() == ""
    assert draw("{% error_summary nothing %}").strip() == ""


def test_an_error_of_the_whole_form_is_in_the_summary_without_a_link() -> None:
    form = Sample({})
    form.add_error(None, "These two do not go together")
    assert "<li>These two do not go together</li>" in draw("{% error_summary form %}", form=form)


def test_what_was_typed_is_escaped_and_kept() -> None:
    drawn = draw("{% field form.text %}", form=Sample({"text": '"><b>bold</b>'}))
    assert "<b>" not in drawn and "&lt;b&gt;bold" in drawn


def test_a_group_of_choices_has_a_legend_and_marks_the_chosen_one() -> None:
    drawn = draw("{% field form.kind %}", form=Sample({"kind": "b"}))
    assert "<legend" in drawn and drawn.count('type="radio"') == 2
    assert re.search(r'value="b"[^>]* checked', drawn) and not re.search(r'value="a"[^>]* checked', drawn)


def test_a_long_text_is_counted_and_never_cut_by_the_browser() -> None:
    drawn = draw("{% field form.notes %}", form=Sample())
    assert 'data-maxlength="50"' in drawn and " maxlength=" not in drawn
    assert "You can enter up to 50 characters" in drawn


def test_a_password_can_be_shown_and_is_never_given_back() -> None:
    drawn = draw("{% field form.secret %}", form=Sample({"secret": "hush-hush"}))
    assert "govuk-password-input" in drawn and "hush-hush" not in drawn


@pytest.mark.parametrize(
    "typed", ["23/11/2026", "23 11 2026", "23-11-2026", "23.11.26".replace(".", "/"), "23 November 2026", "23 nov 2026",
              "2026-11-23", " 23/11/2026 "],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert DateField(label="Day").clean(typed) == date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["31/02/2026", "11/23/2026", "tomorrow", "2026", "1e5", "23/11/20266", "٢٣/x/2026"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="must be a real date, like 23/11/2026"):
        DateField(label="Day").clean(typed)


def test_a_day_is_shown_as_people_write_it() -> None:
    assert 'value="09/11/2026"' in draw("{% field form.day %}", form=Sample(initial={"day": date(2026, 11, 9)}))


def test_a_key_is_read_and_made_where_none_or_nonsense_came() -> None:
    key = "6f9619ff-8b86-4d01-b42d-00c04fc964ff"
    sent = {"text": "x", "day": "1/1/2026", "kind": "a"}
    for client_key, version, wanted in ((key, "7", 7), ("", "", 0), ("nonsense", "-1", 0), ("", "9" * 50, 0)):
        form = Sample({**sent, "client_key": client_key, "version": version})
        assert form.is_valid(), form.errors
        assert isinstance(form.cleaned_data["client_key"], UUID)
        assert form.cleaned_data["version"] == wanted
        assert client_key != key or str(form.cleaned_data["client_key"]) == key


def test_a_sent_key_is_given_back_so_that_a_second_try_is_the_same_act() -> None:
    request = RequestFactory().post("/", {"client_key": "abc"})
    assert 'value="abc"' in draw("{% client_key %}", request)
    assert draw("{% client_key %}") != draw("{% client_key %}")


@pytest.mark.parametrize("kind", [lifecycle.Inspection, lifecycle.Case, lifecycle.Report, lifecycle.HandOver])
def test_every_status_has_words(kind: type) -> None:
    for status in kind:  # type: ignore[attr-defined]
        drawn = draw("{% status_tag status %}", status=status)
        assert re.search(r">[A-Z][a-z ]+</strong>", drawn), status


def test_a_pager_keeps_the_search_and_marks_where_one_is() -> None:
    page = Paginator(range(95), 10).get_page(3)
    drawn = draw("{% pager page %}", RequestFactory().get("/?q=a%26b&page=3"), page=page)
    assert "?q=a%26b&amp;page=4" in drawn and "page=3&" not in drawn
    assert drawn.count('aria-current="page"') == 1
    assert "95 in all" in drawn and "<nav" not in draw("{% pager page %}", page=Paginator([1], 10).get_page(1))


@pytest.mark.django_db
def test_the_gallery_shows_every_component_without_error() -> None:
    shown = make.client_for(make.person()).get("/components/")
    assert shown.status_code == 200
    page = shown.content.decode()
    for part in ("govuk-error-summary", "govuk-radios", "app-clash__pair", "govuk-pagination", "Challenge window"):
        assert part in page, part
