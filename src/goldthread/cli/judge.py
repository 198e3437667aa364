"""`goldthread judge`: which grades a framework allows for some judgements or shares of cases, and why."""

import argparse
from pathlib import Path

from goldthread.cli import output
from goldthread.cli.refusal import OK, Refused
from goldthread.domain import frameworks
from goldthread.domain.framework import CHECK_NOTE, Framework
from goldthread.domain.grading import Bite, GradingError, PrecedentResult, Verdict, gather, weigh
from goldthread.domain.rolling_up import AreaTally, Rated, RatingError, shares, tally
from goldthread.domain.shares import TRUE_SHARES, Share, chance_of_reaching

COLUMNS = ("case", "item", "rating")
"""What a table of ratings has, in any order."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A framework, and a grade, or a share of cases, for each area judged so far."""
    parser.add_argument("--framework", required=True, metavar="SLUG", help="such as sif-2013 or ilacs-2026")
    parser.add_argument(
        "judgements",
        nargs="*",
        metavar="AREA=GRADE",
        help="such as help-and-protection=good; where a rule asks for a share of cases, such as safety-1=62/65",
    )
    parser.add_argument(
        "--cases",
        type=Path,
        metavar="TABLE",
        help=f"a CSV file of items rated case by case, with the columns {', '.join(COLUMNS)}, to be added up",
    )
    output.add_arguments(parser)
    parser.epilog = (
        "It never picks a grade: it shows which ones the rules leave open, which rules bite and on what authority, "
        "and what was decided before on the same profile."
    )


def run(args: argparse.Namespace) -> int:
    """Weigh the judgements and show the verdict. Raises Refused for anything that cannot be weighed."""
    if not args.judgements and args.cases is None:
        raise Refused("there is nothing to weigh; give AREA=GRADE, such as help-and-protection=good, or --cases TABLE.")
    try:
        framework = frameworks.load(args.framework)
        counted = tally(framework, _rated(args.cases)) if args.cases else ()
        grades, told = _asked(args.judgements, shares(counted))
        verdict = weigh(framework, grades, told)
    except (frameworks.FrameworkError, GradingError, RatingError) as error:
        raise Refused(str(error)) from error
    of_shares = [_shares(framework, verdict)] if verdict.shares else []
    of_cases = [_areas(counted), _items(counted)] if counted else []
    if args.format == "table":
        tables = [_summary(framework, verdict), *of_cases, *of_shares, _rules_to_read(framework, verdict)]
    else:
        tables = [_rules(framework, verdict), _summary(framework, verdict), *of_shares, *of_cases]
    output.write(tables, args, data=_data(framework, verdict, counted))
    return OK


def _asked(words: list[str], added_up: dict[str, Share]) -> tuple[dict[str, str], dict[str, Share]]:
    """Grades and shares from what was typed, beside the shares that the cases added up to."""
    grades, typed = [], dict(added_up)
    for area, given in (_pair(word) for word in words):
        if "/" not in given:
            grades.append((area, given))
            continue
        if area in typed:
            raise Refused(f"the share of “{area}” is given twice; leave one.")
        try:
            typed[area] = Share.written(given)
        except ValueError as error:
            raise Refused(f"“{area}={given}” is no share; {error}.") from error
    return gather(grades), typed


def _rated(path: Path) -> list[Rated]:
    """The ratings of a table, row by row. Raises Refused when it cannot be read as one."""
    from goldthread.cli import submission
    from goldthread.kernel.reading import Refused as Unreadable
    from goldthread.readers import csv_guard

    submission.must_be_a_file(path)
    try:
        frame = csv_guard.table(path.read_bytes())
    except Unreadable as refusal:
        raise Refused(f"{path.name}: {refusal.reason} {refusal.mend}") from refusal
    names = {name.strip().casefold(): name for name in frame.columns}
    if missing := [name for name in COLUMNS if name not in names]:
        told = " or ".join(missing)
        raise Refused(f"{path.name}: there is no column {told}; its headings must be {', '.join(COLUMNS)}.")
    rows = frame.select(names[name] for name in COLUMNS).iter_rows()
    return [_rating(cells, f"{path.name}, row {number}") for number, cells in enumerate(rows, 2) if any(cells)]


def _rating(cells: tuple[str | None, ...], where: str) -> Rated:
    case, item, rating = ((cell or "").strip() for cell in cells)
    return Rated(case, item, rating, where)


def _pair(word: str) -> tuple[str, str]:
    area, equals, grade = word.partition("=")
    if not (area and equals and grade):
        raise Refused(f"“{word}” is not a judgement; write AREA=GRADE, such as help-and-protection=good.")
    return area.strip().lower(), grade.strip().lower()


def _data(framework: Framework, verdict: Verdict, counted: tuple[AreaTally, ...]) -> dict[str, object]:
    """The verdict as JSON writes it."""
    told: dict[str, object] = {
        "framework": verdict.framework,
        "allowed": list(verdict.allowed),
        "expected": list(verdict.expected),
        "rules": [_bite_data(bite) for bite in verdict.bites],
        "broken": [bite.rule_id for bite in verdict.broken],
        "precedent": verdict.precedent
        and {
            **_precedent_data(verdict.precedent),
            "areas": [_precedent_data(each) for each in verdict.area_precedents],
        },
        "missing": list(verdict.missing),
    }
    if verdict.shares:
        told["shares"] = [_share_data(framework, area, share) for area, share in verdict.shares.items()]
    if counted:
        told["cases"] = [_tally_data(one) for one in counted]
    return told


