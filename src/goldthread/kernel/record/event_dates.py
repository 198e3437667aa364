"""Which day a record describes, from its events: for an extract that does not say when it was cut."""

from datetime import date

import polars as pl

from goldthread.kernel.engine import IN_MEMORY
from goldthread.kernel.event_dates import last_day_of_work
from goldthread.kernel.reading import Reading
from goldthread.kernel.record import record_of

EVENTS: dict[str, tuple[str, ...]] = {
    "ssd_contacts": ("cont_contact_date",),
    "ssd_early_help_episodes": ("earl_episode_start_date",),
    "ssd_cin_episodes": ("cine_referral_date",),
    "ssd_cin_assessments": ("cina_assessment_start_date", "cina_assessment_auth_date"),
    "ssd_cin_visits": ("cinv_cin_visit_date",),
    "ssd_s47_enquiry": ("s47e_s47_start_date",),
    "ssd_cp_plans": ("cppl_cp_plan_start_date",),
    "ssd_cp_visits": ("cppv_cp_visit_date",),
    "ssd_cla_episodes": ("clae_cla_episode_start_date",),
    "ssd_cla_reviews": ("clar_cla_review_date",),
    "ssd_cla_visits": ("clav_cla_visit_date",),
    "ssd_missing": ("miss_missing_episode_start_date",),
    "practice_decisions": ("decided_on",),
    "practice_discussions": ("held_on",),
    "practice_wishes": ("recorded_on",),
    "practice_feedback": ("sought_on",),
}
"""Days on which something happened, none of which should lie ahead of the extract."""


def guess_day(reading: Reading) -> date | None:
    """The day that the record's events describe (`last_day_of_work`); None where it has none."""
    record = record_of(reading)
    parts = [
        record[name].select(pl.lit(name).alias("table"), pl.col(column).alias("on"))
        for name, columns in EVENTS.items()
        for column in columns
    ]
    of_day = (pl.len().alias("events"), pl.col("table").n_unique().alias("lists"))
    return last_day_of_work(pl.concat(parts).drop_nulls("on").group_by("on").agg(of_day).collect(engine=IN_MEMORY))
