"""Charts: one specification (Vega-Lite, as a plain dict) for the web page, the PDF and Word.

The picture never stands alone: whatever shows it has the same numbers in a table beside it.
"""

from goldthread.kernel.charts.authorities import authority_strip, comparison_lines, funnel_chart
from goldthread.kernel.charts.base import Chart, Spec, key_of, linked
from goldthread.kernel.charts.change import control_chart_picture, survival_chart
from goldthread.kernel.charts.disproportion import RelativeRow, disproportion_chart
from goldthread.kernel.charts.flows import Flow, safe_sankey, sankey
from goldthread.kernel.charts.months import Marker, PerTenThousand, monthly_columns
from goldthread.kernel.charts.people import count_bars, pyramid, whole_bars
from goldthread.kernel.charts.records import (
    Filled,
    Graded,
    Judged,
    completeness_matrix,
    grade_strip,
    graded_bars,
)
from goldthread.kernel.charts.shares import ChartRow, Held, measures_chart, measures_picture, narrow_measures_chart
from goldthread.kernel.charts.standing import Desk, Patch, caseload_dots, distance_bands, tartan_rug
from goldthread.kernel.charts.swimlane import swimlane
from goldthread.kernel.charts.waiting import STATES, Limit, banded_bars, drift_bars, ecdf, state_bars

__all__ = [
    "STATES",
    "Chart",
    "ChartRow",
    "Desk",
    "Filled",
    "Flow",
    "Graded",
    "Held",
    "Judged",
    "Limit",
    "Marker",
    "Patch",
    "PerTenThousand",
    "RelativeRow",
    "Spec",
    "authority_strip",
    "banded_bars",
    "caseload_dots",
    "comparison_lines",
    "completeness_matrix",
    "control_chart_picture",
    "count_bars",
    "disproportion_chart",
    "distance_bands",
    "drift_bars",
    "ecdf",
    "funnel_chart",
    "grade_strip",
    "graded_bars",
    "key_of",
    "linked",
    "measures_chart",
    "measures_picture",
    "monthly_columns",
    "narrow_measures_chart",
    "pyramid",
    "safe_sankey",
    "sankey",
    "state_bars",
    "survival_chart",
    "swimlane",
    "tartan_rug",
    "whole_bars",
]
