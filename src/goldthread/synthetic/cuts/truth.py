"""The truth about a folder of returns: what was written, what was planted, and how the service fared month by month."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from goldthread.domain.calendar import add_months
from goldthread.synthetic.cuts.monthly import Counts
from goldthread.synthetic.cuts.planting import Found
from goldthread.synthetic.cuts.request import Request
from goldthread.synthetic.lives.pace import RAMP_MONTHS, SLIPS


def whole_truth(request: Request, rows: Mapping[str, int], flaws: Sequence[Found], monthly: Counts) -> dict[str, Any]:
    """Everything that a reader of the folder may be asked to find out. Annex A's defects stand beside each workbook."""
    spec = request.spec
    return {
        "synthetic": "Everything in this folder is invented. No row is about a real child, family or worker.",
        "authority": spec.name,
        "seed": spec.seed,
        "size": spec.size,
        "as_at": spec.as_at.isoformat(),
        "first_day": request.first_day.isoformat(),
        "months": request.length,
        "returns": list(request.returns),
        "collection_years": [year.number for year in request.years],
        "drift": request.drift,
        "decline": _decline(request, monthly),
        "rows": dict(rows),
        "monthly": monthly,
        "defects_of_annex_a": "beside each workbook, in the file whose name ends in .truth.json",
        "defects_by_rule": _by_rule(flaws),
        "defects": [asdict(flaw) for flaw in flaws],
    }


def _by_rule(flaws: Iterable[Found]) -> dict[str, int]:
    return dict(sorted(Counter(flaw.rule for flaw in flaws).items()))


def _decline(request: Request, monthly: Counts) -> dict[str, Any] | None:
    """From which month the service declines, and what each measure was before and is at full depth."""
    first = request.pace.declines_on
    if first is None:
        return None
    # What is counted when work ends began earlier: the full depth shows once that work has run through.
    deep = add_months(first, RAMP_MONTHS + 3)
    return {
        "from_month": request.declines_from,
        "first_day": first.isoformat(),
        "months_to_full_depth": RAMP_MONTHS,
        "measures": [
            {
                **asdict(slip),
                "before": _total(monthly[code], "", f"{first:%Y-%m}"),
                "at_full_depth": _total(monthly[code], f"{deep:%Y-%m}", "9999-12"),
            }
            for code, slip in SLIPS.items()
        ],
    }


def _total(months: Mapping[str, Sequence[int]], since: str, until: str) -> dict[str, Any]:
    """The months from one up to but without another, added up; the share is null where there is nothing to share."""
    taken = [pair for month, pair in months.items() if since <= month < until]
    numerator, denominator = sum(pair[0] for pair in taken), sum(pair[1] for pair in taken)
    share = round(numerator / denominator, 4) if denominator else None
    return {"numerator": numerator, "denominator": denominator, "share": share}
