"""Charts: one specification (Vega-Lite, as a plain dict) for the web page, the PDF and Word.

The picture never stands alone: whatever shows it has the same numbers in a table beside it.
"""

from goldthread.kernel.charts.authorities import authority_strip, comparison_lines, funnel_chart
from goldthread.kernel.charts.base import Chart, Spec, key_of
from goldthread.kernel.charts.change import control_chart_picture, survival_chart
from goldthread.kernel.charts.disproportion import RelativeRow, disproportion_chart
from goldthread.kernel.charts.shares import ChartRow, measures_chart

__all__ = [
    "Chart",
    "ChartRow",
    "RelativeRow",
    "Spec",
    "authority_strip",
    "comparison_lines",
    "control_chart_picture",
    "disproportion_chart",
    "funnel_chart",
    "key_of",
    "measures_chart",
    "survival_chart",
]
