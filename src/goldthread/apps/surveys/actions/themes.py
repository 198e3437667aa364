"""Sorting what was written into themes, by people: making, renaming and merging them, putting them on the shelf."""

import hashlib
from collections.abc import Collection, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from goldthread.apps.access.actions import require, require_version
from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Refused
from goldthread.apps.access.roles import Side
from goldthread.apps.evidence import actions as evidence
from goldthread.apps.evidence.models import EvidenceKind
from goldthread.apps.inspections.meanwhile import require_unchanged
from goldthread.apps.journal.actions import write as journal
from goldthread.apps.journal.events import Events
from goldthread.apps.surveys.models import Coded, Shelved, Status, Survey, Theme, ThemeStatus, Words, WordsStatus
from goldthread.apps.surveys.queries.themes import (
    ThemeShare,
    in_use,
    share_of,
    sorting,
    stands_for,
    theme_shares,
    theme_summary,
    themes_of,
)
from goldthread.apps.surveys.rules import Wrong, id_of, locked, locked_words, require_areas, require_length
from goldthread.domain import lifecycle

LONGEST_NAME, LONGEST_MEANS = 60, 300


@transaction.atomic
def make_theme(*, survey: Survey, name: str, means: str, client_key: UUID, by: Actor) -> Theme:
    """Add a theme to the code book of a survey. The same key twice gives the same."""
    require(by, Permission.SURVEY_RUN, survey.inspection.target(side=Side.TEAM))
    survey = locked(survey)
    if existing := Theme.objects.filter(inspection_id=survey.inspection_id, client_key=client_key).first():
        return existing
    return _made(survey, name, means, client_key, by)


@transaction.atomic
def rename_theme(*, theme: Theme, name: str, means: str, version: int, by: Actor) -> Theme:
    """Say differently what a theme is called and what belongs there. On the shelf it is superseded."""
    require(by, Permission.SURVEY_RUN, theme.target())
    survey = locked(theme.survey)
    theme = _locked_theme(theme)
    name, means = _sound(survey, name, means, but=theme)
    yours, theirs = {"name": name, "means": means}, {"name": theme.name, "means": theme.means}
    require_version(theme.version, version, theirs=theirs, yours=yours, about=theme)
    theme.name, theme.means, theme.version = name, means, theme.version + 1
    theme.save(update_fields=["name", "means", "version"])
    journal(Events.SURVEY_THEME_RENAMED, by=by, about=theme, chain=theme.inspection_id)
    refresh_shelf(survey=survey, by=by)
    return theme


@transaction.atomic
def merge_theme(*, theme: Theme, into: UUID, version: int, by: Actor) -> Theme:
    """Let the texts of a theme count for another of the same survey. Each text keeps what it was sorted into."""
    require(by, Permission.SURVEY_RUN, theme.target())
    survey = locked(theme.survey)
    theme = _locked_theme(theme)
    require_unchanged(theme, version, about=theme, chain=theme.inspection_id)
    lifecycle.require_move(ThemeStatus, theme.status, ThemeStatus.MERGED)
    taking = next((one for one in in_use(survey) if one.pk == into and one.pk != theme.pk), None)
    if taking is None:
        raise Wrong("into", "Choose another theme of this survey.")
    theme.status, theme.merged_into, theme.version = ThemeStatus.MERGED, taking, theme.version + 1
    theme.save(update_fields=["status", "merged_into", "version"])
    journal(Events.SURVEY_THEME_MERGED, by=by, about=theme, chain=theme.inspection_id, into=taking.mark)
    refresh_shelf(survey=survey, by=by)
    return theme


@transaction.atomic
def part_theme(*, theme: Theme, version: int, by: Actor) -> Theme:
    """Take the merging of a theme back: it stands by itself again, with the texts that it had."""
    require(by, Permission.SURVEY_RUN, theme.target())
    survey = locked(theme.survey)
    theme = _locked_theme(theme)
    require_unchanged(theme, version, about=theme, chain=theme.inspection_id)
    lifecycle.require_move(ThemeStatus, theme.status, ThemeStatus.IN_USE)
    theme.status, theme.merged_into, theme.version = ThemeStatus.IN_USE, None, theme.version + 1
    theme.save(update_fields=["status", "merged_into", "version"])
    journal(Events.SURVEY_THEME_PARTED, by=by, about=theme, chain=theme.inspection_id)
    refresh_shelf(survey=survey, by=by)
    return theme


@transaction.atomic
def code_words(*, words: Words, themes: Collection[UUID], new: str, version: int, by: Actor) -> Words:
    """Sort one released text into themes of its survey: several, or none where none fits. `new` names a further one.

    Raises Refused for what was not released to the team.
    """
    require(by, Permission.SURVEY_RUN, words.target())
    survey = locked(words.survey)
    words = locked_words(words)
    require_unchanged(words, version, about=words, chain=words.inspection_id)
    if words.status != WordsStatus.RELEASED:
        raise Refused("Only what was released to the team is sorted into themes.")
    wanted = set(themes)
    if not wanted <= {one.pk for one in in_use(survey)}:
        raise Wrong("themes", "Choose themes of this survey that are in use.")
    if new.strip():
        wanted.add(_made(survey, new, "", uuid4(), by, field="new").pk)
    ends = stands_for(themes_of(survey))
    held = {one.pk: ends[one.theme_id] for one in words.coded.all()}
    words.coded.filter(pk__in=[pk for pk, end in held.items() if end not in wanted]).delete()
    for one in wanted - set(held.values()):
        Coded.objects.create(words=words, theme_id=one, by_id=id_of(by))
    words.themed, words.version = True, words.version + 1
    words.save(update_fields=["themed", "version"])
    journal(Events.SURVEY_WORDS_CODED, by=by, about=words, chain=words.inspection_id, themes=len(wanted))
    refresh_shelf(survey=survey, by=by)
    return words


