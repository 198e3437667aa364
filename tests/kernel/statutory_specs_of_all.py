"""Every module with specs of the Department's rules: to import this is to have them all."""

from tests.kernel import (  # noqa: F401 - they add specs
    statutory_specs,
    statutory_specs_ad1,
    statutory_specs_asylum,
    statutory_specs_few,
    statutory_specs_header,
    statutory_specs_missing,
    statutory_specs_mothers,
    statutory_specs_oc2,
    statutory_specs_oc3,
    statutory_specs_placed,
    statutory_specs_upload,
)

LOADED = statutory_specs.SPECS
