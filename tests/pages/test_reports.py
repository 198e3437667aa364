"""The report's pages and files: what checkers and readers are shown, and whether its files can be read aloud."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import page as validator
import pikepdf
import pytest
from django.conf import settings
from django.urls import reverse
from tests.factories import client_for
from tests.world import World

from goldthread.apps.reports import queries
from goldthread.apps.reports.models import Publication, Report
from goldthread.apps.reports.rendering import kept
from goldthread.apps.submissions import sealing

pytestmark = pytest.mark.django_db

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def published(world: World) -> Publication:
    """The published report of the own inspection, which has a chart and a table."""
    held = queries.published_of([world.own.inspection]).get()
    parts = queries.published_document(held).parts
    assert any(part.figure for part in parts) and any(part.grid for part in parts)
    return held


def report_of(world: World, state: str) -> Report:
    thing = next(one for one in world.own.things if (one.kind, one.state) == ("report", state))
    return Report.objects.select_related("inspection").get(pk=thing.parts["report"])


def at(name: str, report: Report, **more: Any) -> str:
    return reverse(name, kwargs={"inspection": report.inspection_id, "report": report.pk, **more})


def tags(element: Any, depth: int = 0) -> list[tuple[int, str, Any]]:
    """The tag tree of a PDF, in reading order: depth, kind, the element."""
    found = [(depth, str(element.S).strip("/"), element)] if "/S" in element else []
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and ("/S" in child or "/K" in child):
            found += tags(child, depth + 1)
    return found


@pytest.mark.parametrize("state", ["published", "draft"])
def test_the_pdf_breaks_no_rule_of_pdf_ua(world: World, published: Publication, state: str) -> None:
    if state == "published":
        held = bytes(published.pdf)
    else:
        report = report_of(world, "draft")
        held = kept.FORMS["pdf"](queries.document(report), draft=True)
    found = validator.validate_pdf_bytes(held, profile="ua1")
    assert [(one.rule_id, one.message) for one in found.failures] == []
    assert found.is_compliant and found.rules.total >= 100 and found.rules.failed == 0


def test_the_pdf_has_a_title_a_language_and_tags_in_reading_order(published: Publication) -> None:
    with pikepdf.open(io.BytesIO(bytes(published.pdf))) as pdf:
        root = pdf.Root
        assert str(root.Lang).lower().startswith("en")
        assert bool(root.MarkInfo.Marked) and bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == published.title
        with pdf.open_metadata() as told:
            assert told["dc:title"] == published.title and told["pdfuaid:part"] == "1"
        tree = tags(root.StructTreeRoot)
        kinds = [kind for _, kind, _ in tree]
        headings = [kind for kind in kinds if kind in ("H1", "H2", "H3")]
        assert headings[0] == "H1" and headings.count("H1") == 1
        assert headings.count("H2") == 1 + len(_shown(published)), "the contents, and one for each section"
        pictures = [one for _, kind, one in tree if kind == "Figure"]
        assert pictures and all(len(str(one.get("/Alt", ""))) > 20 for one in pictures)
        assert kinds.count("Table") == sum(part.grid is not None for part in _shown(published))
        assert kinds.count("TH") > kinds.count("Table") and "TD" in kinds


def _shown(published: Publication) -> list[Any]:
    return list(queries.published_document(published).parts)


def test_the_word_file_has_headings_alt_texts_header_rows_and_a_language(published: Publication) -> None:
    file = docx.Document(io.BytesIO(bytes(published.word)))
    headings = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [("Heading 1", published.title), *(("Heading 2", part.title) for part in _shown(published))]
    pictures = file.inline_shapes
    figures = [part.figure for part in _shown(published) if part.figure]
    assert [one._inline.docPr.get("descr") for one in pictures] == [one.says for one in figures]
    assert len(file.tables) == sum(part.grid is not None for part in _shown(published))
    for table in file.tables:
        marked = [row._tr.trPr is not None and row._tr.trPr.find(f"{WORD}tblHeader") is not None for row in table.rows]
        assert marked == [True] + [False] * (len(marked) - 1)
    language = file.styles["Normal"].element.rPr.find(f"{WORD}lang")
    assert language.get(f"{WORD}val") == "en-GB" == file.core_properties.language
    assert (file.core_properties.title, file.core_properties.author) == (published.title, "Goldthread")


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which files were drawn; that is slow, so it must not happen for every reader."""
    # The world is one for the whole run: what another file of tests had drawn of the same report may lie there.
    shutil.rmtree(Path(settings.DATA) / "drawn", ignore_errors=True)
    drawn: list[str] = []

    def counted(form: str, draw: Callable[..., bytes]) -> Callable[..., bytes]:
        def count(*given: Any, **more: Any) -> bytes:
            drawn.append(form)
            return draw(*given, **more)

        return count

    for form, draw in list(kept.FORMS.items()):
        monkeypatch.setitem(kept.FORMS, form, counted(form, draw))
    return drawn


def test_a_file_is_drawn_once_for_all_its_readers_and_lies_sealed(world: World, drawings: list[str]) -> None:
    report = report_of(world, "draft")
    for name, form in (("report_pdf", "pdf"), ("report_word", "docx"), ("report_odt", "odt")):
        first, second = (client_for(world.people[who]).get(at(name, report)) for who in ("lead", "inspector"))
        assert first.status_code == 200 and first.content == second.content
        assert drawings.count(form) == 1
    folder = Path(settings.DATA) / "drawn" / str(report.inspection_id)
    assert len(list(folder.iterdir())) == 3
    for path in folder.iterdir():
        assert path.read_bytes()[:3] == b"GS1"
        with pytest.raises(sealing.CannotUnseal):
            sealing.unseal(world.other.inspection, path.read_bytes(), purpose=f"drawn:{path.name}")


