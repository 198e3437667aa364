"""Pages of the phases: moving one, its history, the periods it falls in, and the clocks on the overview."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.pages.test_cases import at, browser, text
from tests.submissions_story import Story, story

from goldthread.apps.fieldwork import phases
from goldthread.apps.fieldwork.models import MarkedPeriod, MovedPhase

pytestmark = pytest.mark.django_db

MOVE = {"starts": "01/02/2027", "ends": "12/02/2027", "because": "The council asked for it.", "version": "0"}


@pytest.fixture
def wexcombe() -> Story:
    return story("sif-2013")


def test_a_phase_is_moved_with_a_reason_that_both_sides_read(wexcombe: Story) -> None:
    lead, officer = browser(wexcombe, "lead"), browser(wexcombe, "nominated-officer")
    address = at("phase_move", wexcombe, phase="accuracy")
    assert "Worked out:" in text(lead.get(address)) and "Take it back" not in text(lead.get(address))
    done = text(lead.post(address, {**MOVE, "follow": "on"}, follow=True))
    assert "is moved, and 3 after it" in done and "worked out:" in done
    council = text(officer.get(at("timetable", wexcombe)))
    assert "The council asked for it." in council and "What was moved, and why" in council and "Move it" not in council
    assert officer.get(address).status_code == 403
    back = lead.post(address, {**MOVE, "because": "No.", "back": "on", "version": "1"}, follow=True)
    assert "back to the days that are worked out" in text(back)
    assert lead.get(at("phase_move", wexcombe, phase="no-such-phase")).status_code == 404


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"starts": "soon"}, "must be a real date"), ({"because": ""}, "Fill in “Why it moves”"),
        ({"ends": "13/02/2027"}, "is no working day"), ({"ends": "01/01/2027"}, "must end on or after"),
    ],
)  # fmt: skip
def test_a_move_filled_in_wrongly_comes_back(wexcombe: Story, more: dict[str, str], says: str) -> None:
    answer = browser(wexcombe, "lead").post(at("phase_move", wexcombe, phase="accuracy"), {**MOVE, **more})
    assert answer.status_code == 422 and says in text(answer)
    assert not MovedPhase.objects.exists()


def test_a_stale_move_shows_both(wexcombe: Story) -> None:
    lead, address = browser(wexcombe, "lead"), at("phase_move", wexcombe, phase="accuracy")
    lead.post(address, MOVE)
    clash = lead.post(address, {**MOVE, "because": "Mine.", "ends": "15/02/2027"})
    assert clash.status_code == 409 and "Mine." in text(clash) and "The council asked for it." in text(clash)


def test_marked_periods_are_noted_at_the_phases_that_fall_in_them(wexcombe: Story) -> None:
    lead = browser(wexcombe, "lead")
    assert "None is marked yet." in text(lead.get(at("timetable", wexcombe)))
    first = next(one for one in phases.phases_of(wexcombe.inspection) if one.phase.slug == "publication").starts
    sent: dict[str, Any] = {
        "kind": "pre-election", "says": "May", "starts": f"{first:%d/%m/%Y}", "client_key": uuid4(),
        "ends": f"{first + timedelta(days=2):%d/%m/%Y}",
    }  # fmt: skip
    for lacking in ("kind", "starts", "ends"):
        assert lead.post(at("period_new", wexcombe), {**sent, lacking: ""}).status_code == 422
    crossed = lead.post(at("period_new", wexcombe), {**sent, "ends": "01/01/2020"})
    assert "must end on or after" in text(crossed)
    assert "Falls in: Pre-election period (May)" in text(lead.post(at("period_new", wexcombe), sent, follow=True))
    period = MarkedPeriod.objects.get()
    address = at("period", wexcombe, period=period.pk)
    assert "is changed" in text(lead.post(address, {**sent, "says": "Local", "version": "1"}, follow=True))
    assert lead.post(address, {**sent, "says": "Again", "version": "1"}).status_code == 409
    assert "falls in Pre-election period (Local)" in text(lead.get(at("inspection_overview", wexcombe)))
    out = at("period_out", wexcombe, period=period.pk)
    assert lead.post(out, {"version": "1"}).status_code == 409
    assert "is taken out" in text(lead.post(out, {"version": "2"}, follow=True))
    assert "was taken out" in text(lead.get(address))
    assert browser(wexcombe, "director").get(address).status_code == 403


def test_the_overview_shows_the_clocks_with_the_days_that_are_left(wexcombe: Story) -> None:
    far = timezone.localdate().year + 2
    move = {**MOVE, "starts": f"01/02/{far}", "ends": f"{_friday(far):%d/%m/%Y}", "version": "0"}
    move["starts"] = move["ends"]
    browser(wexcombe, "lead").post(at("phase_move", wexcombe, phase="publication"), move)
    page = text(browser(wexcombe, "director").get(at("inspection_overview", wexcombe)))
    assert "Clocks" in page and f"Publication : until {_friday(far):%-d %B %Y}" in page and "(moved)" in page


def _friday(year: int) -> date:
    day = date(year, 2, 1)
    return day + timedelta(days=(4 - day.weekday()) % 7)
