"""The Department for Education's validation rules of the SSDA903 return, module by module of the return."""

from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.ssda903 import asylum, header, missing, reviews, upload

RULES: tuple[Rule, ...] = (
    *upload.RULES,
    *header.RULES,
    *asylum.RULES,
    *reviews.RULES,
    *missing.RULES,
)