@transaction.atomic
def shelve_theme(*, theme: Theme, areas: Sequence[str], client_key: UUID, by: Actor) -> Shelved:
    """Put a theme with its share on the shelf. It quotes nobody. The same key twice gives the same.

    Raises Refused while the survey is open, while a released text is still to be read, and below ten texts.
    """
    require(by, Permission.SURVEY_RUN, theme.target())
    survey = locked(theme.survey)
    theme = _locked_theme(theme)
    if existing := Shelved.objects.filter(inspection_id=survey.inspection_id, client_key=client_key).first():
        return existing
    share = _sound_to_shelve(survey, theme)
    require_areas(survey.inspection, areas)
    summary = theme_summary(share)
    before = survey.shelved.filter(theme=theme, evidence_item__status="current").first()
    days = sorted(survey.words.filter(status=WordsStatus.RELEASED).values_list("day", flat=True))
    item = evidence.shelve(
        inspection=survey.inspection, kind=EvidenceKind.SURVEY, by=by, areas=areas, summary=summary,
        title=f"{survey.who}, survey {survey.mark}: theme “{theme.name}”",
        source_hash=hash_of(theme, summary), about_from=days[0], about_to=days[-1],
        replaces=before.evidence_item if before else None,
    )  # fmt: skip
    made = Shelved.objects.create(
        inspection=survey.inspection, side=Side.TEAM, survey=survey, question="", theme=theme, evidence_item=item,
        client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
    journal(Events.SURVEY_THEME_SHELVED, by=by, about=theme, chain=survey.inspection_id, item=item.mark)
    return made


def refresh_shelf(*, survey: Survey, by: Actor) -> None:
    """Supersede what stands on the shelf of themes and is no longer so: whatever leans on it says “check again”.

    What was superseded and is so again, as after a merging was taken back, is current again where nothing replaced it.
    """
    rows = (
        survey.shelved.exclude(theme=None).exclude(evidence_item__status="withdrawn").order_by("evidence_item__number")
    )
    newest = {one.theme_id: one for one in rows.select_related("evidence_item", "theme")}
    held = [one for one in newest.values() if one.evidence_item.replaced_by_id is None]
    if not held:
        return
    now: dict[UUID | None, str] = {one.theme.pk: hash_of(one.theme, theme_summary(one)) for one in theme_shares(survey)}
    for one in held:
        so = now.get(one.theme_id) == one.evidence_item.source_hash
        if one.evidence_item.current and not so:
            evidence.supersede(item=one.evidence_item, new=None, by=by)
        elif so and not one.evidence_item.current:
            evidence.reinstate(item=one.evidence_item, by=by)


def hash_of(theme: Theme, summary: str) -> str:
    """What a theme on the shelf rests on: its name, what it means and its share."""
    return hashlib.sha256(f"{theme.name}\n{summary}".encode()).hexdigest()


def _sound_to_shelve(survey: Survey, theme: Theme) -> ThemeShare:
    if survey.status != Status.CLOSED:
        raise Refused("Close the survey first: while it is open more texts may come.")
    if theme.status != ThemeStatus.IN_USE:
        raise Refused("This theme was merged into another. Put that one on the shelf.")
    if left := sorting(survey).left:
        raise Refused(f"Read every released text for themes first; still to be read: {left}.")
    share = share_of(theme)
    if not share.sound:
        raise Refused("Fewer than ten texts were read for themes, so that no share is shown.")
    return share


def _made(survey: Survey, name: str, means: str, client_key: UUID, by: Actor, field: str = "name") -> Theme:
    name, means = _sound(survey, name, means, field=field)
    last = survey.themes.aggregate(last=Max("number"))["last"] or 0
    made = Theme.objects.create(
        inspection_id=survey.inspection_id, side=Side.TEAM, survey=survey, number=last + 1, name=name, means=means,
        client_key=client_key, created_by_id=id_of(by),
    )  # fmt: skip
    journal(Events.SURVEY_THEME_MADE, by=by, about=made, chain=survey.inspection_id)
    return made


def _sound(survey: Survey, name: str, means: str, *, but: Theme | None = None, field: str = "name") -> tuple[str, str]:
    """The name and meaning of a theme, as they are kept. Raises Wrong."""
    name = " ".join(require_length(field, name, LONGEST_NAME).split())
    means = " ".join(require_length("means", means, LONGEST_MEANS).split())
    if not name:
        raise Wrong(field, "Write what the theme is called.")
    same = [one for one in themes_of(survey) if one.name.casefold() == name.casefold() and one.pk != (but and but.pk)]
    if same:
        raise Wrong(field, f"{same[0].mark} is called so already. Use it, or choose another name.")
    return name, means


def _locked_theme(theme: Theme) -> Theme:
    return Theme.objects.select_for_update(of=("self",)).select_related("inspection", "survey").get(pk=theme.pk)
