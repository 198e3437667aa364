"""The rules of Annex A, a file for each theme. Codes are those of our own catalogue; none is Ofsted's or the DfE's."""

from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.annex_a import (
    across,
    adoption,
    care,
    care_in_time,
    front_door,
    general,
    identity,
    keys,
    leavers,
    need,
    periods,
    protection,
    snapshots,
    whole_lists,
)

RULES: tuple[Rule, ...] = (
    *general.RULES,
    *identity.RULES,
    *keys.RULES,
    *periods.RULES,
    *front_door.RULES,
    *need.RULES,
    *protection.RULES,
    *care.RULES,
    *care_in_time.RULES,
    *leavers.RULES,
    *adoption.RULES,
    *across.RULES,
    *whole_lists.RULES,
    *snapshots.RULES,
)
