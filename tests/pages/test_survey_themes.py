"""Pages of themes: a coder reads text by text, looks at the shares, merges, and puts a theme on the shelf."""

from uuid import uuid4

import pytest
from tests.apps.test_survey_themes import sort, theme, written
from tests.cases_story import Story, story
from tests.improvement_story import moved
from tests.pages.test_cases import at, browser, text
from tests.pages.test_surveys import of
from tests.surveys_story import closed, opened

from goldthread.apps.improvement.models import Recommendation
from goldthread.apps.surveys.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def test_the_analyst_sorts_text_by_text_and_a_theme_is_cited(wexcombe: Story) -> None:
    survey, analyst = opened(wexcombe), browser(wexcombe, "analyst")
    all_of_them = of(wexcombe, "survey_themes", survey)
    assert "Nothing that was written has been released" in text(analyst.get(all_of_them))
    texts = written(wexcombe, survey, 11)
    assert "0 of 11 released texts" in text(analyst.get(all_of_them))
    made = {"name": "Rings back", "means": "A worker rings when they said", "client_key": uuid4()}
    for _ in range(2):
        assert "T1 is in the code book" in text(analyst.post(all_of_them, made, follow=True))
    assert Theme.objects.count() == 1
    same = analyst.post(all_of_them, {"name": "RINGS BACK", "client_key": uuid4()})
    assert same.status_code == 422 and "called so already" in text(same)
    one = Theme.objects.get()
    for number, words in enumerate(texts):
        words.refresh_from_db()
        place = of(wexcombe, "survey_code", survey, words=words.pk)
        assert "Sort a text into themes" in text(analyst.get(place))
        sent = {"version": words.version, "themes": [str(one.pk)] if number else [], "new": "" if number else "Late"}
        done = analyst.post(place, sent, follow=True)
        assert "The text is sorted" in text(done)
    assert "11 of 11 released texts" in text(done) and "91%" in text(done) and "by chance" not in text(done)
    page = of(wexcombe, "survey_theme", survey, theme=one.pk)
    assert "Once the survey is closed" in text(analyst.get(page)) and "Text number" in text(analyst.get(page))
    closed(wexcombe, survey)
    put = {"do": "shelve", "areas": ["help-and-protection"], "client_key": uuid4()}
    assert "stands on the evidence shelf" in text(analyst.post(page, put, follow=True))
    late = Theme.objects.get(name="Late")
    of_late = of(wexcombe, "survey_theme", survey, theme=late.pk)
    assert "count for the other" in text(
        analyst.post(of_late, {"do": "merge", "into": str(one.pk), "version": 1}, follow=True)
    )
    assert "Superseded" in text(analyst.get(page)), "a text more belongs to it"
    assert "It was merged into" in text(analyst.get(of_late))
    assert "by itself again" in text(analyst.post(of_late, {"do": "part", "version": 2}, follow=True))
    assert analyst.post(of_late, {"do": "merge", "into": "nothing", "version": 3}).status_code == 422
    gone = analyst.post(of_late, {"do": "rename", "name": "Too late", "means": "", "version": 1})
    assert gone.status_code == 409 and "Too late" in text(gone)


def test_the_team_looks_at_themes_and_only_those_who_run_surveys_sort(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    words, one = written(wexcombe, survey, 1)[0], theme(wexcombe, survey, "Rings back")
    places = [of(wexcombe, "survey_themes", survey), of(wexcombe, "survey_theme", survey, theme=one.pk)]
    for role, sees in (("inspector", 200), ("quality-assurance", 200), ("nominated-officer", 403)):
        who = browser(wexcombe, role)
        for place in places:
            seen = who.get(place)
            assert seen.status_code in (sees, 404 if sees == 403 else sees), role
            assert "Rename" not in text(seen) and "Add it to the code book" not in text(seen)
            assert who.post(place, {"name": "X", "do": "rename"}).status_code in (403, 404), role
        assert who.get(of(wexcombe, "survey_code", survey, words=words.pk)).status_code in (403, 404), role


def test_what_is_done_about_a_theme_stands_beside_it_and_what_it_is_called_stays_with_the_team(wexcombe: Story) -> None:
    survey, lead = opened(wexcombe), browser(wexcombe, "lead")
    one, few = theme(wexcombe, survey, "Rings back"), opened(wexcombe, "carers")
    for words in written(wexcombe, survey, 11):
        sort(wexcombe, words, one)
    new, page = at("recommendation_new", wexcombe), of(wexcombe, "survey_theme", survey, theme=one.pk)
    assert "theme of a survey" not in text(lead.get(new)), "an open survey has no share to show"
    closed(wexcombe, survey)
    small = theme(wexcombe, few, "Time off")
    closed(wexcombe, few)
    assert "No recommendation answers it" in text(lead.get(page))
    assert f"{new}?theme={one.pk}" in lead.get(page).content.decode()
    form = {
        "says": "Ring families back the same day.", "owner": str(wexcombe.person("improvement-lead").pk),
        "due": "01/03/2030", "client_key": str(uuid4()),
    }  # fmt: skip
    assert lead.post(new, {**form, "theme": str(small.pk)}).status_code == 422
    assert "is made" in text(lead.post(new, {**form, "theme": str(one.pk)}, follow=True))
    held = Recommendation.objects.get()
    assert held.theme == one
    shown = at("recommendation", wexcombe, recommendation=held.pk)
    assert "Theme T1 of survey S1: Rings back" in text(lead.get(shown))
    told = text(lead.get(page))
    assert "Recommendation 1 : Ring families back" in told.replace("1:", "1 :") and "no goal yet" in told
    moved(wexcombe, held, "open")
    theirs = text(browser(wexcombe, "director").get(shown))
    assert "Ring families back" in theirs and "Rings back" not in theirs and "survey S1" not in theirs
