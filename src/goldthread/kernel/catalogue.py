"""The catalogue: every rule, measure and setting as a page of Markdown, so that the reference can never be stale."""

import re
from collections.abc import Iterable

from goldthread.kernel.amount import Amount
from goldthread.kernel.amounts import LIST_AMOUNTS, RECORD_AMOUNTS
from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.groups import ASKED
from goldthread.kernel.measure import Measure
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.reading_issues import CELLS_NOT_UNDERSTOOD, MENDS_OF_FILES, OF_FILES, OF_READING
from goldthread.kernel.record_measures import RECORD_MEASURES
from goldthread.kernel.return_year import words
from goldthread.kernel.rule import NEEDS, Rule
from goldthread.kernel.rules import RULES, RULES_OF, STATUTORY
from goldthread.kernel.settings import SETTINGS
from goldthread.kernel.tables import TABLES
from goldthread.kernel.views import VIEWS
from goldthread.kernel.views.view import View

_OF_DEPARTMENT = frozenset(STATUTORY)


def codes() -> frozenset[str]:
    """Every code that an issue may bear."""
    return frozenset({rule.code for rule in RULES} | set(OF_READING) | set(OF_FILES))


def rules_markdown() -> str:
    """The reference page of the rules of Annex A, made from the rules themselves."""
    by_code = _by_code(RULES_OF["annex_a"])
    parts = [
        "# Rules\n\n"
        "This page is made by the program from the rules themselves (`kernel/catalogue.py`).\n"
        "A test keeps it true.\n\n"
        "There is no official set of checks for Annex A.\n"
        "These are ours, drawn from the guidance to its columns and from the timescales of practice.\n"
        "They are not Ofsted's or the Department's.\n\n"
        "An *error* contradicts the guidance or itself; a *query* is plausible but to be looked at; "
        "*note* is a matter of practice, or tells how the file was read.\n"
        f"There are {len(by_code) + len(set(OF_READING) - set(by_code))} codes.\n",
        "## What the reader finds, before any rule\n",
        *(f"- **{code}** ({of.severity.value}): {of.says} *To mend:* {of.mend}" for code, of in OF_READING.items()),
        "",
        "## Rows that break a rule\n",
        *(_rule(code, rules) for code, rules in sorted(by_code.items(), key=lambda item: _order(item[0]))),
        "## Settings\n",
        _settings(),
    ]
    return "\n".join(parts)


OTHER_FORMS = (
    (
        "The Standard Safeguarding Dataset", ("ssd",),
        "The dataset's specification says what its columns mean and which points at which; it has no rules.\n"
        "A table without rows is taken as one that was not handed in.\n",
    ),
    (
        "The practice record", ("practice",),
        "The format is ours (`docs/practice-record.md`), and so are its rules.\n",
    ),
    (
        "The returns: SSDA903 and the CIN census", ("ssda903", "cin"),
        "The Department for Education's own rules for both returns stand in `rules-of-the-returns.md`.\n"
        "These say what holds of any table, and find the codes of another year.\n",
    ),
)  # fmt: skip
"""The forms of the second page, with what is to be said of whose rules they are."""


def other_rules_markdown() -> str:
    """The reference page of the rules of every form but Annex A, made from the rules themselves."""
    house = [rule for rule in RULES if rule not in _OF_DEPARTMENT and rule.form != "annex_a"]
    numbers = len({rule.code for rule in house})
    told = {*MENDS_OF_FILES, *OF_FILES, *CELLS_NOT_UNDERSTOOD}
    reader = {code: of for code, of in (OF_READING | OF_FILES).items() if code in told}
    parts = [
        "# Rules of the other forms\n\n"
        "This page is made by the program from the rules themselves (`kernel/catalogue.py`).\n"
        "A test keeps it true.\n\n"
        "`goldthread check` runs them on a dataset, a practice record or a return, as it does those of Annex A\n"
        "(`rules.md`) on a workbook of lists.\n"
        "All are the house's own.\n\n"
        "An *error* contradicts the form or itself; a *query* is plausible but to be looked at; *note* is only told.\n"
        "What the reader could not understand is told under its own codes, and no rule tells it again.\n"
        f"There are {numbers} codes of rules.\n",
        "## What the reader finds, before any rule\n",
        *(
            f"- **{code}** ({of.severity.value}): {of.says} *To mend:* {MENDS_OF_FILES.get(code, of.mend)}"
            for code, of in reader.items()
        ),
        "",
    ]
    for title, forms, says in OTHER_FORMS:
        rules = [rule for form in forms for rule in RULES_OF[form] if rule not in _OF_DEPARTMENT]
        parts += [f"## {title}\n\n{says}", *(_rule(code, held) for code, held in sorted(_by_code(rules).items()))]
    return "\n".join(parts)


