"""`goldthread judge`: which overall grades a framework allows for some judgements, and why."""

import argparse

from goldthread.cli import output
from goldthread.cli.refusal import OK, Refused
from goldthread.domain import frameworks
from goldthread.domain.framework import CHECK_NOTE, Framework
from goldthread.domain.grading import Bite, GradingError, PrecedentResult, Verdict, gather, weigh


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A framework, and a grade for each area judged so far."""
    parser.add_argument("--framework", required=True, metavar="SLUG", help="such as sif-2013 or ilacs-2026")
    parser.add_argument("judgements", nargs="+", metavar="AREA=GRADE", help="such as help-and-protection=good")
    output.add_arguments(parser)
    parser.epilog = (
        "It never picks a grade: it shows which ones the rules leave open, which rules bite and on what authority, "
        "and what was decided before on the same profile."
    )


def run(args: argparse.Namespace) -> int:
    """Weigh the judgements and show the verdict. Raises Refused for anything that cannot be weighed."""
    try:
        framework = frameworks.load(args.framework)
        verdict = weigh(framework, gather(_pair(word) for word in args.judgements))
    except (frameworks.FrameworkError, GradingError) as error:
        raise Refused(str(error)) from error
    if args.format == "table":
        tables = [_summary(framework, verdict), _rules_to_read(framework, verdict)]
    else:
        tables = [_rules(framework, verdict), _summary(framework, verdict)]
    output.write(tables, args, data=_data(verdict))
    return OK


def _pair(word: str) -> tuple[str, str]:
    area, equals, grade = word.partition("=")
    if not (area and equals and grade):
        raise Refused(f"“{word}” is not a judgement; write AREA=GRADE, such as help-and-protection=good.")
    return area.strip().lower(), grade.strip().lower()


def _data(verdict: Verdict) -> dict[str, object]:
    """The verdict as JSON writes it."""
    return {
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
