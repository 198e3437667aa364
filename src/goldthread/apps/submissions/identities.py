"""What becomes of each column that tells who somebody is, in every form that is handed in.

A person's own number becomes a pseudonym, which is the same in every form because it is made of the number alone.
Other numbers (the pupil's, those of referrals and plans) get stand-ins: rows can still be matched by them, and nobody
can find the child by them in the authority's system. Dates of birth, names and addresses go to the vault and leave
the tables. A column that is an identifier or sealed and not known here is emptied, so that none slips through.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldthread.kernel.table import Column, Table

DETAILS: Mapping[str, str] = {
    **dict.fromkeys(("born_on", "dob", "person_birth_date", "pers_dob"), "born_on"),
    **dict.fromkeys(("expected_person_birth_date", "pers_expected_dob"), "expected_on"),
    **dict.fromkeys(("mc_dob", "moth_childs_dob"), "childs_birth"),
    **dict.fromkeys(
        ("postcode", "home_post", "pl_post", "addr_address_postcode", "clap_cla_placement_postcode"), "postcode"
    ),
    **dict.fromkeys(("urn", "clap_cla_placement_urn", "perm_placement_provider_urn"), "urn"),
    **dict.fromkeys(("pers_forename", "pers_surname"), "name"),
    **dict.fromkeys(
        (
            "upn", "former_upn", "pers_upn", "pers_common_child_id", "pers_legacy_id", "pers_single_unique_id",
            "link_identifier_value", "send_upn", "send_uln",
        ),
        "number",
    ),
    "addr_address_json": "address",
}  # fmt: skip
"""What the vault keeps of a person besides the id, by column, and what it is called there."""

NAMES = frozenset({"pers_forename", "pers_surname"})
"""Text that is no number: a stand-in would be the same for everybody of one name, and so tell the commonest."""

_KINDS: Mapping[str, str] = {
    "child": "child", "la_child_id": "child", "person_id": "child", "adopter": "adopter", "family": "family",
}  # fmt: skip


def identifying(table: str, column: str) -> bool:
    """Whether a column of a form's table tells who somebody is or where; a column not known is taken to."""
    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS
    from goldthread.kernel.table import Privacy

    try:
        return TABLES_OF_ALL_FORMS[table].column(column).privacy in (Privacy.IDENTIFIER, Privacy.SEALED)
    except KeyError:
        return True


def person_kind(table: Table, column: Column) -> str | None:
    """Whose own number a column holds: a child's, an adopter's, a family's. In the dataset parents count as children.

    The families of the dataset are those that children were born into, and no adopters: theirs is a number only.
    """
    from goldthread.kernel.table import Privacy

    if column.privacy is not Privacy.IDENTIFIER:
        return None
    if table.form == "ssd":
        return "child" if column.name == "person_id" or column.name.endswith("_person_id") else None
    return _KINDS.get(column.name)


def child_column(table: str) -> str | None:
    """The column that names the child whom a row is about; None where a table names none."""
    from goldthread.kernel.forms import TABLES_OF_ALL_FORMS

    known = TABLES_OF_ALL_FORMS.get(table)
    if known is None:
        return None
    return next((one.name for one in known.columns if person_kind(known, one) == "child"), None)


def stood_in_for(column: Column) -> bool:
    """Whether a column holds a number other than a person's own, which gets a stand-in."""
    from goldthread.kernel.table import Kind, Privacy

    of_numbers = column.kind in (Kind.TEXT, Kind.CODE)
    return column.privacy is Privacy.IDENTIFIER and of_numbers and column.name not in NAMES


def birth_column(table: Table) -> str | None:
    """The column with the date of birth of whom a row is about."""
    return next((one.name for one in table.columns if DETAILS.get(one.name) == "born_on"), None)
