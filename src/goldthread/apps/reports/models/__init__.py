"""What is kept of reports: versions with their threads, the check of facts, editions, correction notices."""

from goldthread.apps.reports.models.checks import ReportCheck
from goldthread.apps.reports.models.editions import CorrectionNotice, Edition, EditionPoint, PublishedEdition
from goldthread.apps.reports.models.embargo import PrePublicationCopy
from goldthread.apps.reports.models.versions import (
    AccuracyAnswer,
    AccuracyComment,
    AccuracyProof,
    CouncilCopy,
    Publication,
    Report,
    Section,
    Sentence,
)

__all__ = [
    "AccuracyAnswer",
    "AccuracyComment",
    "AccuracyProof",
    "CorrectionNotice",
    "CouncilCopy",
    "Edition",
    "EditionPoint",
    "PrePublicationCopy",
    "Publication",
    "PublishedEdition",
    "Report",
    "ReportCheck",
    "Section",
    "Sentence",
]
