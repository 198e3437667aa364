"""Words that a page owes its reader: names of events, what became of a refused file, codes with their meaning."""

import re
from types import SimpleNamespace

import pytest
from tests import factories as make

from goldthread.apps.journal.events import EVENTS
from goldthread.kernel.codes import CODE_LISTS
from goldthread.web.pages.submission_issues import FilterForm
from goldthread.web.presenters import words


def test_every_event_has_a_name_of_its_own_without_a_blank_to_fill() -> None:
    names = [one.title for one in EVENTS.values()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "{" in name or not name[0].isupper()]


@pytest.mark.django_db
def test_the_journals_filter_names_events_and_leaves_those_of_the_site_out() -> None:
    lead = make.site_lead()
    held = make.inspection(lead=lead)
    page = make.client_for(lead).get(f"/inspections/{held.pk}/journal/").content.decode()
    offered = re.findall(r'<option value="[a-z][^"]*" >([^<]+)<', page)
    assert "Data refused" in offered and "A failed sign-in" not in offered
    assert not [one for one in offered if "Somebody" in one or "something" in one]


def test_a_refused_file_waits_for_nobody_to_hand_it_over() -> None:
    assert words.hand_over(SimpleNamespace(status="refused", hand_over="staged")) == "Cannot be handed over"
    assert words.hand_over(SimpleNamespace(status="read", hand_over="staged")) == "Not handed over yet"
    assert words.hand_over(SimpleNamespace(status="refused", hand_over="withdrawn")) == "Withdrawn"


def test_the_filter_of_issues_says_what_a_rule_is_about() -> None:
    broken = [
        SimpleNamespace(
            rule="G06", list=1, list_title="Contacts", numbered=True, severity="error", severity_words="Error",
            says="The cell holds none of the codes of its list.",
        )
    ]  # fmt: skip
    choices = dict(FilterForm(None, broken).fields["rule"].choices)  # type: ignore[attr-defined]
    assert choices["G06"] == "G06: The cell holds none of the codes of its list."


@pytest.mark.django_db
def test_every_list_of_codes_stands_once_on_the_page_of_codes() -> None:
    page = make.Client().get("/help/codes/").content.decode()
    for name, known in CODE_LISTS.items():
        if f'id="codes-{name}"' in page:
            assert page.count(f'id="codes-{name}"') == 1
            assert all(code.code in page for code in known.codes)
    assert page.count('id="codes-') > 15 and 'id="list-11"' in page


@pytest.mark.django_db
def test_numbers_in_pages_have_separators() -> None:
    from django.template import Context, Template

    assert Template("{{ one }}").render(Context({"one": 7952})) == "7,952"
