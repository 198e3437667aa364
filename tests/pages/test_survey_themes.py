"""Pages of themes: a coder reads text by text, looks at the shares, merges, and puts a theme on the shelf."""

from uuid import uuid4

import pytest
from tests.apps.test_survey_themes import theme, written
from tests.cases_story import Story, story
from tests.pages.test_cases import browser, text
from tests.pages.test_surveys import of
from tests.surveys_story import closed, opened

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
        at = of(wexcombe, "survey_code", survey, words=words.pk)
        assert "Sort a text into themes" in text(analyst.get(at))
        sent = {"version": words.version, "themes": [str(one.pk)] if number else [], "new": "" if number else "Late"}
        done = analyst.post(at, sent, follow=True)
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
