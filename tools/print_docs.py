"""Prints the documents that are made from the code; the tests compare them."""

from pathlib import Path

from goldthread.domain import lifecycle_page
from goldthread.kernel import catalogue
from goldthread.kernel.record import crosswalk

DOCS = Path(__file__).resolve().parents[1] / "docs"


def main() -> None:
    """Write each page."""
    (DOCS / "lifecycle.md").write_text(lifecycle_page.page())
    (DOCS / "reference" / "rules.md").write_text(catalogue.rules_markdown())
    (DOCS / "reference" / "rules-of-other-forms.md").write_text(catalogue.other_rules_markdown())
    (DOCS / "reference" / "rules-of-the-returns.md").write_text(catalogue.statutory_markdown())
    (DOCS / "reference" / "measures.md").write_text(catalogue.measures_markdown())
    (DOCS / "reference" / "record-measures.md").write_text(catalogue.record_measures_markdown())
    (DOCS / "reference" / "crosswalk.md").write_text(crosswalk.crosswalk_markdown())


if __name__ == "__main__":
    main()
