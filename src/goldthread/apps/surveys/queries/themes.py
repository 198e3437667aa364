"""Themes of what was written: what was sorted into each, and the share of the texts, at ten or more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor
from goldthread.apps.inspections.queries import visible
from goldthread.apps.surveys.models import Coded, Survey, Theme, ThemeStatus, Words, WordsStatus
from goldthread.domain.disclosure.counts import answer_shown
from goldthread.domain.disclosure.profiles import CONFIDENTIAL
from goldthread.domain.intervals import wilson
from goldthread.domain.surveys import FEWEST


@dataclass(frozen=True, slots=True)
class ThemeShare:
    """How many of the texts that were read for themes belong to one, in whole percent, and between which percentages
    it may lie by chance (95%, Wilson).

    A text may belong to several themes. `shown` is `c` below ten texts; `low` and `high` are then None, as they are
    where the share is put in words.
    """

    theme: Theme
    of: int
    shown: str
    low: int | None
    high: int | None

    @property
    def sound(self) -> bool:
        """Whether enough texts were read for its share to be shown."""
        return self.of >= FEWEST


@dataclass(frozen=True, slots=True)
class Sorting:
    """How far the sorting of a survey's released texts has come."""

    read: int
    released: int

    @property
    def left(self) -> int:
        """How many released texts nobody has read for themes yet."""
        return self.released - self.read


def themes_of(survey: Survey) -> list[Theme]:
    """The code book of a survey, the first made first; those that were merged among them."""
    return list(survey.themes.select_related("merged_into"))


def in_use(survey: Survey) -> list[Theme]:
    """The themes into which texts are sorted now."""
    return [one for one in themes_of(survey) if one.status == ThemeStatus.IN_USE]


def one_theme(actor: Actor, inspection: UUID, survey: UUID, theme: UUID) -> Theme:
    """One theme. Raises Theme.DoesNotExist where the actor may not know of it."""
    rows = Theme.objects.select_related("survey__inspection", "inspection", "merged_into")
    return visible(rows, actor, Permission.SURVEY_READ).get(inspection_id=inspection, survey_id=survey, pk=theme)


def stands_for(themes: Iterable[Theme]) -> Mapping[UUID, UUID]:
    """For each theme the one that its texts count for: itself, or the one that it was merged into in the end."""
    into = {one.pk: one.merged_into_id for one in themes}
    ends: dict[UUID, UUID] = {}
    for first in into:
        at = first
        while (then := into.get(at)) is not None:
            at = then
        ends[first] = at
    return ends


def sorting(survey: Survey) -> Sorting:
    """How many of the released texts were read for themes."""
    rows = survey.words.filter(status=WordsStatus.RELEASED)
    return Sorting(rows.filter(themed=True).count(), rows.count())


def next_text(survey: Survey) -> Words | None:
    """A released text that nobody has read for themes, the oldest day first; None where there is none."""
    return survey.words.filter(status=WordsStatus.RELEASED, themed=False).order_by("day", "pk").first()


def _sorted_into(survey: Survey) -> dict[UUID, set[int]]:
    """The released texts of each theme that is in use, those of the themes merged into it among them."""
    ends, held = stands_for(themes_of(survey)), dict[UUID, set[int]]()
    for words, theme in Coded.objects.filter(
        theme__survey=survey, words__status=WordsStatus.RELEASED, words__themed=True
    ).values_list("words_id", "theme_id"):
        held.setdefault(ends[theme], set()).add(words)
    return held


def theme_shares(survey: Survey) -> list[ThemeShare]:
    """The share of each theme in use, of the released texts that were read for themes."""
    of, held = sorting(survey).read, _sorted_into(survey)
    return [_share(one, len(held.get(one.pk, ())), of) for one in in_use(survey)]


def _share(theme: Theme, many: int, of: int) -> ThemeShare:
    if of < FEWEST:
        return ThemeShare(theme, of, CONFIDENTIAL, None, None)
    shown, bounds = answer_shown(many, of), wilson(many, of)
    if not shown.endswith("%"):
        return ThemeShare(theme, of, shown, None, None)
    return ThemeShare(theme, of, shown, round(100 * bounds.low), round(100 * bounds.high))


def share_of(theme: Theme) -> ThemeShare:
    """The share of one theme that is in use. Raises Theme.DoesNotExist where it was merged."""
    found = [one for one in theme_shares(theme.survey) if one.theme.pk == theme.pk]
    if not found:
        raise Theme.DoesNotExist
    return found[0]


def theme_summary(share: ThemeShare) -> str:
    """A theme in a sentence, as the shelf keeps it. It quotes nobody."""
    means = f"{share.theme.means.rstrip('.')}. " if share.theme.means else ""
    range_ = f" (by chance {share.low}% to {share.high}%)" if share.low is not None else ""
    return f"{means}{share.of} texts were read for themes; of this theme: {share.shown}{range_}."


def texts_of(theme: Theme) -> QuerySet[Words]:
    """The released texts of a theme, those of the themes merged into it among them."""
    ends = stands_for(themes_of(theme.survey))
    held = Coded.objects.filter(theme__in=[one for one, end in ends.items() if end == theme.pk])
    rows = Words.objects.select_related("survey__inspection").filter(status=WordsStatus.RELEASED, themed=True)
    return rows.filter(pk__in=held.values("words")).order_by("day", "pk")


def themes_of_text(words: Words) -> set[UUID]:
    """The themes in use that a text was sorted into."""
    ends = stands_for(themes_of(words.survey))
    return {ends[one] for one in words.coded.values_list("theme_id", flat=True)}
