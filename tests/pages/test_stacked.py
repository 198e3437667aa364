"""On a phone each cell of a wide table says which column it stands in."""

from html.parser import HTMLParser

from django.template import Context, Template

from goldthread.web.stacked import stacked

TABLE = """<p>Before</p><div><table class="govuk-table">
<caption>Draws</caption>
<thead class="h"><tr><th scope="col" class="x">Draw</th>
<th scope="col">Files &amp; <span class="hidden">all "reserves"</span></th><td></td></tr></thead>
<tbody><tr><th scope="row"><a href="/a">1</a></th><td class="n">60</td><td>x</td></tr>
<tr><th scope="row">2</th><td colspan="2">none</td></tr></tbody>
</table></div>"""


class _Cells(HTMLParser):
    """What a browser would make of it: each tag of a table with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_each_cell_is_told_its_column_and_its_role() -> None:
    cells = _Cells(stacked(TABLE))
    assert [cell.get("data-label") for cell in cells.all("td")][1:] == ['Files & all "reserves"', None, None]
    assert [cell["role"] for cell in cells.all("th")] == ["columnheader", "columnheader", "rowheader", "rowheader"]
    assert [cell["role"] for cell in cells.all("tr")] == ["row"] * 3
    assert [cell["role"] for tag in ("thead", "tbody") for cell in cells.all(tag)] == ["rowgroup", "rowgroup"]


def test_classes_stay_and_the_table_is_said_to_be_one() -> None:
    (table,) = _Cells(stacked(TABLE)).all("table")
    assert table == {"class": "app-stack govuk-table", "role": "table"}
    assert _Cells(stacked("<table><tr><td>1</td></tr></table>")).all("table") == [
        {"class": "app-stack", "role": "table"}
    ]


def test_a_table_done_twice_is_done_once() -> None:
    once = stacked(TABLE)
    assert stacked(once) == once


def test_two_tables_do_not_share_their_columns() -> None:
    other = "<table><thead><tr><th>Sites</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    cells = [cell.get("data-label") for cell in _Cells(stacked(TABLE + other)).all("td")]
    assert cells[-2:] == ["Sites", None]


def test_an_empty_cell_has_no_name() -> None:
    html = "<table><thead><tr><th>Actions</th></tr></thead><tr><td>  </td></tr><tr><td>End</td></tr></table>"
    assert [cell.get("data-label") for cell in _Cells(stacked(html)).all("td")] == [None, "Actions"]


def test_what_is_no_table_stays_as_it_is() -> None:
    assert stacked("<p title='a > b'>1 &lt; 2</p><thread>") == "<p title='a > b'>1 &lt; 2</p><thread>"


def test_what_people_typed_stays_escaped() -> None:
    row = "<thead><tr><th>{{ name }}</th></tr></thead><tr><td>{{ name }}</td></tr>"
    page = Template("{% stack %}<table>" + row + "</table>{% endstack %}")
    html = page.render(Context({"name": '"><script>'}))
    assert "<script>" not in html
    assert _Cells(html).all("td") == [{"role": "cell", "data-label": '"><script>'}]
