"""What is done in training: opening it, reviewing its cases, saying when a reviewer is calibrated."""

from goldthread.apps.cases.actions import ClashedAnswer, Typed
from goldthread.apps.training.actions.practice import SavedPractice, begin, reflect, save_answers, sign_off
from goldthread.apps.training.actions.trainings import (
    AUTHORITY,
    open_training,
    open_training_inspection,
    record_export,
    set_level,
    stand_aside,
)

__all__ = [
    "AUTHORITY",
    "ClashedAnswer",
    "SavedPractice",
    "Typed",
    "begin",
    "open_training",
    "open_training_inspection",
    "record_export",
    "reflect",
    "save_answers",
    "set_level",
    "sign_off",
    "stand_aside",
]
