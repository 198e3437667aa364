"""Every module with specs of the Department's rules: to import this is to have them all."""

import pkgutil
from importlib import import_module

from tests import kernel
from tests.kernel import statutory_specs

for _module in pkgutil.iter_modules(kernel.__path__):
    if _module.name.startswith("statutory_specs_") and _module.name != "statutory_specs_of_all":
        import_module(f"tests.kernel.{_module.name}")

LOADED = statutory_specs.SPECS
