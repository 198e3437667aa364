"""Every module with specs of the Department's rules: to import this is to have them all."""

from tests.kernel import (  # noqa: F401 - they add specs
    statutory_specs,
    statutory_specs_asylum,
    statutory_specs_header,
    statutory_specs_missing,
    statutory_specs_of_census_children,
    statutory_specs_of_census_episodes,
    statutory_specs_of_census_modules,
    statutory_specs_of_census_plans,
    statutory_specs_upload,
)

LOADED = statutory_specs.SPECS
