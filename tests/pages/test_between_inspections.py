"""The pages of the watch between inspections, and of what comes back."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from tests.apps.test_watch import Told
from tests.cases_story import Story, story
from tests.factories import client_for
from tests.improvement_story import moved, recommended

from goldthread.apps.comparison import actions, own_series
from goldthread.apps.comparison.models import PastTheme
from goldthread.apps.improvement.queries import watch as watching
from goldthread.apps.improvement.queries import watched_things as things
from goldthread.apps.journal.models import Entry
from goldthread.domain.watch import KINDS, AreaWatch, Month, Sign, Source, Standing, Thing, Watched
from goldthread.web.presenters import between_inspections as presenter

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def words(page: bytes) -> str:
    main = page.decode().split('id="main"', 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)).split())


def page(made: Story, role: str, name: str, *parts: str) -> str:
    answer = client_for(made[role]).get(reverse(name, args=[made.inspection.pk, *parts]))
    assert answer.status_code == 200
    return words(answer.content)


def test_looking_writes_nothing_and_says_what_there_is_no_evidence_of(wexcombe: Story) -> None:
    before = Entry.objects.count()
    actions.note_grade(
        inspection=wexcombe.inspection, on=date(2024, 6, 10), framework="ILACS", area="Children in care", grade="good",
        source="Report", client_key=uuid4(), by=wexcombe["lead"],
    )  # fmt: skip
    told = page(wexcombe, "lead", "improvement_watch")
    assert "Children in care Nothing that you may see Good, 10 Jun 2024" in told
    assert "Care leavers Nothing that you may see Not known" in told
    assert all(kind.title in told for kind in KINDS.values())
    area = page(wexcombe, "lead", "improvement_watch_area", "care")
    assert "Last judged 10 June 2024 under ILACS: good" in area and "There is none that you may see" in area
    assert Entry.objects.count() == before + 1


def test_a_sign_names_its_rule_and_how_often_it_comes_by_chance(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = moved(wexcombe, recommended(wexcombe, due=timezone.localdate() + timedelta(days=3)), "open")
    later = timezone.now() + timedelta(days=10)
    monkeypatch.setattr(timezone, "now", lambda: later)
    area = page(wexcombe, "director", "improvement_watch_area", "leadership")
    changed, promised = area.split("What was promised and is past its day")
    assert f"{held.mark}, {wexcombe.inspection.title} , due on {held.due:%-d %B %Y}" in promised
    assert "Nothing that you may see gives a sign for the worse" in changed, "a day that is past is no change"
    kinds = page(wexcombe, "director", "improvement_watch")
    assert "waits for its owner past its day" in kinds and "no chance enters it" in kinds
    assert "Leadership No evidence either way" in page(wexcombe, "director", "improvement_watch")


def test_there_is_no_area_of_another_name_and_nothing_for_who_may_not_read_the_plan(wexcombe: Story) -> None:
    path = reverse("improvement_watch_area", args=[wexcombe.inspection.pk, "weather"])
    assert client_for(wexcombe["lead"]).get(path).status_code == 404
    for name in ("improvement_watch", "improvement_recurrence"):
        path = reverse(name, args=[wexcombe.inspection.pk])
        assert client_for(wexcombe["uploader"]).get(path).status_code == 404


def test_a_theme_is_written_down_stands_beside_its_rate_and_is_taken_back(wexcombe: Story) -> None:
    browser, path = client_for(wexcombe["analyst"]), reverse("improvement_recurrence", args=[wexcombe.inspection.pk])
    sent = {"on": "10/06/2024", "theme": "missing", "source": "Report, page 2", "client_key": str(uuid4())}
    told = words(browser.post(path, sent, follow=True).content)
    assert "Missing, return interviews Jun 2024 –" in told and "how often it is raised again is not known" in told
    again = browser.post(path, {**sent, "client_key": str(uuid4())})
    assert again.status_code == 422 and "already" in words(again.content) and "Report, page 2" in again.content.decode()
    wrong = browser.post(path, {**sent, "on": "10/06/2124", "client_key": str(uuid4())})
    assert wrong.status_code == 422 and "cannot be in the future" in words(wrong.content)
    row = PastTheme.objects.get()
    back = browser.post(reverse("past_theme_take_back", args=[wexcombe.inspection.pk, row.pk]), follow=True)
    assert "The theme is taken back" in words(back.content) and "No theme of an earlier inspection" in words(
        back.content
    )
    assert "Write a theme of an earlier inspection down" not in page(wexcombe, "director", "improvement_recurrence")


@pytest.mark.parametrize(
    ("chance", "says"),
    [(0.0, "never by chance"), (0.0042, "once in 20 years"), (0.05, "once in 2 years"), (0.1, "1.2 times a year")],
)
def test_a_rate_in_words(chance: float, says: str) -> None:
    assert says in presenter.rate(chance)


def test_a_thing_is_no_link_for_who_may_not_open_its_page(wexcombe: Story) -> None:
    watched = Watched((), False, (Month("2026-05", frozenset({Sign.AUDIT_SHARE}), frozenset()),), 0.025)
    where = {"route": "programme", "inspection": str(wexcombe.inspection.pk)}
    thing = Thing("audits", "Audited files", Source.AUDIT, watched, where=where)
    told = {role: presenter._thing(thing, "2026-05", wexcombe[role])["address"] for role in ("lead", "director")}
    assert told == {"lead": reverse("programme", args=[wexcombe.inspection.pk]), "director": ""}


def test_what_is_past_its_day_is_remarked_beside_an_area_that_still_holds(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(wexcombe, recommended(wexcombe, due=timezone.localdate() + timedelta(days=3)), "open")
    assert "0 past their day" in page(wexcombe, "lead", "improvement_watch")
    later = timezone.now() + timedelta(days=10)
    monkeypatch.setattr(timezone, "now", lambda: later)
    told = page(wexcombe, "lead", "improvement_watch")
    assert "1 past its day" in told and "is a promise that was not kept in time, and no sign of practice" in told
    area = page(wexcombe, "lead", "improvement_watch_area", "leadership")
    assert "Something is past its day" in area and "is no sign of practice, but a promise" in area


def test_another_base_of_the_page_of_the_series_is_said_with_its_months_and_average(wexcombe: Story) -> None:
    watched = Watched(("2025-01", "2025-12"), True, (Month("2026-05", frozenset(), frozenset()),), 0.025)
    where = {"was": "80.0%", "now": "71.0%", "own": "76.5%", "own_from": "2025-01", "own_to": "2026-05"}
    thing = Thing("series", "Seen in time", Source.MEASURE, watched, where=where)
    told = presenter._thing(thing, "2026-05", wexcombe["lead"])
    assert (told["own"], told["own_months"]) == ("76.5%", "January 2025 to May 2026")
    shown = render_to_string("improvement/_own_base.html", {"one": told})
    assert "has another base, January 2025 to May 2026, and an average of 76.5%." in shown
    same = presenter._thing(replace(thing, where={"was": "80.0%", "now": "71.0%"}), "2026-05", wexcombe["lead"])
    assert render_to_string("improvement/_own_base.html", {"one": same}).strip() == ""


def judged_then_fallen(monkeypatch: pytest.MonkeyPatch, made: Story) -> None:
    """A series that fell in July 2025, held against the months up to June, in which it was judged."""
    told = Told("AS-01", [85, 87, 84, 86, 88, 85] * 3 + [60, 58, 61, 59, 60, 57], "2024-01")
    monkeypatch.setattr(things.watching, "all_watched", lambda actor, row: ([], [told]))
    monkeypatch.setattr(own_series, "newest", lambda actor, held: made.submission)
    actions.note_grade(
        inspection=made.inspection, on=date(2025, 6, 10), framework="ILACS", area="Help and protection", grade="good",
        source="Report", client_key=uuid4(), by=made["lead"],
    )  # fmt: skip


def test_an_area_as_of_a_month_shows_the_months_that_bear_its_sign_out(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_then_fallen(monkeypatch, wexcombe)
    path = reverse("improvement_watch_area", args=[wexcombe.inspection.pk, "protection"])
    browser, before = client_for(wexcombe["lead"]), Entry.objects.count()
    held = browser.get(path + "?month=2025-09").content
    told = words(held)
    assert "Watch: Help and protection, as of September 2025" in told
    assert "first sign in the figures of July 2025" in told
    assert "and is 61.0% in September 2025" in told and "worse since July 2025, beyond chance" in told
    assert "2025-12 57.0" in told and "2024-01 85.0" in told
    assert b'id="series-as-01"' in held and held.count(b"<svg") == 1
    # A month that is not over, or is none, is today.
    for month in ("2999-01", "July", "", "0001-01", "9999-12"):
        answer = browser.get(path, {"month": month})
        assert answer.status_code == 200 and "as of" not in words(answer.content)
    assert Entry.objects.count() == before


def test_before_a_sign_came_the_area_says_nothing_of_it(wexcombe: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    judged_then_fallen(monkeypatch, wexcombe)
    path = reverse("improvement_watch_area", args=[wexcombe.inspection.pk, "protection"])
    told = words(client_for(wexcombe["lead"]).get(path + "?month=2025-06").content)
    assert "Nothing that you may see gives a sign for the worse" in told and "first sign in" not in told


@pytest.mark.parametrize(
    ("held", "signs", "says"),
    [(Standing.SIGN, 1, "One sign"), (Standing.SIGN, 2, "2 signs, all from the same files"),
     (Standing.CHANGED, 2, "Changed for the worse")],
)  # fmt: skip
def test_how_many_signs_an_area_has_is_said_in_its_standing(held: Standing, signs: int, says: str) -> None:
    assert presenter.standing(held, signs) == says


def test_a_day_that_is_past_counts_as_no_sign_beside_one_that_is_told(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = moved(wexcombe, recommended(wexcombe, due=timezone.localdate() + timedelta(days=3)), "open")
    again = moved(wexcombe, recommended(wexcombe, due=timezone.localdate() + timedelta(days=3)), "open")
    moved(wexcombe, moved(wexcombe, again, "closed", "It will do."), "reopened", "It did not.")
    later = timezone.now() + timedelta(days=10)
    monkeypatch.setattr(timezone, "now", lambda: later)
    told = page(wexcombe, "lead", "improvement_watch")
    assert "Leadership One sign Something is past its day Not known" in told
    assert f"{again.mark}, {wexcombe.inspection.title} 1 1 0 0 0" in told
    assert (
        "2 things are watched: 1 with a sign for the worse, 1 past its day, 0 better, 0 without a sign, and 0" in told
    )
    assert f"It was due on {held.due:%-d %B %Y}" in page(wexcombe, "lead", "improvement_watch_area", "leadership")


def test_what_the_watch_counts_adds_up_and_each_thing_is_counted_once(wexcombe: Story) -> None:
    sign, late, well = (Month("2026-05", frozenset(given), frozenset()) for given in ({Sign.SLIPPED}, {Sign.LATE}, ()))
    held = [
        Thing(name, name, Source.PROMISE, Watched((), False, months, 0.0))
        for name, months in (("slipped", (sign,)), ("late", (late,)), ("well", (well,)), ("none", ()))
    ]
    areas = [AreaWatch(slug, slug, "2026-05", tuple(things)) for slug, things in (("a", held), ("b", held[:2]))]
    watch = watching.Watch("2026-05", tuple(watching.WatchedArea(one, None) for one in areas), ())
    assert watch.tally == watching.Tally(4, 1, 1, 0, 1, 1)
    for one in areas:
        row = presenter.area(watching.WatchedArea(one, None))
        assert sum(row[kind] for kind in ("worse", "past_day", "better", "holding", "silent")) == len(one.things)


def test_an_earlier_sign_that_passed_again_is_told_beside_the_first_of_those_that_stand(
    wexcombe: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told("AS-01", [85, 87, 84, 86, 88, 85] * 3 + [60, 86, 85, 87, 84, 86, 60, 58], "2024-01")
    monkeypatch.setattr(things.watching, "all_watched", lambda actor, row: ([], [told]))
    monkeypatch.setattr(own_series, "newest", lambda actor, held: wexcombe.submission)
    actions.note_grade(
        inspection=wexcombe.inspection, on=date(2025, 6, 10), framework="ILACS", area="Help and protection",
        grade="good", source="Report", client_key=uuid4(), by=wexcombe["lead"],
    )  # fmt: skip
    path = reverse("improvement_watch_area", args=[wexcombe.inspection.pk, "protection"])
    held = client_for(wexcombe["lead"]).get(path + "?month=2026-02").content
    assert "first sign in the figures of January 2026" in words(held)
    assert "It gave signs before that as well, in July 2025, which had passed again." in words(held)
    assert b"first sign that stands" in held
    assert presenter._passed(("2025-01", "2025-03", "2025-04")) == "January 2025, March 2025 to April 2025"
