"""The same survey asked twice: what changed, worked out of nothing but what both pages show; and results as files."""

import csv
import io
import random
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from tests.apps.test_survey_themes import sort, theme, written
from tests.cases_story import Story, story
from tests.pages.test_cases import at, browser, text
from tests.surveys_story import closed, opened, say

from goldthread.apps.inspections.models import Inspection, Membership
from goldthread.apps.journal.models import Entry
from goldthread.apps.surveys import queries
from goldthread.apps.surveys.models import Survey
from goldthread.domain.disclosure import change_shown
from goldthread.kernel.charts.base import DOT, SIGNAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def wexcombe() -> Story:
    return story()


def asked(made: Story, yes: int, no: int, *, template: str = "staff", shut: bool = True) -> Survey:
    survey = opened(made, template)
    for answer, many in (("yes", yes), ("no", no)):
        for _ in range(many):
            say(survey, speak_up=answer)
    return closed(made, survey) if shut else survey


def of(made: Story, name: str, survey: Survey) -> str:
    return at(name, made, survey=survey.pk)


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_change_is_told_with_its_interval_and_is_a_function_of_what_both_pages_show(wexcombe: Story) -> None:
    first, second = asked(wexcombe, 12, 28), asked(wexcombe, 30, 10)
    held = queries.changes(first, second)
    yes, partly, no = next(one for one in held if one.question.id == "speak-up").answers
    assert (yes.before.shown, yes.now.shown) == ("30%", "75%") and yes.change is not None and yes.change.clear
    assert (yes.change.points, yes.change.low, yes.change.high) == (45, 23, 61), "Newcombe 1998, by hand below"
    assert no.change is not None and (no.change.points, no.change.low, no.change.high) == (-45, -61, -23)
    assert partly.change is not None and not partly.change.clear and partly.change.points == 0
    # With the true counts of the first in another order of answers, but the same shares: nothing else may enter.
    assert yes.change == change_shown("30%", 40, "75%", 40)
    assert queries.looked_at(held) == 3, "what nobody answered in either is not looked at"


def test_the_interval_is_that_of_a_second_naive_computation() -> None:
    dice = random.Random(5)
    for _ in range(200):
        n, m, p, q = dice.randint(10, 400), dice.randint(10, 400), dice.randint(0, 100), dice.randint(0, 100)
        told = change_shown(f"{p}%", n, f"{q}%", m)
        assert told is not None

        def score(share: float, size: int) -> tuple[float, float]:
            # The two roots of (share - x)² = z² x (1 - x) / size.
            z = 1.959963984540054**2 / size
            a, b, c = 1 + z, -(2 * share + z), share * share
            root = max(b * b - 4 * a * c, 0.0) ** 0.5
            return (-b - root) / (2 * a), (-b + root) / (2 * a)

        (l1, u1), (l2, u2) = score(p / 100, n), score(q / 100, m)
        gap = (q - p) / 100
        low = gap - ((q / 100 - l2) ** 2 + (u1 - p / 100) ** 2) ** 0.5
        high = gap + ((u2 - q / 100) ** 2 + (p / 100 - l1) ** 2) ** 0.5
        assert abs(told.low - 100 * low) <= 0.51 and abs(told.high - 100 * high) <= 0.51 and told.points == q - p


@pytest.mark.parametrize(
    ("before", "now"), [("c", "50%"), ("50%", "c"), ("few", "50%"), ("50%", "almost all"), ("k", "5%")]
)
def test_where_either_share_is_withheld_or_in_words_no_change_is_told(before: str, now: str) -> None:
    assert change_shown(before, 20, now, 20) is None


