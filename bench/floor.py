"""The floor of a check: the least that any script with Polars does between the same files and a written report.

It imports Polars, reads every file, answers 100 simple questions of the longest table in one pass, sorts it by child
and day, joins it to the children, asks for neighbours and runs, and writes the rows that answered yes. Nothing is
validated, no cell is understood, and nothing is said in words. Run by `bench/statutory.py`, as a process of its own.
"""

import sys
from pathlib import Path

import polars as pl

QUESTIONS = 100


def _csv(folder: Path) -> tuple[pl.DataFrame, pl.DataFrame, str, str]:
    files = {path.stem: pl.read_csv(path, infer_schema=False) for path in sorted(folder.glob("*.csv"))}
    return files["episodes"], files["header"], "CHILD", "DECOM"


def _xml(path: Path) -> tuple[pl.DataFrame, pl.DataFrame, str, str]:
    from xml.etree.ElementTree import iterparse

    wanted = ("CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate", "ReasonForClosure")
    rows: list[tuple[str | None, ...]] = []
    children: list[tuple[str | None, ...]] = []
    for _, element in iterparse(path):
        if element.tag != "Child":
            continue
        child = element.findtext("ChildIdentifiers/LAchildID")
        children.append((child, element.findtext("ChildIdentifiers/Sex")))
        rows += [(child, *map(details.findtext, wanted)) for details in element.iterfind("CINdetails")]
        element.clear()
    text = pl.String
    details = pl.DataFrame(rows, schema=dict.fromkeys(("child", *wanted), text), orient="row")
    return details, pl.DataFrame(children, schema={"child": text, "sex": text}, orient="row"), "child", wanted[0]


def _questions(columns: list[str]) -> list[pl.Expr]:
    return [
        ((pl.col(columns[at % len(columns)]) == f"{at}") & pl.col(columns[(at + 1) % len(columns)]).is_not_null())
        .fill_null(False)
        .alias(str(at))
        for at in range(QUESTIONS)
    ]


def main(path: Path, out: Path) -> None:
    """Read, ask, sort, join, look at neighbours, and write."""
    rows, children, child, day = _csv(path) if path.is_dir() else _xml(path)
    numbered = rows.lazy().with_row_index("row")
    told = (
        numbered.select("row", *_questions(rows.columns))
        .filter(pl.any_horizontal(pl.exclude("row")))
        .unpivot(index="row", variable_name="rule")
        .filter(pl.col("value"))
    )
    same = pl.col(child) == pl.col(child).shift(1)
    runs = (
        numbered.sort(child, day)
        .join(children.lazy().unique(child), on=child, how="left", maintain_order="left")
        .with_columns(before=pl.when(same).then(pl.col(day).shift(1)), run=(~same).cum_sum())
        .with_columns(first=pl.col(day).first().over("run"))
        .filter(pl.col("before") == pl.col(day))
        .select("row", pl.lit("101").alias("rule"), pl.lit(True).alias("value"))
    )
    pl.concat([frame.select("row", "rule", "value") for frame in pl.collect_all([told, runs])]).write_csv(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
