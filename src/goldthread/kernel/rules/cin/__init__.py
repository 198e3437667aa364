"""The Department for Education's validation rules of the CIN census, module by module of the census."""

from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.cin import (
    activity,
    assessments,
    children,
    details,
    plans,
    protection,
    pupil_numbers,
    section_47,
)

RULES: tuple[Rule, ...] = (
    *children.RULES,
    *pupil_numbers.RULES,
    *details.RULES,
    *activity.RULES,
    *assessments.RULES,
    *plans.RULES,
    *section_47.RULES,
    *protection.RULES,
)
