"""The house style of a report, sentence by sentence: length, plain words, hedges that no evidence carries.

English alone. It knows nothing of meaning, so it prompts the writer and decides nothing; what could let somebody be
recognised is looked for elsewhere.
"""

import re
from collections.abc import Mapping

LONGEST = 30
"""Words of a sentence above which its writer is asked to divide it. [J]"""

PLAINER: Mapping[str, str] = {
    "utilise": "use", "utilised": "used", "utilising": "using", "commence": "begin", "commenced": "began",
    "facilitate": "help", "facilitated": "helped", "implement": "carry out", "implemented": "carried out",
    "implementation": "carrying out", "robust": "strong, or say how", "timely": "in time, or say how soon",
    "in order to": "to", "prior to": "before", "with regard to": "about", "in relation to": "about",
    "a number of": "how many", "on a regular basis": "how often", "going forward": "from now on", "endeavour": "try",
    "embed": "make usual", "embedded": "usual", "stakeholders": "who they are", "holistic": "whole",
    "pathway": "what happens next", "step-down": "going on with less help", "service users": "children, families",
    "signposted": "told where to go", "ascertain": "find out", "demonstrate": "show", "demonstrated": "showed",
}  # fmt: skip
"""Words and turns of offices, each with what to write instead. Gathered by the house. [J]"""

HEDGES = (
    "appear to", "appears to", "appeared to", "seem to", "seems to", "seemed to", "arguably", "perhaps", "possibly",
    "it is felt", "it was felt", "it is thought", "it is believed", "to some extent", "generally speaking",
)  # fmt: skip
"""Turns that soften what is said. They stand where a finding with evidence carries them, and nowhere else."""

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’-]*")


def prompts(sentence: str, *, carried: bool) -> list[str]:
    """What the house style says of one sentence, each in a sentence; none where nothing is.

    `carried` says that it rests on a finding for which evidence is cited.
    """
    told = []
    if (length := len(_WORD.findall(sentence))) > LONGEST:
        told.append(f"It has {length} words. Divide it: {LONGEST} at most.")
    told += [f"“{turn}”: write “{instead}”." for turn, instead in PLAINER.items() if _has(turn, sentence)]
    if not carried:
        told += [
            f"“{turn}” softens what no cited evidence carries. Say it plainly, or rest it on a finding."
            for turn in HEDGES
            if _has(turn, sentence)
        ]
    return told


def _has(turn: str, sentence: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(turn)}(?![\w-])", sentence, re.IGNORECASE) is not None