def _share_data(framework: Framework, area: str, share: Share) -> dict[str, object]:
    least = framework.least_share(area)
    return {
        "area": area,
        "met": share.met,
        "of": share.of,
        "needed": share.needed(least),
        "reaches": share.reaches(least),
        "low": share.interval.low,
        "high": share.interval.high,
        "chance": {str(truly): chance_of_reaching(share.of, least, truly / 100) for truly in TRUE_SHARES},
    }


def _tally_data(one: AreaTally) -> dict[str, object]:
    return {
        "area": one.area.slug,
        "achieved": one.achieved,
        "partly": one.partly,
        "not_achieved": one.not_achieved,
        "not_applicable": one.not_applicable,
        "items": [
            {"item": each.item.id, "met": each.met, "applied": each.applied, "strong": each.strong}
            for each in one.items
        ],
    }


def _bite_data(bite: Bite) -> dict[str, object]:
    return {
        "id": bite.rule_id,
        "says": bite.says,
        "strength": bite.strength,
        "limits": bite.area or "overall",
        "leaves": list(bite.leaves),
        "why": bite.why,
        "source": bite.source,
        "observed": bite.observed,
        "checked": bite.checked,
    }


def _precedent_data(precedent: PrecedentResult) -> dict[str, object]:
    return {
        "of": precedent.area or "overall",
        "profile": dict(precedent.profile),
        "total": precedent.total,
        "counts": dict(precedent.counts),
        "says": precedent.says,
        "source": precedent.source,
        "caution": precedent.caution,
    }


def _shares(framework: Framework, verdict: Verdict) -> output.Table:
    """Each share with the bar, the range that chance could explain, and how often luck alone reaches the bar."""
    rows: list[tuple[output.Cell, ...]] = []
    for area, share in verdict.shares.items():
        least = framework.least_share(area)
        low, high = share.interval
        chances = [f"{chance_of_reaching(share.of, least, truly / 100):.0%}" for truly in TRUE_SHARES]
        rows.append((area, share.told, share.needed(least), share.reaches(least), f"{low:.0%} to {high:.0%}", *chances))
    columns = ("area", "achieved", "needed", "reaches", "chance could explain")
    return output.Table(
        "Shares of cases, and how often a service truly at a share reaches the bar",
        (*columns, *(f"truly {truly}%" for truly in TRUE_SHARES)),
        rows,
    )


def _areas(counted: tuple[AreaTally, ...]) -> output.Table:
    """What the cases show of each area."""
    rows = []
    for one in counted:
        note = "" if one.area.roll_up is None or one.area.roll_up.checked else f"how items add up: {CHECK_NOTE}"
        rows.append((one.area.slug, one.achieved, one.partly, one.not_achieved, one.not_applicable, note))
    return output.Table("What the cases show", ("area", "achieved", "partly", "not", "does not apply", "note"), rows)


def _items(counted: tuple[AreaTally, ...]) -> output.Table:
    """How many of the cases met each item."""
    rows = [
        (f"{each.item.id}: {each.item.title}", one.area.slug, each.met, each.applied, each.strong)
        for one in counted
        for each in one.items
    ]
    return output.Table("Items", ("item", "area", "met", "of", "strength"), rows)


def _rules(framework: Framework, verdict: Verdict) -> output.Table:
    """The rules that bite, one column for each thing known of them: what a CSV holds."""
    columns = ("rule", "strength", "limits", "leaves", "why", "says", "source", "observed")
    return output.Table("Rules that bite", columns, [_rule_row(framework, bite) for bite in verdict.bites])


def _rules_to_read(framework: Framework, verdict: Verdict) -> output.Table:
    """The same rules in fewer columns, for a terminal."""
    rows = []
    for bite in verdict.bites:
        _, strength, limits, leaves, why, says, source, observed = _rule_row(framework, bite)
        rows.append((f"{says} ({bite.rule_id})", strength, f"{limits}: {leaves}", why, f"{observed} {source}"))
    columns = ("rule", "strength", "leaves", "why", "authority")
    return output.Table("Rules that bite", columns, rows or [("none", "", "", "", "")])


def _summary(framework: Framework, verdict: Verdict) -> output.Table:
    """What is open, what was decided before, and what is missing."""
    rows: list[tuple[str, str]] = [
        ("Framework", framework.title),
        (
            "Overall grades allowed",
            _listed(verdict.allowed) if framework.overall else "none: it gives no overall grade",
        ),
    ]
    if framework.overall:
        rows.append(("If the usual rules hold too", _listed(verdict.expected)))
    rows += [
        (f"Precedent for {each.area or 'overall'}", f"{each.says} {each.caution}" if each.total else each.says)
        for each in _precedents(verdict)
    ]
    rows += [("Goes against a rule", f"{bite.area}: {bite.says}") for bite in verdict.broken]
    if verdict.missing:
        rows.append(("Not judged yet", _listed(verdict.missing)))
    return output.Table("What is open", ("", "answer"), rows)


def _rule_row(framework: Framework, bite: Bite) -> tuple[str, ...]:
    source = bite.source if bite.checked else f"{bite.source} ({CHECK_NOTE})"
    limits = framework.area(bite.area).short if bite.area else "overall grade"
    return (bite.rule_id, bite.strength, limits, _listed(bite.leaves), bite.why, bite.says, source, bite.observed)


def _precedents(verdict: Verdict) -> list[PrecedentResult]:
    return [*([verdict.precedent] if verdict.precedent else []), *verdict.area_precedents]


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words) or "none"
