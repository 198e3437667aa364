"""Every module with specs of the Department's rules: to import this is to have them all."""

from tests.kernel import statutory_specs
from tests.kernel import statutory_specs_of_episode_cells as _episode_cells  # noqa: F401
from tests.kernel import statutory_specs_of_episode_sequence as _episode_sequence  # noqa: F401

LOADED = statutory_specs.SPECS
