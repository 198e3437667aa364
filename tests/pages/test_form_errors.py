"""Every error of every form names what it is about and how to mend it; Django's own words name no field."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cases_story
from tests import factories as make

from goldthread.web import urls
from goldthread.web.forms import GovukForm

assert urls.urlpatterns  # every page is imported, and with it every form


def _kinds(of: type[GovukForm] = GovukForm) -> Iterator[type[GovukForm]]:
    for one in of.__subclasses__():
        if one.__module__.startswith("goldthread."):
            yield one
        yield from _kinds(one)


FIELDS = [
    pytest.param(kind, name, id=f"{kind.__name__}.{name}")
    for kind in dict.fromkeys(_kinds())
    for name, field in kind.base_fields.items()
    if not isinstance(field.widget, forms.HiddenInput)
]


def _form(field: forms.Field, value: Any = None, file: Any = None) -> forms.Form:
    shape = type("Form", (GovukForm,), {"asked": field})
    return shape({} if value is None else {"asked": value}, {} if file is None else {"asked": file})


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_no_error_of_a_field_is_left_in_djangos_words(kind: type[GovukForm], name: str) -> None:
    declared = kind.base_fields[name]
    label = declared.label or name.replace("_", " ").capitalize()
    shape = type("Form", (GovukForm,), {name: declared})
    field = shape().fields[name]
    stock = {
        str(says)
        for cls in type(field).__mro__
        if cls.__module__.startswith("django.")
        for says in cls.__dict__.get("default_error_messages", {}).values()
    }
    for code, says in field.error_messages.items():
        assert str(says) not in stock, (label, code)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        (forms.IntegerField(label="How many files", min_value=1, max_value=5000), "many",
         "“How many files” must be a whole number from 1 to 5,000"),
        (forms.IntegerField(label="How many files", min_value=1, max_value=5000), "0",
         "“How many files” must be a whole number from 1 to 5,000"),
        (forms.IntegerField(label="Share in %", min_value=0), "-1", "“Share in %” must be a whole number, 0 or more"),
        (forms.IntegerField(label="Age", max_value=25), "26", "“Age” must be a whole number, 25 or less"),
        (forms.CharField(label="Why", max_length=5), "because",
         "“Why” must have 5 characters or fewer; it has 7. Shorten it"),
        (forms.CharField(label="Why"), "be\0cause", "“Why” holds a character that cannot be kept. Type it again"),
        (forms.EmailField(label="Address"), "nobody",
         "“Address” must be an e-mail address in full, like name@example.org"),
        (forms.ChoiceField(label="Which?", choices=[("a", "A")]), "b",
         "Choose one of the answers offered for “Which?”"),
    ],
)  # fmt: skip
def test_an_error_names_its_field_and_its_mending(field: forms.Field, value: str, says: str) -> None:
    assert _form(field, value).errors["asked"] == [says]


def test_an_empty_file_is_named() -> None:
    field = forms.FileField(label="The lists")
    answer = _form(field, file=SimpleUploadedFile("lists.xlsx", b"")).errors["asked"]
    assert answer == ["“The lists”: the file is empty. Choose one with something in it"]


def test_words_of_a_fields_own_stay() -> None:
    field = forms.CharField(label="Why", error_messages={"required": "Say why"})
    assert _form(field, "").errors["asked"] == ["Say why"]


@pytest.mark.django_db
def test_the_plan_of_a_draw_names_what_is_wrong_with_its_size() -> None:
    held = cases_story.story()
    cases_story.submission(held)
    answer = make.client_for(held["lead"]).post(f"/inspections/{held.inspection.pk}/sample/new/", {"size": "sixty"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“How many files” must be a whole number from 1 to 5,000" in page
    assert "Enter a whole number" not in page and "This field is required" not in page
