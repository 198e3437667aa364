"""The Department for Education's validation rules of the SSDA903 return, module by module of the return."""

from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.ssda903 import (
    ad1,
    asylum,
    dolo,
    episodes,
    header,
    missing,
    oc2,
    oc3,
    placed_adoption,
    previous_permanence,
    retired,
    reviews,
    upload,
)

RULES: tuple[Rule, ...] = (
    *upload.RULES,
    *header.RULES,
    *asylum.RULES,
    *episodes.RULES,
    *reviews.RULES,
    *oc2.RULES,
    *oc3.RULES,
    *ad1.RULES,
    *placed_adoption.RULES,
    *missing.RULES,
    *previous_permanence.RULES,
    *dolo.RULES,
    *retired.RULES,
)
