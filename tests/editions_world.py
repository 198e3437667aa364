"""Editions of the published report in the world of tests, in three states; and notices that correct it, in two."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from goldthread.apps.reports import actions, queries
from goldthread.apps.reports.models import CorrectionNotice, Edition, Publication, Report
from goldthread.apps.reports.points import ABOUT, Written

if TYPE_CHECKING:
    from tests.world import Place


def editions(place: Place, report: Report) -> None:
    """Three editions of a published report, in three states; whatever is published of them everybody may read."""
    draft = _written(place, _begun(place, report, "children", "en", "draft-report"), "draft-report")
    submitted = _written(place, _begun(place, report, "easy-read", "en", "draft-report"), "draft-report")
    submitted = actions.submit_edition(edition=submitted, by=place["lead"])
    published = _written(place, _begun(place, report, "children", "pl", "public"), "public")
    actions.submit_edition(edition=published, by=place["lead"])
    actions.approve_edition(
        edition=published, note=place.say("draft-report", "note on an edition"), by=place["disclosure-checker"]
    )
    held = actions.publish_edition(edition=published, by=place["lead"])
    for state, one in (("published", published), ("submitted", submitted), ("draft", draft)):
        place.note("edition", state, edition=one.pk)
    place.note("published edition", "", slug=held.publication.slug, told=held.slug, ending="json")


def notices(place: Place, publication: Publication) -> None:
    """Two correction notices on what is published: one that everybody reads, one that waits to be passed."""
    passed, waits = (_notice(place, publication, klass) for klass in ("public", "draft-report"))
    note = place.say("draft-report", "note on a notice")
    actions.publish_notice(notice=passed, note=note, by=place["quality-assurance"])
    place.note("notice", "passed", notice=passed.pk)
    place.note("notice", "waits", notice=waits.pk)


def _notice(place: Place, publication: Publication, klass: str) -> CorrectionNotice:
    return actions.write_notice(
        publication=publication, place="help-and-protection.0", wrong=place.say(klass, "what was wrong"),
        right=place.say(klass, "what is right"), why=place.say(klass, "why it was wrong"), client_key=uuid4(),
        by=place["lead"],
    )  # fmt: skip


def _begun(place: Place, report: Report, form: str, language: str, klass: str) -> Edition:
    title = place.canaries.plant(klass, "title of an edition", place.name)
    return actions.make_edition(
        report=report, form=form, language=language, title=title, client_key=uuid4(), by=place["lead"]
    )


def _written(place: Place, edition: Edition, klass: str) -> Edition:
    """Every point as it begins, with words of its own about the report, and the last but one left out."""
    held = {one.key: Written(one.key, one.text, "star") for one in queries.written(edition)}
    held[ABOUT] = Written(ABOUT, place.say(klass, "what an edition is about") + ".", "star")
    last = queries.points(edition.report)[-2].key
    held[last] = Written(last, because=place.say(klass, "why a point is left out"))
    abroad = edition.language != "en"
    return actions.change_edition(
        edition=edition, title=edition.title, points=held, version=edition.version, by=place["lead"],
        headings={"well": place.say(klass, "a heading of an edition")} if abroad else {},
        native_reader=place.canaries.plant(klass, "a native reader", place.name) if abroad else "",
    )  # fmt: skip
