import csv
import io
import json
from pathlib import Path

import fastexcel
import pytest

from goldthread.cli import main
from goldthread.domain.frameworks import load, slugs

FIVE = [
    "help-and-protection=good",
    "looked-after=requires-improvement",
    "adoption=good",
    "care-leavers=good",
    "leadership=good",
]


def judge(*words: str) -> int:
    return main(["judge", "--framework", "sif-2013", *words])


def test_json_gives_the_grades_allowed_and_the_rules_with_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(*FIVE, "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"framework", "allowed", "expected", "rules", "broken", "precedent", "missing"}
    assert answer["framework"] == "sif-2013"
    assert answer["allowed"] == ["good", "requires-improvement"]
    assert answer["expected"] == ["good", "requires-improvement"]
    assert answer["missing"] == []
    for rule in answer["rules"]:
        assert set(rule) == {"id", "says", "strength", "limits", "leaves", "why", "source", "observed", "checked"}
        assert all(value for name, value in rule.items() if name != "checked")
    assert answer["precedent"]["counts"] == {"good": 4, "requires-improvement": 2}
    assert answer["precedent"]["areas"][0]["of"] == "looked-after"


def test_json_names_the_rules_that_a_judgement_goes_against(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge("looked-after=good", "adoption=inadequate", "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["broken"] == ["sif-adoption-limits-looked-after"]
    (rule,) = [rule for rule in answer["rules"] if rule["id"] in answer["broken"]]
    assert rule["strength"] == "normally"
    assert (rule["limits"], rule["leaves"]) == ("looked-after", ["requires-improvement", "inadequate"])


def test_an_inadequate_key_judgement_leaves_only_inadequate(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge("leadership=inadequate", "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["allowed"] == ["inadequate"]
    (rule,) = [rule for rule in answer["rules"] if rule["leaves"] == ["inadequate"]]
    assert rule["id"] == "sif-key-inadequate"
    assert rule["why"] == "Leadership: inadequate."
    assert answer["missing"] == ["help-and-protection", "looked-after", "adoption", "care-leavers"]


def test_the_framework_of_2026_allows_no_overall_grade(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", "--framework", "ilacs-2026", "leadership=good", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["allowed"] == []
    assert "no overall grade" in answer["rules"][0]["says"]
    assert answer["precedent"] is None
    assert main(["judge", "--framework", "ilacs-2026", "leadership=good"]) == 0
    assert "none: it gives no overall grade" in capsys.readouterr().out


def test_the_table_shows_what_is_open_and_marks_what_was_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge("help-and-protection=good", "looked-after=good", "adoption=inadequate") == 0
    shown = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert "Overall grades allowed good, requires-improvement, inadequate" in shown
    assert "Goes against a rule looked-after: When adoption is inadequate" in shown
    assert "Not judged yet care-leavers, leadership" in shown
    assert "check against" in shown


def test_csv_holds_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(*FIVE[:2], "adoption=inadequate", *FIVE[3:], "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["strength"] for row in rows} == {"always", "normally"}
    assert all(row["why"] and row["source"] for row in rows)


def test_a_workbook_holds_the_rules_and_what_is_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(*FIVE, "--format", "xlsx") == 2
    assert "--output" in capsys.readouterr().err
    book = tmp_path / "verdict.xlsx"
    assert judge(*FIVE, "--format", "xlsx", "--output", str(book)) == 0
    assert fastexcel.read_excel(book).sheet_names == ["1 Rules that bite", "2 What is open"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["leadership"], "“leadership” is not a judgement; write AREA=GRADE"),
        (["leadership="], "is not a judgement"),
        (["=good"], "is not a judgement"),
        (["leaders=good"], "“leaders” is not an area of sif-2013; use help-and-protection, looked-after"),
        (["leadership=adequate"], "“adequate” is not a grade of sif-2013; use outstanding, good"),
        (["leadership=good", "leadership=inadequate"], "“leadership” is judged twice, good and inadequate"),
        (["overall=good"], "“overall” is not an area"),
    ],
)
def test_what_cannot_be_weighed_gets_one_sentence_and_exit_code_two(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(*words, "--format", "json") == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    assert captured.err.count("\n") == 1


def test_an_unknown_framework_gets_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", "--framework", "sif-1913", "leadership=good"]) == 2
    assert f"use one of {', '.join(slugs())}" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["judge", "leadership=good"], ["jugde"], []])
def test_a_command_that_is_not_complete_gets_one_sentence_and_exit_code_two(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ending:
        main(words)
    assert ending.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_words_may_be_in_capitals(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge("Leadership=Inadequate", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["allowed"] == ["inadequate"]


def test_where_no_rule_bites_the_table_says_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge("adoption=good") == 0
    told = capsys.readouterr().out.split("Rules that bite")[1]
    assert " none " in told


@pytest.mark.parametrize("slug", [slug for slug in slugs() if load(slug).graded])
def test_every_graded_framework_is_weighed(slug: str, capsys: pytest.CaptureFixture[str]) -> None:
    framework = load(slug)
    best = framework.grades[0].slug
    words = [f"{area.slug}={best}" for area in framework.areas]
    assert main(["judge", "--framework", slug, *words, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["missing"] == answer["broken"] == []
    assert answer["allowed"] == ([best] if framework.overall and slug != "own-audit" else answer["allowed"])
    assert bool(answer["allowed"]) is framework.overall


@pytest.mark.parametrize("slug", ["focused-visit", "joint-inspection"])
def test_a_framework_without_grades_is_refused(slug: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", "--framework", slug, "leadership=good"]) == 2
    assert f"{slug} gives no grades" in capsys.readouterr().err


def test_nothing_to_weigh_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge() == 2
    assert "there is nothing to weigh; give AREA=GRADE" in capsys.readouterr().err


def test_a_share_of_cases_is_weighed_with_what_luck_would_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", "--framework", "us-cfsr", "safety-1=61/65", "safety-1=conforms", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (share,) = answer["shares"]
    assert (share["area"], share["needed"], share["reaches"]) == ("safety-1", 62, False)
    assert {truly: round(chance, 2) for truly, chance in share["chance"].items()} == {
        "90": 0.10, "95": 0.59, "97": 0.87,
    }  # fmt: skip
    assert answer["broken"] == ["us-cfsr-safety-1"]


RATINGS = "Case,Item,Rating\n" + "".join(f"{n},item-01,{'Strength' if n > 1 else 'area needing improvement'}\n"
                                         for n in range(1, 21))  # fmt: skip


def test_rated_cases_are_added_up_and_weighed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "ratings.csv"
    table.write_text(RATINGS, "utf-8")
    assert main(["judge", "--framework", "us-cfsr", "--cases", str(table), "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    outcome = answer["cases"][0]
    assert (outcome["area"], outcome["achieved"], outcome["not_achieved"]) == ("safety-1", 19, 1)
    assert outcome["items"] == [{"item": "item-01", "met": 19, "applied": 20, "strong": True}]
    assert answer["rules"] == []
    assert main(["judge", "--framework", "us-cfsr", "--cases", str(table)]) == 0
    shown = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert "19 of 20 cases (95.0%) 19 yes" in shown
    assert "how items add up: check against the published text" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ("case,item\n1,item-01\n", [], "ratings.csv: there is no column rating; its headings must be case, item"),
        ("case,item,rating\n1,item-99,Strength\n", [], "ratings.csv, row 2: “item-99” is not an item"),
        ("case,item,rating\n1,item-01,Fine\n", [], "ratings.csv, row 2: “Fine” is not a rating; write Strength"),
        (RATINGS + "1,item-01,Strength\n", [], "ratings.csv, row 22: item-01 is rated twice in case 1"),
        ("", [], "ratings.csv: This file is empty."),
        (RATINGS, ["safety-1=3/4"], "the share of “safety-1” is given twice"),
        (RATINGS, ["safety-2=5/4"], "“safety-2=5/4” is no share; write how many of how many cases, such as 62/65"),
        (RATINGS, ["training=1/2"], "no rule of us-cfsr asks for a share of cases of “training”"),
    ],
)
def test_ratings_that_cannot_be_used_get_one_sentence(
    tmp_path: Path, text: str, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "ratings.csv"
    table.write_text(text, "utf-8")
    assert main(["judge", "--framework", "us-cfsr", "--cases", str(table), *words]) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.err.count("\n") == 1


def test_a_table_of_ratings_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", "--framework", "us-cfsr", "--cases", "/nowhere/ratings.csv"]) == 2
    assert "nowhere" in capsys.readouterr().err
