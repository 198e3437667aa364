"""Reading what checkers said of a version, blind until both have, and what could let somebody be recognised in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.access.roles import ROLES
from goldthread.apps.drafting import known
from goldthread.apps.evidence.models import EvidenceItem, EvidenceKind
from goldthread.apps.findings import queries as findings
from goldthread.apps.findings.models import Citation
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.reports.models import Report, ReportCheck, Sentence
from goldthread.apps.reports.queries.amounts import unborne
from goldthread.apps.reports.queries.versions import document, loose, sections, unanswered
from goldthread.domain import lifecycle
from goldthread.domain.hearing import TIERS, Tier
from goldthread.domain.recognition import Doubt, doubts

CHECKERS = 2
"""So many people pass a version before it may be published (security reference 4.3, the release gate)."""


def checks_that_count(report: Report) -> list[ReportCheck]:
    """The checks of a version as it stands; one of anything else than it says now counts no more."""
    held = list(report.checks.filter(counts=True))
    now = document(report).digest() if held else ""
    return [one for one in held if one.content_hash == now]


@dataclass(frozen=True, slots=True)
class Checks:
    """What a reader may know of the checks of a version: how many are in, their own, and all once they are settled."""

    given: int
    wanted: int
    own: ReportCheck | None
    settled: tuple[ReportCheck, ...]

    @property
    def waits(self) -> bool:
        """Whether a check is in, and not all."""
        return 0 < self.given < self.wanted


def checks(report: Report, actor: Actor) -> Checks:
    """The checks of a version as this reader may see them: nobody sees another's while one is still to come."""
    counting = checks_that_count(report)
    waiting = report.status == lifecycle.Report.SUBMITTED
    hidden = {one.pk for one in counting} if waiting else set()
    settled = [one for one in report.checks.select_related("person") if one.pk not in hidden]
    own = next((one for one in counting if str(one.person_id) == actor.id), None)
    return Checks(len(counting), CHECKERS, own, tuple(settled))


def gathered(inspection: Inspection, people: Iterable[str]) -> bool:
    """Whether every one of these people has had a role in the inspection that gathers evidence."""
    roles = [slug for slug, role in ROLES.items() if Permission.FINDING_WRITE in role.may]
    among = inspection.memberships.filter(role__in=roles).values_list("person_id", flat=True)
    gatherers = {str(one) for one in among}
    return all(one in gatherers for one in people)


def against(report: Report, actor: Actor) -> list[tuple[Sentence, tuple[Citation, ...]]]:
    """Sentences whose finding has evidence against it, the first of each finding, with that evidence and its answers.

    Nothing for whoever may not read the evidence: a disclosure checker is told that there is some, and not what.
    """
    held = {one.finding.pk: one.contradicts for one in findings.findings(report.inspection, actor) if one.contradicts}
    first: dict[Any, Sentence] = {}
    for line in _written(report):
        if line.finding_id in held:
            first.setdefault(line.finding_id, line)
    return [(line, held[finding]) for finding, line in first.items()]


def texts_to_scan(report: Report) -> dict[str, str]:
    """Every sentence of a version that people wrote, by its number, and its title."""
    return {"title": report.title} | {str(line.pk): line.text for line in _written(report)}


def _written(report: Report) -> Iterator[Sentence]:
    # Facts of the set-up are the inspection's own.
    return (line for one in sections(report) if one.kind != "about" for line in one.sentences.all())


def doubts_in(report: Report) -> list[tuple[Sentence, list[Doubt]]]:
    """Sentences in which somebody might be recognised, with why: by pattern as they stand now, by the words of the
    lists as they stood when they were last looked through."""
    cleared = cleared_words(report.inspection)
    found = [(line, _marked(report, str(line.pk)) + doubts(line.text, cleared)) for line in _written(report)]
    return [(line, held) for line, held in found if held]


def doubts_in_title(report: Report) -> list[Doubt]:
    """The same of the title, which everybody reads first."""
    held = _marked(report, "title") + doubts(report.title)
    return [one for one in held if one.name != "date"]


def _marked(report: Report, key: str) -> list[Doubt]:
    return [Doubt(**one) for one in report.recognised.get(key, ())]


def cleared_words(inspection: Inspection) -> list[str]:
    """Words that whoever said them let be used: those of conversations and surveys on the shelf at that tier."""
    items = EvidenceItem.objects.filter(
        inspection=inspection, kind__in=(EvidenceKind.CONVERSATION, EvidenceKind.SURVEY), status="current",
        detail__terms=TIERS[Tier.WORDS],
    )  # fmt: skip
    return [one.summary for one in items]


def ordinary_words(inspection: Inspection) -> list[str]:
    """Texts of the framework, and the authority's name: a word that stands there in lower case is a word, whoever is
    called so."""
    return [*_texts(known.framework(inspection.framework)), inspection.authority.lower()]


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, tuple | list):
        yield from (text for one in held for text in _texts(one))
    elif is_dataclass(held):
        yield from (text for one in fields(held) for text in _texts(getattr(held, one.name)))


def marked(report: Report) -> list[str]:
    """What the programme marks in a version that its checker has to say something of, in words."""
    told = (
        (doubts_in_title(report), "a title by which somebody could be recognised"),
        (doubts_in(report), "a sentence in which somebody could be recognised"),
        (loose(report), "a sentence that rests on no finding and no judgement"),
        (unborne(report), "an amount that the evidence of its finding does not bear out"),
        (unanswered(report), "evidence against that nobody has answered"),
    )
    return [words for held, words in told if held]
