"""Every module with specs of the Department's rules: to import this is to have them all."""

import pkgutil
from importlib import import_module

from tests import kernel
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

for _module in pkgutil.iter_modules(kernel.__path__):
    if _module.name.startswith("statutory_specs_") and _module.name != "statutory_specs_of_all":
        import_module(f"tests.kernel.{_module.name}")

LOADED = statutory_specs.SPECS
