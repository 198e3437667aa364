"""Every module with specs of the Department's rules: to import this is to have them all."""

from tests.kernel import statutory_specs

LOADED = statutory_specs.SPECS