def test_a_file_is_drawn_anew_when_the_report_changed_or_what_was_kept_is_spoilt(
    world: World, drawings: list[str]
) -> None:
    document, inspection = queries.document(report_of(world, "draft")), world.own.inspection
    kept.drawn(document, inspection, "pdf", draft=False)
    before = len(drawings)
    assert kept.drawn(document, inspection, "pdf", draft=False).startswith(b"%PDF") and len(drawings) == before
    changed = queries.document(report_of(world, "submitted"))
    kept.drawn(changed, inspection, "pdf", draft=False)
    kept.drawn(document, inspection, "pdf", draft=True)
    after = len(drawings)
    for path in (Path(settings.DATA) / "drawn" / str(inspection.pk)).iterdir():
        path.write_bytes(b"GS1 spoilt")
    assert kept.drawn(document, inspection, "pdf", draft=False).startswith(b"%PDF") and len(drawings) == after + 1


def test_only_so_many_files_are_kept(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(kept, "MOST_KEPT", 3)
    monkeypatch.setitem(kept.FORMS, "pdf", lambda document, **told: document.title.encode())
    document = queries.document(report_of(world, "draft"))
    from dataclasses import replace

    for number in range(6):
        kept.drawn(replace(document, title=f"Version {number}"), world.own.inspection, "pdf", draft=True)
    assert len(list((tmp_path / "drawn" / str(world.own.inspection.pk)).iterdir())) == 3


def test_the_checker_reads_it_as_everybody_will_and_a_note_is_not_lost(world: World) -> None:
    report = report_of(world, "submitted")
    checker = client_for(world.people["quality-assurance"])
    page = checker.get(at("report_check", report)).content.decode()
    assert "Where somebody could be recognised" in page and "data-autosave" in page
    for line in report.sections.get(slug="strengths").sentences.all():
        assert line.text.split(" is ")[0] in page
    answer = checker.post(at("report_check", report), {"decision": "send-back", "note": " ", "version": report.version})
    assert answer.status_code == 422 and "Say what must change" in answer.content.decode()
    stale = {"decision": "send-back", "note": "A long note.", "version": report.version - 1}
    answer = checker.post(at("report_check", report), stale)
    assert answer.status_code == 409 and "A long note." in answer.content.decode()
    assert Report.objects.get(pk=report.pk).status == "submitted"


def test_writers_are_not_offered_to_check_and_checkers_not_to_write(world: World) -> None:
    report = report_of(world, "submitted")
    lead, checker = client_for(world.people["lead"]), client_for(world.people["quality-assurance"])
    assert "Check it" not in lead.get(at("report_version", report)).content.decode()
    assert lead.post(at("report_check", report), {"decision": "approve"}).status_code == 403
    assert "Check it" in checker.get(at("report_version", report)).content.decode()
    assert checker.post(at("report_submit", report), {"version": 1}).status_code == 403


def test_a_section_that_was_closed_meanwhile_gives_the_text_back(world: World) -> None:
    report = report_of(world, "submitted")
    section = report.sections.get(slug="strengths")
    sent = {"text": "Typed for an hour.", "paragraph": "1", "rests_on": "", "version": section.version}
    answer = client_for(world.people["lead"]).post(at("report_section", report, section="strengths"), sent)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Typed for an hour." in words and "no longer a draft" in words


@pytest.mark.parametrize(
    "name", ["published_report", "published_pdf", "published_word", "published_odt", "published_json"]
)
def test_everybody_reads_what_is_published_without_any_thread(world: World, published: Publication, name: str) -> None:
    answer = client_for(world.people["no-role"]).get(reverse(name, kwargs={"slug": published.slug}))
    assert answer.status_code == 200
    body = answer.content
    assert b"/inspections/" not in body and str(published.report.inspection_id).encode() not in body
    if name == "published_json":
        told = answer.json()
        assert told["sha256"] == published.sha256 and told["title"] == published.title
    if name == "published_pdf":
        assert body == bytes(published.pdf)


def test_whoever_publishes_or_moves_on_is_told_what_is_still_open(world: World) -> None:
    report = report_of(world, "draft")
    said = client_for(world.people["lead"]).get(at("report_publish", report)).content.decode()
    assert "files are not reviewed." in said
    move = reverse("inspection_move", args=[report.inspection_id])
    report.inspection.status = "fieldwork"
    report.inspection.save()
    assert "files are not reviewed." in client_for(world.people["lead"]).get(move).content.decode()


def test_the_report_names_its_council_and_the_kind_of_exercise(world: World, published: Publication) -> None:
    inspection = published.report.inspection
    page = client_for(world.people["member"]).get(reverse("published_report", args=[published.slug])).content.decode()
    main = page[page.index("<main") :]
    assert inspection.authority in main
    assert inspection.get_kind_display() in main
    word = [one.text for one in docx.Document(io.BytesIO(bytes(published.word))).paragraphs]
    assert inspection.authority in word[:6]
    assert inspection.get_kind_display() in word[:6]


def test_two_who_change_a_section_compare_sentences_and_not_a_file(world: World) -> None:
    report = report_of(world, "draft")
    section = queries.sections(report)[0]
    where, browser = at("report_section", report, section=section.slug), client_for(world.people["lead"])
    typed = {"text": ["Mine."], "paragraph": ["1"], "rests_on": [""], "version": section.version - 1}
    told = browser.post(where, typed)
    assert told.status_code == 409
    assert (
        "The sentences of this section" in told.content.decode() and "The text of the file" not in told.content.decode()
    )
