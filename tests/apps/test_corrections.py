"""What values mean: said once, remembered for the authority, taken back, and used when a file is read again."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from tests.submissions_story import ASSESSMENT, CANARIES, Story, canaries, story, workbook

from goldthread.apps.access.policy import Refused
from goldthread.apps.inspections.meanwhile import Overtaken
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import actions, corrections, earlier, queries, worker
from goldthread.apps.submissions.models import Correction, MeasureValue, Submission

pytestmark = pytest.mark.django_db

OFFICER = "nominated-officer"


@pytest.fixture
def wexcombe() -> Story:
    return story()


def odd(*genders: str, ethnicity: str = "WBRI") -> bytes:
    """Assessments with genders as somebody wrote them."""
    rows: list[list[Any]] = [ASSESSMENT]
    for number, gender in enumerate(genders, start=1):
        born, day = date(2015, 1, number), date(2026, 5, 20)
        rows.append([f"A{number}", gender, ethnicity, born, 11, "N", date(2026, 5, 5), "Y", day, "Y", "Duty", "Ada"])
    return workbook({"List 4": rows})


def say(held: Story, row: Submission, *, by: str = OFFICER, **meant: str) -> int:
    meanings = {("gender", written): code for written, code in meant.items()}
    return actions.say_meanings(submission=row, meanings=meanings, version=None, by=held[by])


def again(held: Story, row: Submission, by: str = OFFICER) -> Submission:
    made = actions.read_again(submission=row, client_key=uuid4(), by=held[by])
    worker.read_all()
    return Submission.objects.select_related("inspection").get(pk=made.pk)


def genders(row: Submission) -> list[str | None]:
    return queries.table(row, "assessments").sort("row")["gender"].to_list()


def test_values_left_to_the_user_are_counted_by_field_with_why(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple", "purple ", "F", "Teal", ethnicity="Martian"))
    found = [(one.field, one.form, one.cells, one.code) for one in corrections.values(row)]
    assert found == [
        ("ethnicity", "martian", 4, ""), ("gender", "purple", 2, ""), ("gender", "teal", 1, ""),
    ]  # fmt: skip
    assert all(one.why for one in corrections.values(row))
    assert corrections.values(row)[1].where == "list 4, Gender"
    assert ("F", "F: Female") in corrections.codes("gender")


def test_what_may_tell_who_somebody_is_never_stands_among_them(wexcombe: Story) -> None:
    row = wexcombe.read(canaries())
    found = corrections.values(row)
    assert [one.written for one in found] == ["Purple"]
    assert not any(canary in f"{one.written} {one.why}" for one in found for canary in CANARIES)


def test_a_value_said_once_is_read_so_in_the_new_reading_and_the_first_stays(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple", "F"))
    total = row.counts["total"]
    assert genders(row) == [None, "F"]
    assert say(wexcombe, row, Purple="M") == 1
    new = again(wexcombe, row)
    assert (genders(new), genders(row)) == (["M", "F"], [None, "F"])
    assert (new.reading_of_id, new.sha256, new.blob_key, new.label) == (row.pk, row.sha256, row.blob_key, row.label)
    row.refresh_from_db()
    assert row.counts["total"] == total > new.counts["total"]
    assert (new.hand_over, new.released_at, new.as_at) == ("staged", None, row.as_at)
    value = next(one for one in corrections.values(new) if one.field == "gender")
    assert (value.code, value.cells, value.why) == ("M", 1, "")
    third = again(wexcombe, new)
    assert third.reading_of_id == row.pk


def test_a_later_file_of_the_authority_is_read_so_and_one_of_another_is_not(wexcombe: Story) -> None:
    say(wexcombe, wexcombe.read(odd("Purple")), Purple="M")
    assert genders(wexcombe.read(odd("PURPLE!", "F"))) == ["M", "F"]
    elsewhere = story(title="Elsewhere")
    assert genders(elsewhere.read(odd("Purple"))) == [None]


def test_it_is_remembered_in_the_authoritys_next_inspection_where_what_is_said_goes_before(wexcombe: Story) -> None:
    say(wexcombe, wexcombe.read(odd("Purple")), Purple="M")
    following = story(title="Wexcombe")
    row = following.read(odd("Purple"))
    assert genders(row) == ["M"]
    assert corrections.said_elsewhere(following[OFFICER], following.inspection) == 1
    assert corrections.remembered(following[OFFICER], following.inspection).count() == 0
    say(following, row, Purple="F")
    assert genders(again(following, row)) == ["F"]
    assert genders(wexcombe.read(odd("Purple"))) == ["M"]


def test_the_two_sides_do_not_hear_what_the_other_said(wexcombe: Story) -> None:
    say(wexcombe, wexcombe.read(odd("Purple")), Purple="M")
    team = wexcombe.read(odd("Purple"), by="analyst")
    assert genders(team) == [None]
    assert corrections.remembered(wexcombe["analyst"], wexcombe.inspection).count() == 0
    say(wexcombe, team, by="analyst", Purple="F")
    assert genders(again(wexcombe, team, by="analyst")) == ["F"]
    assert [one.code for one in corrections.remembered(wexcombe[OFFICER], wexcombe.inspection)] == ["M"]


@pytest.mark.parametrize("by", ["lead", "analyst", "inspector", "quality-assurance", "director", "uploader-2"])
def test_whoever_did_not_hand_it_in_says_nothing_of_it(wexcombe: Story, by: str) -> None:
    row = wexcombe.handed_over(odd("Purple"))
    with pytest.raises(Refused):
        say(wexcombe, row, by=by, Purple="M")
    with pytest.raises(Refused):
        actions.read_again(submission=row, client_key=uuid4(), by=wexcombe[by])
    assert not corrections.may_correct(wexcombe[by], row)
    assert not Correction.objects.exists() and Submission.objects.count() == 1


def test_who_handed_it_in_may(wexcombe: Story) -> None:
    row = wexcombe.handed_over(odd("Purple"))
    assert corrections.may_correct(wexcombe["uploader"], row) and corrections.may_correct(wexcombe[OFFICER], row)
    assert say(wexcombe, row, by="uploader", Purple="M") == 1


@pytest.mark.parametrize("meant", [{("gender", "Purple"): "XX"}, {("colour", "Purple"): "M"}, {("gender", "!!"): "M"}])
def test_a_code_or_field_that_there_is_not_is_refused_and_nothing_is_kept(
    wexcombe: Story, meant: dict[tuple[str, str], str]
) -> None:
    row = wexcombe.read(odd("Purple"))
    with pytest.raises(Refused):
        actions.say_meanings(
            submission=row, meanings={("gender", "Teal"): "F", **meant}, version=None, by=wexcombe[OFFICER]
        )
    assert not Correction.objects.exists()


def test_saying_the_same_again_is_nothing_new_and_saying_another_ends_the_first(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple"))
    assert [say(wexcombe, row, Purple=code) for code in ("M", "M", "F")] == [1, 0, 1]
    assert Correction.objects.get(taken_back_at=None).code == "F"
    assert Correction.objects.count() == 2
    told = Entry.objects.filter(event="correction.said")
    assert [one.detail for one in told] == [{"values": {"gender": 1}}] * 2
    assert "purple" not in " ".join(f"{one.about_label} {one.detail}".lower() for one in Entry.objects.all())


def test_whoever_was_overtaken_says_nothing(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple", "Teal"))
    seen = corrections.Memory(row.inspection, row.side).version
    say(wexcombe, row, Purple="M")
    with pytest.raises(Overtaken):
        actions.say_meanings(submission=row, meanings={("gender", "Purple"): "F"}, version=seen, by=wexcombe[OFFICER])
    assert Correction.objects.get().code == "M"


def test_what_is_taken_back_is_left_to_the_user_again_and_readings_stay(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple"))
    say(wexcombe, row, Purple="M")
    read = again(wexcombe, row)
    held = Correction.objects.get()
    for _ in range(2):
        actions.take_back(correction=held, by=wexcombe[OFFICER])
    assert Entry.objects.filter(event="correction.taken-back").count() == 1
    assert genders(wexcombe.read(odd("Purple"))) == [None]
    assert genders(read) == ["M"]
    with pytest.raises(Refused):
        actions.take_back(correction=held, by=wexcombe["uploader-2"])
    assert say(wexcombe, row, Purple="F") == 1


def test_reading_again_is_done_once_for_one_key_and_never_of_what_was_not_read(wexcombe: Story) -> None:
    row = wexcombe.read(odd("Purple"))
    key = uuid4()
    one, other = (actions.read_again(submission=row, client_key=key, by=wexcombe[OFFICER]) for _ in range(2))
    assert one.pk == other.pk
    assert Entry.objects.filter(event="submission.read-again").count() == 1
    with pytest.raises(Refused, match="read once"):
        actions.read_again(submission=wexcombe.send(odd("F")), client_key=uuid4(), by=wexcombe[OFFICER])
    gone = actions.withdraw(submission=row, because="", version=row.version, by=wexcombe[OFFICER])
    with pytest.raises(Refused, match="withdrawn"):
        actions.read_again(submission=gone, client_key=uuid4(), by=wexcombe[OFFICER])


def test_the_teams_new_reading_takes_the_place_of_the_old_on_the_shelf(wexcombe: Story) -> None:
    row = wexcombe.read(odd(*["Purple"] * 12), by="analyst")
    before = MeasureValue.objects.filter(submission=row, evidence_item__status="current").count()
    new = again(wexcombe, row, by="analyst")
    assert new.released_at is not None and before > 0
    assert MeasureValue.objects.filter(submission=new, evidence_item__status="current").count() == before
    assert not MeasureValue.objects.filter(submission=row, evidence_item__status="current").exists()


def test_reading_again_looks_for_the_earlier_one_anew(wexcombe: Story) -> None:
    row = wexcombe.read(odd("F"), as_at=date(2026, 9, 30))
    assert row.earlier is None
    then = wexcombe.handed_over(odd("F"), as_at=date(2026, 6, 30))
    assert again(wexcombe, row).earlier_id == then.pk
    assert earlier.before(row, date(2026, 9, 30)) == then
