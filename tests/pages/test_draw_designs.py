"""Every design through the pages: planned, drawn, proven there and by the command line, and what it says."""

import json
import re
from pathlib import Path

import pytest
from tests.cases_story import REAL_ID, Story, story
from tests.cli.submissions import ran
from tests.pages.test_cases import at, browser, text

from goldthread.apps.cases import actions, queries
from goldthread.apps.cases.models import Case, Draw
from goldthread.apps.journal.models import Entry
from goldthread.apps.submissions import sealing
from goldthread.apps.submissions.actions import keep_typed_text
from goldthread.apps.submissions.models import Identity
from goldthread.domain.sampling import Design
from goldthread.web.pages.draw_plans import OWN

pytestmark = pytest.mark.django_db

NEED, PLAN, CARE = ([f"C-{n:07d}" for n in numbers] for numbers in (range(1, 31), range(31, 51), range(51, 61)))
STRANGER = "WX-NOBODY-1"
ID_OF_FIRST = f"{REAL_ID}-{NEED[0]}"

OWN_WORDS: dict[Design, dict[str, object]] = {
    Design.PROPORTIONAL: {"strata": ["service"]},
    Design.SIMPLE: {},
    Design.NEYMAN: {"strata": ["service"], "expected": "In care: 90\r\nChild in need: 50"},
    Design.OVERSAMPLED: {"strata": ["service"], "times": "In care: 4", "minimum": "1"},
    Design.SYSTEMATIC: {"strata": ["service"]},
    Design.ONE_OF_SIBLINGS: {"families": f"{NEED[0]}, {NEED[1]}, {PLAN[0]}\r\n{CARE[0]}, {CARE[1]}, {STRANGER}"},
    Design.DIP: {"theme": "care-planning", "size": "4"},
    Design.HAND_PICKED: {"picked": f"{PLAN[3]}, Named in a complaint\r\n{CARE[2]}: Asked for by the court"},
}
EVERY = pytest.mark.parametrize("design", list(Design))


@pytest.fixture
def wexcombe() -> Story:
    held = story()
    key = sealing.key_of(held.inspection)
    for child in (NEED[0], CARE[0]):
        mark = sealing.fingerprint(key, "child", f"{REAL_ID}-{child}").hex()
        Identity.objects.create(inspection=held.inspection, pseudonym=child, fingerprint=mark)
    return held


def plan(wexcombe: Story, design: Design, **more: object) -> dict[str, object]:
    """What the form sends."""
    assert wexcombe.submission is not None
    whole = {
        "step": "check", "design": design.value, "submission": str(wexcombe.submission.pk), "population": "open-cases",
        "size": "12", "seed": "wexcombe", "purpose": "Files to review", "instrument": "case-review-short-1",
        "client_key": "5f0f5a0e-0000-4000-8000-000000000001",
    }  # fmt: skip
    asked = {"step", "design", "submission", "purpose", "instrument", "client_key", *OWN[design]}
    return {name: value for name, value in (whole | OWN_WORDS[design] | more).items() if name in asked}


def drawn(wexcombe: Story, design: Design, **more: object) -> Draw:
    """A draw that was made through the page."""
    answer = browser(wexcombe, "lead").post(at("draw_new", wexcombe), plan(wexcombe, design, **more) | {"step": "draw"})
    assert answer.status_code == 302, text(answer)
    return Draw.objects.get()


