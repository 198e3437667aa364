"""Every module with specs of the Department's rules: to import this is to have them all."""

from tests.kernel import (  # noqa: F401 - they add specs
    statutory_specs,
    statutory_specs_asylum,
    statutory_specs_episode_cells,
    statutory_specs_episode_limits,
    statutory_specs_episode_places,
    statutory_specs_episode_sequence,
    statutory_specs_episode_years,
    statutory_specs_header,
    statutory_specs_missing,
    statutory_specs_sw_episodes,
    statutory_specs_upload,
)

LOADED = statutory_specs.SPECS
