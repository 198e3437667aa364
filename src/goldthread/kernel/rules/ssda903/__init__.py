"""The Department for Education's validation rules of the SSDA903 return, module by module of the return."""

from goldthread.kernel.rule import Rule

RULES: tuple[Rule, ...] = ()
