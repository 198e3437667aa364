"""Pictures of care leavers (list 9)."""

import polars as pl

from goldthread.domain.disclosure import Merging
from goldthread.kernel.charts import STATES, Chart, whole_bars
from goldthread.kernel.context import Context
from goldthread.kernel.picture import Picture, Service, Shown, Tables
from goldthread.kernel.pictures.labels import IN_ORDER, draw_states, labelled, only_held, state_rows

AGES = ("17", "18", "19", "20", "21", "22 and over", "Age not known")
ACTIVITIES: dict[str, tuple[str, ...]] = {
    "Higher education": ("F1", "P1"),
    "Other education": ("F2", "P2"),
    "Apprenticeship": ("F4", "P4"),
    "Training or work": ("F3", "P3", "F5", "P5"),
    "Not: illness or disability": ("G4",),
    "Not: pregnancy or parenting": ("G6",),
    "Not: other reasons": ("G5",),
}
"""What a care leaver does, in the categories of the return; “not” is in no education, employment or training."""

IN_EET = tuple(ACTIVITIES)[:4]
UNKNOWN = "Not known"
SUITABLE, UNSUITABLE = "Suitable home", "Unsuitable home"
TOUCH = {
    "YES": "In touch",
    "NO": "Not in touch",
    "REFU": "Contact refused",
    "NREQ": "Contact not required",
    "RHOM": "Returned home",
}
DUTIES = (("CL-09", "Contact"), ("CL-10", "Pathway plan reviewed"))
_KINDS = {code: name for name, codes in ACTIVITIES.items() for code in codes}


def _living(tables: Tables) -> pl.LazyFrame:
    return tables["care_leavers"].filter((pl.col("in_touch") != "DIED").fill_null(True))


def _age(context: Context) -> pl.Expr:
    age = context.age()
    label = pl.when(age.is_null() | (age < 0)).then(pl.lit(AGES[-1])).when(age >= 22).then(pl.lit(AGES[5]))
    for number in (18, 19, 20, 21):
        label = label.when(age == number).then(pl.lit(str(number)))
    return label.otherwise(pl.lit(AGES[0]))


def _activity(tables: Tables, context: Context) -> pl.LazyFrame:
    what = pl.col("activity").replace_strict(_KINDS, default=UNKNOWN)
    return labelled(_living(tables), "care_leavers", _age(context), what)


def _home(tables: Tables, context: Context) -> pl.LazyFrame:
    what = pl.col("suitability").replace_strict({"SUITABLE": SUITABLE, "UNSUITABLE": UNSUITABLE}, default=UNKNOWN)
    return labelled(_living(tables), "care_leavers", _age(context), what)


def _touch(tables: Tables, context: Context) -> pl.LazyFrame:
    what = pl.col("in_touch").replace_strict(TOUCH, default=UNKNOWN)
    return labelled(_living(tables), "care_leavers", _age(context), what)


def _bars(shown: Shown, part: str, told: tuple[str, ...] = ()) -> Chart:
    return whole_bars(only_held(shown).of, "care leavers", part, names=("age", "what"), told=shown.of.those(told))


PICTURES: tuple[Picture, ...] = (
    Picture(
        slug="leaver-states", service=Service.LEAVERS, asks="What is done in time, late, and not yet due?",
        needs=("care_leavers",), first=tuple(duty for _, duty in DUTIES), second=STATES,
        rows=lambda tables, context: state_rows(DUTIES, tables, context), draw=draw_states,
    ),
    Picture(
        slug="leaver-activity", service=Service.LEAVERS, asks="What are care leavers doing?", needs=("care_leavers",),
        first=AGES, second=(*ACTIVITIES, UNKNOWN), rows=_activity,
        merges={"first": IN_ORDER, "second": Merging((IN_EET, tuple(ACTIVITIES)[4:]))},
        draw=lambda shown: _bars(shown, "In education, employment or training", IN_EET),
    ),
    Picture(
        slug="leaver-homes", service=Service.LEAVERS, asks="Do care leavers live in suitable homes?",
        needs=("care_leavers",), first=AGES, second=(SUITABLE, UNSUITABLE, UNKNOWN), rows=_home,
        merges={"first": IN_ORDER, "second": Merging(((UNSUITABLE, UNKNOWN),))},
        draw=lambda shown: _bars(shown, SUITABLE),
    ),
    Picture(
        slug="leaver-touch", service=Service.LEAVERS, asks="Is the authority in touch with its care leavers?",
        needs=("care_leavers",), first=AGES, second=(*TOUCH.values(), UNKNOWN), rows=_touch,
        merges={"first": IN_ORDER, "second": Merging(((*tuple(TOUCH.values())[1:], UNKNOWN),))},
        draw=lambda shown: _bars(shown, "In touch"),
    ),
)  # fmt: skip