def test_what_is_not_shown_alone_is_not_shown_beside_another(wexcombe: Story) -> None:
    few, full, open_ = asked(wexcombe, 5, 4), asked(wexcombe, 8, 8), asked(wexcombe, 9, 9, shut=False)
    lead = wexcombe["lead"]
    assert queries.changes(few, full) == [] == queries.changes(full, open_)
    assert queries.waves_before(lead, open_) == [full], "fewer than ten answered the first"
    last = closed(wexcombe, open_)
    assert {one.question.id for one in queries.changes(full, last) if one.answers} == {"speak-up"}
    assert queries.waves_before(lead, full) == []
    with pytest.raises(Survey.DoesNotExist):
        queries.wave(lead, last, few.pk)
    assert queries.wave(lead, last, None) == full and queries.wave(lead, full, None) is None


def test_only_surveys_of_the_same_kind_and_authority_that_the_reader_may_read_are_compared(wexcombe: Story) -> None:
    other = story("Ashfield")
    elsewhere, families = asked(other, 10, 10), asked(wexcombe, 0, 0, template="families", shut=False)
    for _ in range(12):
        say(families, plan="yes")
    closed(wexcombe, families)
    now = asked(wexcombe, 10, 12)
    assert queries.waves_before(wexcombe["lead"], now) == []
    Inspection.objects.filter(pk=other.inspection.pk).update(authority=wexcombe.inspection.authority)
    assert queries.waves_before(wexcombe["lead"], now) == [], "an inspection that the lead is not in"
    Membership.objects.filter(inspection=other.inspection, role="lead").update(person=wexcombe.person("lead"))
    assert queries.waves_before(wexcombe["lead"], now) == [elsewhere]
    assert browser(wexcombe, "inspector").get(
        of(wexcombe, "survey_change", now) + f"?with={elsewhere.pk}"
    ).status_code == 404  # fmt: skip


def test_the_page_tells_the_finding_and_has_the_numbers_beside_the_picture(wexcombe: Story) -> None:
    first, second = asked(wexcombe, 12, 28), asked(wexcombe, 30, 10)
    inspector = browser(wexcombe, "inspector")
    link = of(wexcombe, "survey_change", second)
    assert link in inspector.get(of(wexcombe, "survey", second)).content.decode()
    assert of(wexcombe, "survey_change", first) not in inspector.get(of(wexcombe, "survey", first)).content.decode()
    page = inspector.get(link)
    said = text(page)
    assert "“Yes” rose from 30% to 75%, more than chance explains; 1 other answer changed so too" in said
    assert "+45 points (+23 to +61)" in said and "<svg" in page.content.decode()
    assert all(colour in page.content.decode() for colour in (DOT, SIGNAL)), "a dot for each survey"
    assert "3 changes are looked at here; about 1 of them would stand out by chance alone" in said
    assert "No earlier survey" in text(inspector.get(of(wexcombe, "survey_change", first)))
    assert inspector.get(link + "?with=nonsense").status_code == 200
    assert browser(wexcombe, "director").get(link).status_code == 404


def test_results_leave_as_the_page_shows_them_and_the_journal_says_so(wexcombe: Story) -> None:
    survey, dice = opened(wexcombe), random.Random(3)
    for at_ in range(40):
        say(survey, kind_of_help="early" if at_ < 34 else "plan", plan=dice.choice(["yes", "partly", "no"]))
    path, lead = of(wexcombe, "survey_file", survey), browser(wexcombe, "inspector")
    refused = lead.post(path, {"format": "csv"})
    assert refused.status_code == 403 and "No results are shown yet" in text(refused)
    survey = closed(wexcombe, survey)
    page = text(lead.get(of(wexcombe, "survey", survey)))
    given = rows_of(lead.post(path, {"format": "csv"}))
    told = {(row[0], row[1], row[2]): row[4] + row[5] or row[8] for row in given[1:]}
    for one in queries.results(survey, queries.counted(survey)):
        for share in one.shares:
            assert told[one.question.text, "Everybody", share.text] == share.shown and share.shown in page
    rows = [row for row in given[1:] if row[1] == "A child in need or child protection plan"]
    assert {row[8] for row in rows} == {"c"}, "six people of a group are withheld in the file as on the page"
    assert {row[4] for row in rows} == {""} and all("nobody can be recognised" in row[9] for row in rows)
    assert "Withheld in every group: too few answered" in page
    book = lead.post(path, {"format": "xlsx"})
    assert book.content[:2] == b"PK" and "survey-results" in book["Content-Disposition"]
    assert Entry.objects.filter(event="export.made").count() == 2
    assert lead.post(path, {"format": "exe"}).status_code == 403 and lead.get(path).status_code == 405
    assert browser(wexcombe, "director").post(path, {"format": "csv"}).status_code == 404
    assert Client().post(path, {"format": "csv"}).status_code == 302


