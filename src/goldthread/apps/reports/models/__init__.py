"""What is kept of reports: versions with their threads, the check of facts, editions, correction notices."""

from goldthread.apps.reports.models.checks import ReportCheck
from goldthread.apps.reports.models.editions import CorrectionNotice, Edition, EditionPoint, PublishedEdition
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
    "Publication",
    "PublishedEdition",
    "Report",
    "ReportCheck",
    "Section",
    "Sentence",
]
