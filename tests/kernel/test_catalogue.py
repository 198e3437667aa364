"""The reference pages are those that the program makes. Run this file as a script to write them again."""

from pathlib import Path

import pytest

from goldthread.kernel.catalogue import (
    codes,
    measures_markdown,
    other_rules_markdown,
    record_measures_markdown,
    rules_markdown,
    statutory_markdown,
)
from goldthread.kernel.measures import MEASURES
from goldthread.kernel.record_measures import RECORD_MEASURES
from goldthread.kernel.settings import SETTINGS

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES = {
    "rules.md": rules_markdown,
    "rules-of-other-forms.md": other_rules_markdown,
    "rules-of-the-returns.md": statutory_markdown,
    "measures.md": measures_markdown,
    "record-measures.md": record_measures_markdown,
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()


def test_every_rule_setting_and_measure_has_its_place() -> None:
    rules, measures = rules_markdown(), measures_markdown()
    both = rules + other_rules_markdown() + statutory_markdown()
    assert [code for code in codes() if f"### {code}\n" not in both and f"- **{code}**" not in both] == []
    assert [setting.name for setting in SETTINGS if f"| `{setting.name}` |" not in rules] == []
    assert [measure.code for measure in MEASURES if f"## {measure.code}: " not in measures] == []
    of_record = record_measures_markdown()
    assert [measure.code for measure in RECORD_MEASURES if f"## {measure.code}: " not in of_record] == []
    assert [name for name in {measure.table for measure in RECORD_MEASURES} if f"(`{name}`)\n" not in of_record] == []


def test_what_was_not_confirmed_in_print_says_so() -> None:
    unsettled = [measure for measure in MEASURES if not measure.settled]
    assert unsettled
    assert measures_markdown().count("(check against the published text)") == len(unsettled)
    assert rules_markdown().count("check against current statutory guidance |") == sum(not s.checked for s in SETTINGS)


if __name__ == "__main__":
    for page, make in PAGES.items():
        (DOCS / page).write_text(make(), encoding="utf-8")
