"""What an elected member reads: the board pack, the plan of action and what is published; no case and no list."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import docx
import pytest
from django.urls import reverse
from tests.cases_story import Story, story
from tests.factories import client_for
from tests.improvement_story import beside, measured, moved, recommended, with_goal
from tests.pages.test_cases import at, browser, text

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.roles import ROLES, Reach
from goldthread.apps.improvement.queries import packs
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db

OPEN = ("board_pack", "action_plan")


@pytest.fixture
def wexcombe() -> Story:
    made = story()
    measured(made, 20, 40)
    with_goal(made, target=80)
    recommended(made, says="Nobody was given this yet.")
    return made


def test_the_plan_and_nothing_else_is_theirs(wexcombe: Story) -> None:
    assert dict(ROLES["member"].may) == {Permission.PLAN_READ: Reach.RELEASED}
    for name in OPEN:
        page = text(browser(wexcombe, "member").get(at(name, wexcombe)))
        assert "See every child in time." in page and "20 of 40" in page and "Nobody was given" not in page
    for name in ("improvement", "improvement_watch", "inspection_overview", "submissions", "findings", "cases"):
        assert browser(wexcombe, "member").get(at(name, wexcombe)).status_code == 404, name


def test_whoever_reads_recommendations_reads_the_plan_made_of_them() -> None:
    for role in ROLES.values():
        held = role.may.get(Permission.IMPROVEMENT_READ)
        assert held is None or role.may.get(Permission.PLAN_READ) is held, role.slug


def links(page: str) -> Iterator[str]:
    yield from (one for one in re.findall(r'href="(/[^"#?]*)', page) if not one.startswith("/static/"))


def test_no_link_of_their_pages_leads_to_where_they_are_refused(wexcombe: Story) -> None:
    theirs = browser(wexcombe, "member")
    home = theirs.get(reverse("home")).content.decode()
    assert all(at(name, wexcombe) in home for name in OPEN), "both are offered where they begin"
    for path in (reverse("home"), *(at(name, wexcombe) for name in OPEN)):
        for link in set(links(theirs.get(path).content.decode())):
            assert theirs.get(link).status_code in (200, 302), (path, link)


def test_two_inspections_of_one_authority_are_told_apart_at_home_by_kind_and_days(wexcombe: Story) -> None:
    other = beside(wexcombe, "Not theirs to read", "lead", "member")
    held = Inspection.objects.get(pk=other.inspection.pk)
    Inspection.objects.filter(pk=held.pk).update(
        fieldwork_from=held.fieldwork_from - timedelta(days=700), fieldwork_to=held.fieldwork_to - timedelta(days=700)
    )
    home = text(browser(wexcombe, "member").get(reverse("home")))
    for one in Inspection.objects.filter(authority=held.authority):
        kind = one.get_kind_display().lower()
        called = f"{one.authority}: {kind}, {one.fieldwork_from:%-d %B %Y} to {one.fieldwork_to:%-d %B %Y}"
        assert f"Board pack of the month , {called}" in home or f"Board pack of the month, {called}" in home
    assert "Not theirs to read" not in home


def test_they_take_the_pack_out_and_the_journal_keeps_it_on_their_side(wexcombe: Story) -> None:
    answer = browser(wexcombe, "member").post(at("board_pack_file", wexcombe), {"month": ""})
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    entry = Entry.objects.filter(event="export.made").latest("pk")
    assert (entry.side, entry.by_id) == ("authority", str(wexcombe.person("member").pk))
    assert browser(wexcombe, "member").post(at("action_plan_file", wexcombe), {"format": "docx"}).status_code == 200


def test_what_was_asked_elsewhere_is_theirs_only_where_they_take_part(wexcombe: Story) -> None:
    other = beside(wexcombe, "Between the two", "lead", "director")
    moved(other, recommended(other, says="Asked in between."), "open")
    month = packs.months(wexcombe["member"], wexcombe.inspection)[0]
    assert packs.pack(wexcombe["member"], wexcombe.inspection, month).others == ()
    assert [one.title for one in packs.pack(wexcombe["director"], wexcombe.inspection, month).others] == [
        "Between the two"
    ]
    assert client_for(wexcombe["member"]).get(at("board_pack", other)).status_code == 404


def test_they_do_not_read_what_the_team_calls_the_inspection(wexcombe: Story) -> None:
    Inspection.objects.filter(pk=wexcombe.inspection.pk).update(title="Operation Name")
    theirs, director = browser(wexcombe, "member"), browser(wexcombe, "director")
    for path in (reverse("home"), *(at(name, wexcombe) for name in OPEN)):
        assert "Operation Name" not in theirs.get(path).content.decode()
        assert "Operation Name" in director.get(path).content.decode()
    assert f"Inspection, {wexcombe.inspection.authority}. As everything stands" in text(
        theirs.get(at("board_pack", wexcombe))
    )
    for reader, named in ((theirs, False), (director, True)):
        file = reader.post(at("action_plan_file", wexcombe), {"format": "docx"}).content
        said = "\n".join(one.text for one in docx.Document(io.BytesIO(file)).paragraphs)
        assert ("Operation Name" in said) is named