def test_a_note_beside_each_table_tells_what_its_signs_mean_and_no_others(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    for number in range(36):
        say(survey, kind_of_help=("early", "plan", "care")[number % 3], plan="yes" if number % 3 else "no")
    page = browser(wexcombe, "inspector").get(of(wexcombe, "survey", closed(wexcombe, survey)))
    said = text(page)
    assert "“few”: none, of fewer than twenty" in said and "“almost all”: all, of fewer than twenty" in said
    assert "“–”: nobody of this group answered" in said and "“k”: more than nought" not in said


def test_themes_leave_with_their_shares_and_a_name_that_looks_like_a_formula_is_none(wexcombe: Story) -> None:
    survey = opened(wexcombe)
    one = theme(wexcombe, survey, '=HYPERLINK("x")')
    for number, words in enumerate(written(wexcombe, survey, 12)):
        sort(wexcombe, words, *([one] if number < 9 else []))
    survey = closed(wexcombe, survey)
    path, lead = of(wexcombe, "survey_file", survey), browser(wexcombe, "lead")
    given = rows_of(lead.post(path, {"format": "csv"}))
    row = next(row for row in given if row[0] == "Theme T1")
    assert row[2] == '\'=HYPERLINK("x")' and row[3:6] == ["12", "75", "%"]
    book = ZipFile(io.BytesIO(lead.post(path, {"format": "xlsx"}).content))
    sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2 and not any("<f" in sheet for sheet in sheets), "nothing is calculated"
    assert "=HYPERLINK(" in book.read("xl/sharedStrings.xml").decode()


def test_the_change_leaves_as_the_page_shows_it_and_nothing_in_it_is_a_formula(wexcombe: Story) -> None:
    first, second = asked(wexcombe, 12, 28), asked(wexcombe, 30, 10)
    path, lead = of(wexcombe, "survey_change_file", second), browser(wexcombe, "lead")
    given = rows_of(lead.post(path, {"format": "csv", "with": str(first.pk)}))
    yes, no = (dict(zip(given[0], row, strict=True)) for row in given if row[1] in ("Yes", "No"))
    assert (yes["Share before"], yes["Share now"], yes["Unit of shares"]) == ("30", "75", "% of those who answered")
    assert [yes[name] for name in ("Change", "Change from", "Change to", "Unit of changes")] == [
        "45", "23", "61", "percentage points",
    ]  # fmt: skip
    assert no["Change"] == "-45" and yes["Reading"] == "more than chance explains"
    for name, survey in (("Survey before", first), ("Survey now", second)):
        assert yes[name].startswith(f"{survey.mark} of staff, ")
        assert yes[name].endswith(f"opened {survey.created_at:%-d %B %Y}")
    numbers = [int(cell) for row in given[1:] for cell in row if cell[:1] in ("=", "+", "-", "@", "'")]
    assert numbers and max(numbers) < 0, "what begins with a sign is a number that can be calculated with"
    assert Entry.objects.filter(event="export.made").count() == 1
    book = ZipFile(io.BytesIO(lead.post(path, {"format": "xlsx", "with": str(first.pk)}).content))
    sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert "<v>45</v>" in sheet and "<v>-45</v>" in sheet and "<f" not in sheet
    none = lead.post(of(wexcombe, "survey_change_file", first), {"format": "csv"})
    assert none.status_code == 403 and "no change to take out" in text(none)
