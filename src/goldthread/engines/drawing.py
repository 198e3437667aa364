"""Drawing a chart: its specification as an SVG for the web page and the PDF, as a PNG for Word.

The SVG has no style attribute and no script, so the content policy needs no exception for it.
"""

from collections import OrderedDict
from threading import Lock

from goldthread.kernel.charts import Spec, key_of

VEGA_LITE = "6.4"
ELSEWHERE = "https://vega.github.io/vega-datasets/"
"""What the converter puts before a link that names no place: ours lead to the page that shows the picture."""
MOST_KEPT = 64


class _Kept:
    """The pictures drawn lately, by what they show."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: str, picture: bytes) -> bytes:
        with self._lock:
            self._held[key] = picture
            while len(self._held) > MOST_KEPT:
                self._held.popitem(last=False)
        return picture


_kept = _Kept()
_drawing = Lock()


def to_svg(spec: Spec) -> str:
    """The chart as an SVG document, without any style attribute, script or address of another place."""
    key = "svg" + key_of(spec)
    if (held := _kept.get(key)) is None:
        held = _kept.put(key, _draw_svg(spec).encode())
    return held.decode()


def to_png(spec: Spec, *, scale: float = 2.0) -> bytes:
    """The chart as a PNG, for documents that cannot hold an SVG."""
    key = f"png{scale}" + key_of(spec)
    if (held := _kept.get(key)) is None:
        import vl_convert

        with _drawing:
            held = _kept.put(key, vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale))
    return held


def _draw_svg(spec: Spec) -> str:
    # Imported here: the converter is large, and most requests draw nothing.
    import vl_convert

    with _drawing:
        drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    return drawn.replace(f'href="{ELSEWHERE}', 'href="')
