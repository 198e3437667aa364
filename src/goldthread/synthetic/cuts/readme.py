"""The page that lies in a folder of returns and says what it is, because most of the formats have no place for it."""

from goldthread.synthetic.cuts.request import Request
from goldthread.synthetic.cuts.year import LA

_SAYS = {
    "annex-a": "`annex-a/`: Annex A workbooks, one for each day, with the defects of each beside it.",
    "ssda903": "`ssda903/`: the SSDA903 of two collection years, a folder for each, as CSV files.",
    "cin": "`cin/`: the CIN census of the same two years, as XML after the 2026 schema.",
    "ssd": "`ssd/`: tables of the Standard Safeguarding Dataset 1.4.5, as held on the last day.",
    "practice": "`practice/`: our own extract of management decisions, strategy discussions, wishes and feedback.",
}


def text(request: Request) -> str:
    """The page, in Markdown."""
    spec = request.spec
    listed = "\n".join(f"- {says}" for name, says in _SAYS.items() if name in request.returns)
    return f"""# SYNTHETIC DATA

Everything in this folder is invented. No row is about a real child, family or worker.

{spec.name} is no real authority; where a return asks for an authority's number it says {LA}, which is nobody's.
Identifiers begin with SYN, postcodes lie in ZZ99, and pupil numbers name a school that does not exist.
All files are about the same children: a date in one is the same date in every other.

{listed}
- `truth.json`: what was written, every planted defect, and the service's figures month by month.

Made by Goldthread's `make-authority` with seed {spec.seed}, size {spec.size:g}, as at {spec.as_at}.
"""
