"""The Department's rules of Episodes and of the social worker episodes, from the files that hold them by subject."""

from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.ssda903 import (
    episodes_ages,
    episodes_cells,
    episodes_children,
    episodes_last_year,
    episodes_limits,
    episodes_places,
    episodes_providers,
    episodes_sequence,
    sw_episodes,
)

RULES: tuple[Rule, ...] = (
    *episodes_cells.RULES,
    *episodes_sequence.RULES,
    *episodes_limits.RULES,
    *episodes_ages.RULES,
    *episodes_places.RULES,
    *episodes_providers.RULES,
    *episodes_last_year.RULES,
    *episodes_children.RULES,
    *sw_episodes.RULES,
)