def statutory_markdown() -> str:
    """The reference page of the Department's rules of the two returns, made from the rules themselves."""
    parts = [
        "# The Department's rules of the returns\n\n"
        "This page is made by the program from the rules themselves (`kernel/catalogue.py`).\n"
        "A test keeps it true.\n\n"
        "`goldthread check --as ssda903` and `--as cin` run those of the return's year.\n"
        "The codes are the Department for Education's; the words are ours.\n\n"
        "An *error* must be mended; a *query* is plausible but to be looked at.\n",
    ]
    for form, title in (("ssda903", "SSDA903 (children looked after)"), ("cin", "The CIN census")):
        by_code = _by_code(rule for rule in STATUTORY if rule.form == form)
        parts.append(f"## {title}\n\nThere are {len(by_code)} codes.\n")
        parts += [_rule(code, rules) for code, rules in sorted(by_code.items(), key=lambda item: _in_order(item[0]))]
    return "\n".join(parts)


def _in_order(code: str) -> tuple[str, int, str]:
    """Codes by their letters, then by their number."""
    letters, figures, rest = re.fullmatch(r"([A-Za-z]*)(\d*)(.*)", code).groups()  # type: ignore[union-attr]
    return letters, int(figures or 0), rest


def _by_code(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    by_code: dict[str, list[Rule]] = {}
    for rule in rules:
        by_code.setdefault(rule.code, []).append(rule)
    return by_code


def measures_markdown() -> str:
    """The reference page of the measures, made from the measures themselves."""
    parts = [
        "# Measures\n\n"
        "This page is made by the program from the measures themselves (`kernel/catalogue.py`).\n"
        "A test keeps it true.\n\n"
        "The range beside a percentage is what chance alone could explain (95%, Wilson).\n"
        "It is not a sampling error: everyone was counted.\n"
        "Fewer than 10 in the denominator: counts only.\n"
        "From 10 to 29: counts and the range, and nothing is called high or low.\n"
        "Rows that are not yet due are counted apart, and so are rows that are not known.\n"
        f"There are {len(MEASURES)} measures.\n",
        *(_measure(measure) for measure in MEASURES),
    ]
    return "\n".join(parts)


def record_measures_markdown() -> str:
    """The reference page of the measures of the record, and of the views that they ask."""
    asked = dict.fromkeys(
        [*(measure.table for measure in RECORD_MEASURES), *(amount.table for amount in RECORD_AMOUNTS)]
    )
    parts = [
        "# Measures of the record\n\n"
        "This page is made by the program from the measures themselves (`kernel/catalogue.py`).\n"
        "A test keeps it true.\n\n"
        "Every form that is read becomes one record (see `crosswalk.md`), and these measures ask the record.\n"
        "So they are worked out of an SSDA903 return, a CIN census and the Standard Safeguarding Dataset, and of\n"
        "Annex A lists where no list answers the same question (`measures.md`).\n"
        "What a form lacks is not measured, and the answer says which table was missing.\n"
        "“In the 12 months” means the 12 months that end with the as-at date: of a return, its year.\n"
        f"There are {len(RECORD_MEASURES)} measures.\n",
        *(_measure(measure) for measure in RECORD_MEASURES),
        "# Rates, medians and averages\n\n"
        "Figures that are no share. A rate needs to be told how many children aged 0 to 17 live in the area.\n"
        "What happened over a year is counted over half of one where no more is held, and doubled.\n"
        "The range of a rate is exact or Byar's, that of a median goes by ranks, that of an average by the spread.\n"
        f"There are {len({amount.code for amount in (*LIST_AMOUNTS, *RECORD_AMOUNTS)})}.\n",
        *(_amount(amount) for amount in (*RECORD_AMOUNTS, *LIST_AMOUNTS)),
        "# What they ask: the views\n\n"
        "A view is worked out of the record for one day; each measure above names the view that it asks.\n",
        *(_view(VIEWS[name]) for name in asked),
    ]
    return "\n".join(parts)


def _amount(amount: Amount) -> str:
    of_list = " (Annex A)" if amount.table in TABLES else ""
    values = {setting.name: setting.default for setting in SETTINGS}
    lines = [
        f"## {amount.code}: {amount.title}{of_list}\n",
        f"{amount.asks}\n",
        f"- Definition: {amount.definition(values)}",
        *_how_asked(amount),
        f"- Unit: {amount.unit}; better: {amount.better.value}",
    ]
    return "\n".join([*lines, *_cautions(amount), ""])


def _how_asked(of: Measure | Amount) -> list[str]:
    """Which list or view is asked, by which columns, and by whose definition."""
    table = ASKED[of.table]
    asked = f"List: {table.number} ({table.title})" if table.number else f"View: {table.title} (`{table.name}`)"
    status = "" if of.settled else " (check against the published text)"
    return [
        f"- {asked}; columns: " + "; ".join(table.column(name).says for name in of.fields),
        f"- Source: {of.source}{status}",
        f"- Version: {of.version}",
    ]


def _cautions(of: Measure | Amount) -> list[str]:
    return [
        *(f"- Caution: {caution}" for caution in of.cautions),
        *(f"- Break in the series: {one}" for one in of.breaks),
    ]


def _view(view: View) -> str:
    rows = [
        f"| `{column.name}` | {column.says} | {', '.join(f'`{name}`' for name in view.feeds.get(column.name, ()))} |"
        for column in view.table.columns
    ]
    lines = [
        f"## {view.table.title} (`{view.table.name}`)\n",
        f"{view.table.says}\n",
        f"- Worked out of: {', '.join(f'`{name}`' for name in view.needs)}",
    ]
    if view.history:
        names = ", ".join(f"`{name}`" for name in sorted(view.history))
        lines.append(f"- Not to be told where only the latest is held: {names}")
    return "\n".join([*lines, "", "| column | what it says | needs besides |\n|---|---|---|", *rows, ""])


def _order(code: str) -> tuple[str, int]:
    return code[0], int(code[1:])


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _rule(code: str, rules: list[Rule]) -> str:
    lines = [f"### {code}\n"]
    lines += [f"{says}\n" for says in _unique(rule.says for rule in rules)]
    lines += [f"*To mend:* {mend}\n" for mend in _unique(rule.mend for rule in rules)]
    where = _lists_of(rules) if rules[0].form == "annex_a" else _tables_of(rules)
    headings = _unique(rule.headings for rule in rules)
    about = f"- Columns: {headings[0]}" if len(headings) == 1 else f"- Columns: {len(headings)}, one issue for each"
    lines += [f"- Severity: {rules[0].severity.value}", where, about]
    if rules[0].of_list is not None:
        lines.append("- About: the list as a whole, not one of its rows")
    if rules[0].compares is not None:
        lines.append("- Compares with: the submission before; not run without one")
    if rules[0].beside:
        lines.append("- Asks: which children another form of the authority knows; not run without one")
    if rules[0] in _OF_DEPARTMENT:
        lines += _of_department(rules)
    elif rules[0].of_years:
        lines.append("- In force: for the years that the words say; not run where the return's year is not known")
    settings = _unique(name for rule in rules for name in rule.settings)
    if settings:
        lines.append("- Settings: " + ", ".join(f"`{name}`" for name in settings))
    lines.append(f"- Source: {rules[0].source}\n")
    return "\n".join(lines)


def _of_department(rules: list[Rule]) -> list[str]:
    """What a rule of the Department's needs besides tables of the year, and for which returns it is in force."""
    last = _unique(name for rule in rules for name in rule.last)
    needs = _unique(NEEDS[name] for rule in rules for name in rule.needs)
    since = min(rule.since or 0 for rule in rules)
    ends = [rule.until for rule in rules]
    until = None if None in ends else max(end for end in ends if end is not None)
    force = f"returns from {words(since)} on" if until is None else f"returns of {words(since)} to {words(until)}"
    return [
        *([f"- Asks of last year's return: {', '.join(f'`{name}`' for name in last)}"] if last else []),
        *([f"- Needs: {', '.join(needs)}"] if needs else []),
        f"- In force: {force}",
    ]


def _lists_of(rules: list[Rule]) -> str:
    """The lists of Annex A that rules of one code look at."""
    numbers = sorted({TABLES[name].number for rule in rules for name in (rule.table, *rule.across)})
    return "- Lists: " + ("1 to 10" if rules[0].anywhere else ", ".join(map(str, numbers)))


def _tables_of(rules: list[Rule]) -> str:
    """The tables of another form that rules of one code look at, and those that they ask besides."""
    own = dict.fromkeys(rule.table for rule in rules)
    asked = [name for name in TABLES_OF_ALL_FORMS if name in {one for rule in rules for one in rule.across}]
    whole = sum(len(FORMS[form].tables) for form in {rule.form for rule in rules})
    names = ", ".join(f"`{name}`" for name in own) if len(own) <= 12 else f"{len(own)} of {whole}"
    return f"- Tables: {names}" + (f"\n- Asks besides: {', '.join(f'`{name}`' for name in asked)}" if asked else "")


def _settings() -> str:
    rows = [f"| `{s.name}` | {s.default} | {s.unit} | {s.says} | {s.source} | {s.status} |" for s in SETTINGS]
    head = "| name | value | unit | what it limits | where it comes from | status |\n|---|---:|---|---|---|---|"
    return "\n".join([head, *rows, ""])


def _measure(measure: Measure) -> str:
    values = {s.name: f"{s.default}" for s in SETTINGS}
    lines = [
        f"## {measure.code}: {measure.title}\n",
        f"{measure.asks}\n",
        f"- Numerator: {measure.numerator.format(**values)}",
        f"- Denominator: {measure.denominator.format(**values)}",
        f"- Unit: {measure.unit}; better: {measure.better.value}",
        *_how_asked(measure),
        f"- Not known: {_unknown(measure)}",
    ]
    if measure.settings:
        lines.append("- Settings: " + ", ".join(f"`{name}` = {values[name]}" for name in measure.settings))
    if measure.looks_back:
        lines.append(f"- Looks back: {measure.looks_back} months; with less history the answer warns")
    return "\n".join([*lines, *_cautions(measure), ""])


def _unknown(measure: Measure) -> str:
    if measure.unknown is None:
        return "does not arise"
    return "stays in the denominator, and is counted apart" if measure.unknown_stays else "left out, and counted apart"
