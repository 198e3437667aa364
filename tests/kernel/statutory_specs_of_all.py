"""Every module with specs of the Department's rules: to import this is to have them all."""

from tests.kernel import (  # noqa: F401 - they add specs
    statutory_specs,
    statutory_specs_of_ad1,
    statutory_specs_of_few,
    statutory_specs_of_oc2,
    statutory_specs_of_oc3,
    statutory_specs_of_placed,
)

LOADED = statutory_specs.SPECS
