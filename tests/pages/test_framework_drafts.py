"""Pages on which a council writes its own framework, and an inspection that is set up under it."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests import factories
from tests.drafts_story import at_form, begun, filled, of, quality, words
from tests.factories import client_for

from goldthread.apps.drafting import queries
from goldthread.apps.drafting.models import Draft, OwnVersion
from goldthread.apps.inspections.models import Inspection
from goldthread.domain import frameworks
from goldthread.domain.framework import Framework
from goldthread.domain.frameworks.drafts import entries
from goldthread.web.framework_lists import LISTS, lists_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> Client:
    return client_for(quality())


def drafted(client: Client, copy_of: str = "own-audit", title: str = "Our programme") -> Draft:
    return begun(client, kind="framework", copy_of=f"framework:{copy_of}", title=title)


def framework(draft: Draft) -> Framework:
    found = queries.read(Draft.objects.get(pk=draft.pk))[0]
    assert isinstance(found, Framework)
    return found


@pytest.mark.parametrize("slug", frameworks.slugs())
def test_every_entry_of_every_framework_can_be_opened_and_saved_as_it_is(writer: Client, slug: str) -> None:
    draft = drafted(writer, slug)
    before = framework(draft)
    assert at_form(writer, of(draft, "framework", "about")).status_code == 302
    for slug in LISTS.keys() - lists_of(before).keys():
        assert writer.get(of(draft, "framework", slug, "0")).status_code == 404, slug
    for part in lists_of(before).values():
        for at in range(len(entries(before, part.slug))):
            if at > 2 and part.slug not in ("precedents", "rated"):
                break
            answer = at_form(writer, of(draft, "framework", part.slug, str(at)))
            assert answer.status_code == 302, (part.slug, words(answer))
    assert framework(draft) == before
    page = words(writer.get(of(draft)))
    for area in before.areas:
        assert " ".join(area.title.split()) in page


def test_criteria_are_reworded_added_and_taken_out_and_keep_their_ids(writer: Client) -> None:
    draft = drafted(writer)
    area = framework(draft).areas[0]
    first, second, *rest = area.criteria
    answer = at_form(writer, of(draft, "framework", "areas", "0"), **{
        f"criterion-{first.id}": "Said otherwise.", f"criterion-{second.id}": "", "criterion-new-1": "Said for once.",
    })  # fmt: skip
    assert answer.status_code == 302
    after = framework(draft).areas[0].criteria
    assert [one.id for one in after] == [first.id, *(one.id for one in rest), "said-for-once"]
    assert after[0].text == "Said otherwise."


def test_an_area_without_a_criterion_is_refused_at_its_field(writer: Client) -> None:
    draft = drafted(writer)
    names = {f"criterion-{one.id}": "" for one in framework(draft).areas[0].criteria}
    answer = at_form(writer, of(draft, "framework", "areas", "0"), short="Kept?", **names)
    assert answer.status_code == 422 and "at least one criterion" in words(answer)
    assert filled(answer)["short"] == ["Kept?"]


NEW: dict[str, dict[str, Any]] = {
    "areas": {"title": "Fostering", "short": "Fostering", "criterion-new-1": "Carers are supported."},
    "phases": {"title": "Feedback", "says": "What was found is told.", "start": "40", "end": "44"},
    "team": {"title": "Guest auditor", "role": "inspector", "count": "2", "says": "Reads files."},
    "requests": {"ref": "Z99", "title": "Minutes", "says": "Of the last three boards.", "due": "3"},
    "report": {"title": "About the reviewers", "kind": "about"},
    "notes": {"title": "Holidays", "says": "No audits in August.", "source": "The board, 2026."},
}


@pytest.mark.parametrize("part", NEW)
def test_an_entry_is_added_and_taken_out_again(writer: Client, part: str) -> None:
    draft = drafted(writer)
    before = framework(draft)
    grades = {f"grade-{one.slug}": "So it looks." for one in before.grades} if part == "areas" else {}
    answer = at_form(writer, of(draft, "framework", part, "new"), **NEW[part], **grades)
    assert answer.status_code == 302, words(answer)
    shown = words(writer.get(of(draft)))
    assert NEW[part]["title"] in shown
    at = [LISTS[part].shown(one)[0] for one in _entries(draft, part)]
    place = next(n for n, title in enumerate(at) if NEW[part]["title"] in title)
    assert at_form(writer, of(draft, "framework", part, str(place), "remove")).status_code == 302
    assert framework(draft) == before


def _entries(draft: Draft, part: str) -> tuple[Any, ...]:
    held = framework(draft)
    return held.phases if part == "phases" else getattr(held, part)


@pytest.mark.parametrize(
    ("part", "fill", "says"),
    [
        ("phases", {**NEW["phases"], "start": "9", "end": "3"}, "ends before it starts"),
        ("phases", {**NEW["phases"], "start": "soon"}, "must be a whole number"),
        ("report", {"title": "Of an area", "kind": "area"}, "Choose the area"),
        ("areas", {**NEW["areas"], "grade-good": ""}, "Fill in “What “Good” looks like”"),
        ("areas", {**NEW["areas"], "criterion-new-2": "x" * 4001}, "must have 4,000 characters or fewer; it has 4001"),
        ("requests", {"ref": "1", "title": "Twice", "says": "Twice.", "due": "3"}, "is already used above"),
        ("team", {**NEW["team"], "count": ""}, "Fill in “How many”"),
    ],
)
def test_a_slip_is_refused_in_plain_words_and_what_was_typed_is_kept(
    writer: Client, part: str, fill: dict[str, str], says: str
) -> None:
    draft = drafted(writer)
    answer = at_form(writer, of(draft, "framework", part, "new"), **fill)
    assert answer.status_code == 422
    assert says in words(answer) and "line " not in words(answer)
    assert filled(answer)["title"] == [fill["title"]]


def test_a_rule_needs_what_its_way_of_biting_needs(writer: Client) -> None:
    draft = drafted(writer, "ilacs-2023", "Our inspection")
    sent = {
        "says": "Two weak areas weigh.", "strength": "normally", "source": "Our board, paper 4, 2026", "when": "some",
        "observed": "Not yet.", "limits": "overall",
    }  # fmt: skip
    refused = at_form(writer, of(draft, "framework", "rules", "new"), **sent)
    assert refused.status_code == 422 and "is needed for a rule that bites so" in words(refused)
    held = framework(draft)
    areas = [one.slug for one in held.areas[:3]]
    answer = at_form(
        writer, of(draft, "framework", "rules", "new"), **sent, areas=areas, at_least="2", grades=["inadequate"],
        to=["requires-improvement", "inadequate"],
    )  # fmt: skip
    assert answer.status_code == 302, words(answer)
    made = framework(draft).rules[-1]
    assert (made.id, made.when, made.at_least, made.areas) == ("two-weak-areas-weigh", "some", 2, tuple(areas))
    assert "Two weak areas weigh." in words(writer.get(of(draft)))


def test_an_area_that_a_rule_names_cannot_be_taken_out(writer: Client) -> None:
    draft = drafted(writer, "ilacs-2023", "Our inspection")
    answer = at_form(writer, of(draft, "framework", "areas", "0", "remove"))
    assert answer.status_code == 422
    assert "is not known" in words(answer)


def test_entries_move_and_two_editors_clash(writer: Client) -> None:
    draft = drafted(writer)
    first, second = framework(draft).requests[:2]
    path = of(draft, "framework", "requests", "0")
    stale = filled(writer.get(path), title="Late?")
    move = {"entry": first.ref, "way": "down", "version": str(draft.version)}
    assert writer.post(of(draft, "framework", "requests", "move"), move).status_code == 302
    assert framework(draft).requests[:2] == (second, first)
    clash = writer.post(path, stale)
    assert clash.status_code == 409 and "Late?" in words(clash)
    assert writer.post(path, filled(clash, path)).status_code == 302
    assert [one.title for one in framework(draft).requests[:2]] == [second.title, "Late?"], "the one it was opened on"


def test_an_inspection_is_set_up_under_an_own_framework(writer: Client) -> None:
    draft = drafted(writer)
    lead = client_for(factories.site_lead())
    assert "Our programme" not in words(lead.get("/inspections/new/"))
    assert at_form(writer, of(draft, "publish"), note="Ours.").status_code == 302
    own = OwnVersion.objects.get()
    assert "Our programme" in words(lead.get("/inspections/new/"))
    made = lead.post("/inspections/new/", {
        "title": "Monthly", "authority": "Wexcombe", "framework": own.slug, "kind": "internal",
        "call_day": "01/02/2027", "fieldwork_from": "02/02/2027", "fieldwork_to": "12/02/2027",
        "client_key": str(uuid4()),
    })  # fmt: skip
    assert made.status_code == 302, words(made)
    inspection = Inspection.objects.get()
    assert inspection.framework == "our-programme-1"
    for page in ("", "timetable/", "judgements/", "findings/", "team/", "report/"):
        assert lead.get(f"/inspections/{inspection.pk}/{page}").status_code == 200, page
    assert framework(draft).areas[0].title in words(lead.get(f"/inspections/{inspection.pk}/judgements/"))

    writer.post(f"/drafts/versions/{own.pk}/next/", {"client_key": str(uuid4())})
    second = Draft.objects.get(status="writing")
    at_form(writer, of(second, "framework", "about"), title="Our programme, from April")
    assert at_form(writer, of(second, "publish"), note="Retitled.").status_code == 302
    assert "Our programme, from April" in words(lead.get("/inspections/new/"))
    assert Inspection.objects.get().framework == "our-programme-1"
    changed = words(lead.get("/frameworks/our-programme-2/changes/"))
    assert "Our programme, from April" in changed and "Retitled." in changed
    listed = words(lead.get("/frameworks/"))
    assert "Superseded versions, and those withdrawn" in listed
    assert "Superseded by" in words(lead.get("/frameworks/our-programme-1/"))
    assert b"".join(lead.get("/frameworks/our-programme-1/file/")) == own.text.encode()
    assert lead.get("/frameworks/sif-2013/changes/").status_code == 404