@EVERY
def test_a_design_is_planned_checked_drawn_and_proven_on_the_page_and_by_the_command_line(
    wexcombe: Story, design: Design, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lead = browser(wexcombe, "lead")
    planning = lead.get(at("draw_new", wexcombe), {"design": design.value}).content.decode()
    names = set(re.findall(r'name="([^"]+)"', planning.split('id="plan"')[1]))
    assert set(OWN[design]) <= names
    assert not {name for own in OWN.values() for name in own} - set(OWN[design]) & names
    check = lead.post(at("draw_new", wexcombe), plan(wexcombe, design))
    assert check.status_code == 200, text(check)
    assert "Check the frame before you draw" in text(check)
    assert not Draw.objects.exists()

    draw = drawn(wexcombe, design)
    assert (draw.design, draw.algorithm) == (design.value, design.algorithm)
    page = text(lead.get(at("draw", wexcombe, draw=draw.pk)))
    assert dict(queries.design_choices())[design.value] in page
    assert "The same children" in text(lead.get(at("draw_verify", wexcombe, draw=draw.pk)))

    record = lead.post(at("draw_export", wexcombe, draw=draw.pk), {"form": "json"})
    (tmp_path / "record.json").write_bytes(record.content)
    again = ran(capsys, "sample", "repeat", tmp_path / "record.json", "--format", "json")
    told = json.loads(again.out)
    assert (again.code, told["identical"], told["design"]) == (0, True, design.value)
    cases = draw.cases.order_by("number")
    assert [one["child"] for one in told["chosen"]] == [case.pseudonym for case in cases.filter(reserve=False)]
    assert [one["child"] for one in told["reserve"]] == [case.pseudonym for case in cases.filter(reserve=True)]
    assert told["frame_hash"] == draw.frame_hash


@EVERY
def test_a_child_that_was_swapped_is_found_out_by_page_and_command_line(
    wexcombe: Story, design: Design, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw = drawn(wexcombe, design)
    lead = browser(wexcombe, "lead")
    inside = set(draw.cases.values_list("pseudonym", flat=True))
    other = next(child for child in (*CARE, *PLAN, *NEED, "C-9999999") if child not in inside)
    Case.objects.filter(pk=draw.cases.get(number=1).pk).update(pseudonym=other)
    assert "does not give what is recorded" in text(lead.get(at("draw_verify", wexcombe, draw=draw.pk)))
    record = lead.post(at("draw_export", wexcombe, draw=draw.pk), {"form": "json"})
    (tmp_path / "record.json").write_bytes(record.content)
    assert ran(capsys, "sample", "repeat", tmp_path / "record.json").code == 1


def test_a_draw_is_proven_after_files_were_set_aside_and_others_came_in(
    wexcombe: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw = drawn(wexcombe, Design.ONE_OF_SIBLINGS)
    case = draw.cases.get(number=2)
    _, came = actions.set_aside(case=case, because="With a court.", version=case.version, by=wexcombe["lead"])
    assert came is not None
    lead = browser(wexcombe, "lead")
    record = lead.post(at("draw_export", wexcombe, draw=draw.pk), {"form": "json"})
    (tmp_path / "record.json").write_bytes(record.content)
    assert ran(capsys, "sample", "repeat", tmp_path / "record.json").code == 0
    assert "The same children" in text(lead.get(at("draw_verify", wexcombe, draw=draw.pk)))


def test_the_proof_goes_to_who_sees_the_whole_draw_and_to_nobody_else(wexcombe: Story) -> None:
    draw = drawn(wexcombe, Design.PROPORTIONAL)
    actions.release_draw(draw=draw, version=draw.version, by=wexcombe["lead"])
    actions.allocate(cases=draw.cases.all()[:1], to=wexcombe.person("inspector"), by=wexcombe["lead"])
    for role, whole in (("lead", True), ("analyst", True), ("inspector", False), ("nominated-officer", False)):
        sent = browser(wexcombe, role).post(at("draw_export", wexcombe, draw=draw.pk), {"form": "json"})
        record = json.loads(sent.content)
        assert ("proof" in record) == whole
        if not whole:
            reserve = draw.cases.filter(reserve=True).first()
            assert reserve.pseudonym not in sent.content.decode()
        for form in ("csv", "xlsx"):
            assert (
                browser(wexcombe, role).post(at("draw_export", wexcombe, draw=draw.pk), {"form": form}).status_code
                == 200
            )


def test_a_pasted_list_is_drawn_from_and_nobody_on_it_is_lost(wexcombe: Story) -> None:
    listed = "\r\n".join([*PLAN[:5], ID_OF_FIRST, STRANGER, "c-0000051", PLAN[0], "C-9999998", "C-8888888"])
    more = {"listed": listed, "size": "4", "strata": []}
    lead = browser(wexcombe, "lead")
    check = text(lead.post(at("draw_new", wexcombe), plan(wexcombe, Design.PROPORTIONAL, **more)))
    assert "2 of the 11 children on the list are in none of the lists" in check
    assert STRANGER in check and "C-8888888" in check
    draw = drawn(wexcombe, Design.PROPORTIONAL, **more)
    assert (draw.listed, draw.listed_twice, draw.unknown_count, draw.frame_size) == (11, 1, 2, 7)
    assert {one["reason"]: one["rows"] for one in draw.excluded}["closed on or before the as-at date"] == 1
    assert set(draw.cases.values_list("pseudonym", flat=True)) <= {*PLAN[:5], NEED[0], "C-0000051"}
    assert queries.unknown_children(draw) == [STRANGER, "C-8888888"]
    assert STRANGER in text(lead.get(at("draw", wexcombe, draw=draw.pk)))
    assert STRANGER not in text(browser(wexcombe, "analyst").get(at("draw", wexcombe, draw=draw.pk)))
    kept = json.dumps([draw.particulars, draw.says, draw.purpose]) + "".join(str(e.detail) for e in Entry.objects.all())
    assert STRANGER not in kept and ID_OF_FIRST not in kept
    assert STRANGER.encode() not in bytes(draw.unknown)
    assert "The same children" in text(lead.get(at("draw_verify", wexcombe, draw=draw.pk)))


def test_an_id_is_looked_up_only_for_who_may_see_identities(wexcombe: Story) -> None:
    words = plan(wexcombe, Design.HAND_PICKED, picked=f"{ID_OF_FIRST}, Named in a complaint")
    refused = browser(wexcombe, "analyst").post(at("draw_new", wexcombe), words)
    assert (refused.status_code, "Picked by hand but not in the frame" in text(refused)) == (422, True)
    assert browser(wexcombe, "lead").post(at("draw_new", wexcombe), words).status_code == 200
    draw = drawn(wexcombe, Design.HAND_PICKED, picked=f"{ID_OF_FIRST}, Named in a complaint")
    assert draw.cases.get().pseudonym == NEED[0]
    assert Entry.objects.get(event="draw.made").detail["looked_up"] == 1
    assert REAL_ID not in json.dumps(draw.particulars)


def test_families_keep_nobody_who_is_not_in_the_frame_and_one_child_stands_for_all(wexcombe: Story) -> None:
    lead = browser(wexcombe, "lead")
    check = text(lead.post(at("draw_new", wexcombe), plan(wexcombe, Design.ONE_OF_SIBLINGS)))
    assert "1 of the children named in families is not in the frame" in check
    draw = drawn(wexcombe, Design.ONE_OF_SIBLINGS, size="57")
    assert STRANGER not in json.dumps(draw.particulars)
    assert sorted(draw.cases.values_list("siblings", flat=True))[-3:] == [1, 2, 3]
    big = draw.cases.get(siblings=3)
    assert queries.weight_of(big, draw) == 3.0
    other = ID_OF_FIRST + ", " + CARE[3] + "\r\n" + NEED[0] + ", " + CARE[4]
    twice = lead.post(at("draw_new", wexcombe), plan(wexcombe, Design.ONE_OF_SIBLINGS, families=other))
    assert (twice.status_code, "is in two families" in text(twice)) == (422, True)


@pytest.mark.parametrize(
    ("design", "words", "says"),
    [
        (Design.SIMPLE, {"size": "61"}, "larger than the frame of 60"),
        (Design.NEYMAN, {"expected": "Hair: 20"}, "“Hair” is empty: nobody in the frame is in it"),
        (Design.NEYMAN, {"expected": "In care"}, "Line 1 of the shares must be a stratum"),
        (Design.OVERSAMPLED, {"times": ""}, "Parts to over-sample"),
        (Design.OVERSAMPLED, {"times": "In care: 0"}, "from 1 to 1,000 times"),
        (Design.ONE_OF_SIBLINGS, {"families": "a,b\r\nb,c"}, "in another family already"),
        (Design.ONE_OF_SIBLINGS, {"size": "58"}, "larger than the 57 sibling groups"),
        (Design.DIP, {"theme": "front-door"}, "the submission has no list 1"),
        (Design.DIP, {"theme": "hair"}, "What the dip-sample looks at"),
        (Design.HAND_PICKED, {"picked": "C-9999999, Why not"}, "not in the frame: C-9999999"),
        (Design.HAND_PICKED, {"picked": PLAN[0]}, "Say why"),
        (Design.SIMPLE, {"listed": "nobody\r\nno one"}, "Nobody on the list"),
    ],
)
def test_a_plan_that_does_not_fit_says_why_and_keeps_what_was_typed(
    wexcombe: Story, design: Design, words: dict[str, object], says: str
) -> None:
    for step in ("check", "draw"):
        answer = browser(wexcombe, "lead").post(
            at("draw_new", wexcombe), plan(wexcombe, design, **words) | {"step": step}
        )
        assert (answer.status_code, says in text(answer)) == (422, True), text(answer)
        assert "Files to review" in answer.content.decode()
    assert not Draw.objects.exists()


def test_what_was_typed_goes_back_into_the_form_of_its_design(wexcombe: Story) -> None:
    key = f"draw-new@{wexcombe.inspection.pk}"
    keep_typed_text(
        form=key, fields={"design": "neyman", "expected": "In care: 90"}, inspection=wexcombe.inspection,
        by=wexcombe["lead"],
    )  # fmt: skip
    page = browser(wexcombe, "lead").get(at("draw_new", wexcombe), {"restore": key}).content.decode()
    assert 'name="design" value="neyman"' in page
    assert "In care: 90</textarea>" in page


def test_how_many_files_is_worked_out_beside_the_plan_without_scripts(wexcombe: Story) -> None:
    lead = browser(wexcombe, "lead")
    asked = {"design": "neyman", "cases": "300", "within": "", "fault": "10", "reading": "40"}
    page = text(lead.get(at("draw_new", wexcombe), asked))
    assert "73 of 300 files tell a share near 50% to within 10.0 points either way" in page
    assert "Where 30 of 300 have the fault, 28 files show at least one" in page
    assert "27 files, all without it, say with 95% confidence that at most 10% have it" in page
    assert "If none of 40 files shows a fault, at most 20 of 300 (6.7%) have it" in page
    assert "stratified by size and spread" in page.lower()
    wrong = text(lead.get(at("draw_new", wexcombe), {"cases": "many"}))
    assert "“Files in all” must be a whole number from 1 to 1,000,000" in wrong


def test_files_are_held_against_their_frame(wexcombe: Story) -> None:
    draw = drawn(wexcombe, Design.OVERSAMPLED)
    lead = browser(wexcombe, "lead")
    told = queries.coverage(draw)
    by = {title: {one.name: one for one in groups} for title, groups in told.tables}
    assert (told.frame, told.drawn, told.reviewed) == (60, 12, 0)
    status = by["Status"]
    assert {name: one.in_frame for name, one in status.items()} == {
        "Child in need": 30, "Protection plan": 20, "In care": 10,
    }  # fmt: skip
    assert sum(one.drawn for one in status.values()) == 12
    # More of them were drawn, and the weights put it right: their share of the frame is met exactly.
    assert status["In care"].drawn == 5
    assert status["In care"].drawn_off is not None
    assert status["In care"].drawn_off.points == pytest.approx(0)
    assert status["In care"].drawn_off.low < 0 < status["In care"].drawn_off.high
    assert status["In care"].reviewed_off is None
    assert {name: one.in_frame for name, one in by["Placement"].items()} == {"Not in care": 50, "Not known": 10}
    assert set(by) == {"Team", "Age", "Status", "Ethnicity", "Placement"}
    case = draw.cases.filter(stratum="In care", reserve=False).first()
    assert case is not None
    wexcombe.signed(
        wexcombe.review(actions.allocate(cases=[case], to=wexcombe.person("inspector"), by=wexcombe["lead"])[0])
    )
    again = queries.coverage(draw)
    off = {one.name: one for one in dict(again.tables)["Status"]}["In care"]
    assert (again.reviewed, off.reviewed) == (1, 1)
    assert off.reviewed_off is not None and off.reviewed_off.points == pytest.approx(100 - 100 / 6)
    page = text(lead.get(at("draw_coverage", wexcombe, draw=draw.pk)))
    assert "12 files of draw 1 are in play and 1 reviewed, of a frame of 60 children" in page
    picked = queries.coverage(wexcombe.draw(design="hand-picked", size=1, seed="", more=_picked()))
    assert not picked.by_chance
    assert all(one.drawn_off is None for _, groups in picked.tables for one in groups)


def _picked() -> object:
    from goldthread.apps.cases.drawing import Particulars

    return Particulars(picked=((PLAN[0], "Named in a complaint"),))


def test_who_is_not_in_the_frame_is_told_row_by_row_to_who_sees_the_whole_draw(wexcombe: Story) -> None:
    draw = drawn(wexcombe, Design.PROPORTIONAL)
    rows = queries.left_out(draw)
    assert len(rows) == sum(one["rows"] for one in draw.excluded) == 32
    lead = browser(wexcombe, "lead")
    address = at("draw_left_out", wexcombe, draw=draw.pk)
    page = text(lead.get(address, {"reason": "short breaks only"}))
    assert "C-9999999" in page and "1 row left out" in page
    assert "No row is left out for this reason" in text(lead.get(address, {"reason": "hair"}))
    actions.allocate(cases=draw.cases.all()[:1], to=wexcombe.person("inspector"), by=wexcombe["lead"])
    assert browser(wexcombe, "inspector").get(address).status_code == 403
    assert browser(wexcombe, "nominated-officer").get(address).status_code == 404


def test_the_answers_of_a_draw_are_estimated_by_its_own_design(wexcombe: Story) -> None:
    draw = drawn(wexcombe, Design.OVERSAMPLED)
    cases = list(draw.cases.filter(reserve=False).order_by("number"))
    given = actions.allocate(cases=cases, to=wexcombe.person("inspector"), by=wexcombe["lead"])
    for case in given:
        value = "good" if case.stratum == "In care" else "inadequate"
        wexcombe.signed(wexcombe.review(case), plan=actions.Typed(value, "Said so."))
    summary = queries.answers_summary(wexcombe.inspection, wexcombe["lead"], draw)
    assert summary is not None
    (question,) = (one for one in summary.questions if one.question.id == "plan")
    (good,) = (one for one in question.answers if one.value == "good")
    assert (good.count, good.of, good.per_cent, good.weighted) == (5, 12, 42, 17)
    assert good.low is not None and good.high is not None and (good.low, good.high) == (5, 45)
    page = text(browser(wexcombe, "lead").get(at("case_answers", wexcombe)))
    assert "5 of 12, 42%" in page and "17% of the frame" in page


def test_nothing_is_estimated_from_files_picked_by_hand(wexcombe: Story) -> None:
    draw = drawn(wexcombe, Design.HAND_PICKED)
    case = actions.allocate(cases=draw.cases.all()[:1], to=wexcombe.person("inspector"), by=wexcombe["lead"])[0]
    wexcombe.signed(wexcombe.review(case))
    page = text(browser(wexcombe, "lead").get(at("case_answers", wexcombe)))
    assert "These files were picked by hand" in page
    assert "1 of 1" in page and " to None" not in page and not re.search(r"likely \d", page)
    gone, came = actions.set_aside(
        case=draw.cases.get(number=2), because="Moved away.", version=1, by=wexcombe["lead"]
    )  # fmt: skip
    assert (gone.status, came) == ("set-aside", None)
    sample = wexcombe.draw()
    later = wexcombe.draw(design="hand-picked", size=1, seed="", more=_picked())
    summary = queries.answers_summary(wexcombe.inspection, wexcombe["lead"])
    assert summary is not None
    assert (summary.draw, later.number) == (sample, 3)
