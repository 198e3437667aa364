"""Rules that an authority makes for itself, declared as the Department's are, in a TOML file, and kept apart from them.

    [[rule]]
    code = "L01"
    says = "The episode has lasted over a year with no reason for the place."
    mend = "Ask the social worker for the reason, and fill it."
    severity = "query"
    form = "ssda903"
    table = "Episodes"
    fields = ["DECOM", "REASON_PLACE_CHANGE"]
    fails = "days(DECOM, year_end) > 365 and REASON_PLACE_CHANGE is blank"

`since` and `until` may say for which collection years it holds. Nothing in the file is run as code: what `fails` may
say stands in `kernel.expressions`.
"""

import re
import tomllib
from typing import Any

from goldthread.kernel.expressions import NotSaid, parse
from goldthread.kernel.forms import FORMS
from goldthread.kernel.refusal import Refused
from goldthread.kernel.rule import Rule, Severity
from goldthread.kernel.table import Table
from goldthread.kernel.table_names import TABLE_NAMES

MOST_RULES = 500
MOST_BYTES = 1_000_000
OF_FORMS = ("ssda903", "cin")
_CODE = re.compile(r"L[A-Za-z0-9-]{1,11}")
_BEGINS = re.compile(r"\s*\[\[\s*rule\s*\]\]")
_TEXTS = ("code", "says", "mend", "severity", "form", "table", "fails")
_KNOWN = frozenset({*_TEXTS, "fields", "since", "until"})


def local_rules(text: str, called: str, taken: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
    """The rules of a file, of either return. `called` is what the file is called, `taken` the codes of other rules.

    Raises Refused, naming the file, the rule, what is wrong, and how to mend it.
    """
    try:
        held = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refuse(called, "", f"it is no sound TOML: {error}", "Mend that line, and try again.") from None
    declared = held.pop("rule", None)
    if held or not isinstance(declared, list) or not declared or not all(isinstance(one, dict) for one in declared):
        strange = f"it holds “{next(iter(held))}”" if held else "it holds no rule"
        raise _refuse(called, "", strange, "Begin each rule with the line [[rule]].")
    if len(declared) > MOST_RULES:
        raise _refuse(called, "", f"it holds more than {MOST_RULES} rules", "Make several files of it.")
    rules: list[Rule] = []
    lines = _lines(text, len(declared))
    for place, one in enumerate(declared, 1):
        which = _which(one, place) + (f", from line {lines[place - 1]} on" if lines else "")
        rules.append(_rule(one, which, called, taken | {rule.code.casefold() for rule in rules}))
    return tuple(rules)


def _lines(text: str, rules: int) -> list[int]:
    """The line on which each rule begins; none where the rules are written in a way that does not tell it."""
    found = [number for number, line in enumerate(text.splitlines(), 1) if _BEGINS.match(line)]
    return found if len(found) == rules else []


def _which(one: dict[str, Any], place: int) -> str:
    code = one.get("code")
    return f"rule {code}" if isinstance(code, str) and code else f"rule number {place}"


def _rule(one: dict[str, Any], which: str, called: str, taken: frozenset[str]) -> Rule:
    try:
        return _made(one, taken)
    except NotSaid as error:
        raise _refuse(called, which, str(error), "Mend it there, and try again.") from None


def _made(one: dict[str, Any], taken: frozenset[str]) -> Rule:
    _texts(one)
    code = one["code"]
    if not _CODE.fullmatch(code):
        raise NotSaid(f"its code is “{code}”; write L and up to 11 letters, digits or hyphens, as L01")
    if code.casefold() in taken:
        raise NotSaid("another rule has this code; give it one of its own")
    if one["severity"] not in (Severity.ERROR, Severity.QUERY, Severity.NOTE):
        raise NotSaid(f"its severity is “{one['severity']}”; write error, query or note")
    if one["form"] not in OF_FORMS:
        raise NotSaid(f"its form is “{one['form']}”; write ssda903 or cin")
    table = _table(one["form"], one["table"])
    expression = parse(one["fails"], table)
    since, until = _years(one)
    return Rule(
        code=code, says=one["says"].strip(), mend=one["mend"].strip(), table=table.name,
        fields=_fields(one.get("fields"), table), severity=Severity(one["severity"]), since=since, until=until,
        source="A local rule of the authority", fails=expression.fails,
    )  # fmt: skip


def _texts(one: dict[str, Any]) -> None:
    strange = sorted(set(one) - _KNOWN)
    if strange:
        raise NotSaid(f"it says “{strange[0]}”, which no rule has; a rule has {', '.join(sorted(_KNOWN))}")
    for name in _TEXTS:
        if name not in one:
            raise NotSaid(f'it lacks {name}; add a line {name} = "…"')
        if not isinstance(one[name], str) or not one[name].strip():
            raise NotSaid(f"its {name} is no text; write it in quotation marks")


def _table(form: str, asked: str) -> Table:
    tables = FORMS[form].tables
    for table in tables:
        if asked.casefold() in (table.name, TABLE_NAMES[table.name].casefold()):
            return table
    raise NotSaid(f"there is no table “{asked}”; write one of {', '.join(TABLE_NAMES[one.name] for one in tables)}")


def _fields(asked: Any, table: Table) -> tuple[str, ...]:
    if not isinstance(asked, list) or not asked or not all(isinstance(one, str) for one in asked):
        raise NotSaid('its fields are no list of headings; write fields = ["DECOM", "DEC"]')
    by_heading = {column.says.casefold(): column.name for column in table.columns}
    unknown = [one for one in asked if one.casefold() not in by_heading]
    if unknown:
        raise NotSaid(f"{table.title} has no column {unknown[0]}; it has {', '.join(c.says for c in table.columns)}")
    return tuple(by_heading[one.casefold()] for one in asked)


def _years(one: dict[str, Any]) -> tuple[int | None, int | None]:
    years = one.get("since"), one.get("until")
    for year in years:
        if year is not None and (type(year) is not int or not 2000 <= year <= 2100):
            raise NotSaid(f"“{year}” is no collection year; write the March in which it ends, as 2026")
    if None not in years and years[0] > years[1]:  # type: ignore[operator]
        raise NotSaid("it ends before it begins; until must not be before since")
    return years


def _refuse(called: str, which: str, reason: str, mend: str) -> Refused:
    of = f"{called}, {which}" if which else called
    return Refused(f"{of}: {reason}.", mend, code="local-rules")
