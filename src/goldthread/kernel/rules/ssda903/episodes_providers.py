"""Rules of who provides a placement: its number with Ofsted, the list of registered providers, the kind of provider."""

from typing import Any

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.engine import IN_MEMORY, STREAMING
from goldthread.kernel.postcodes import plain_postcode
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.episodes_shared import (
    FOR_ADOPTION,
    FOSTER,
    among,
    beside_providers,
    end,
    held,
    short_break,
    without_provider,
    without_urn,
)
from goldthread.kernel.rules.ssda903.places import own_authority
from goldthread.kernel.rules.ssda903.shared import EPISODES

_ABROAD = ("WAL", "SCO", "NIR", "NUK")
_MEND_NUMBER = "Check the number against the list of providers, and the placement against the provider."


def _in_one_place(year: int) -> list[str]:
    """Placements in a registered setting, whose own postcode the list has: an agency's foster homes lie elsewhere."""
    return ["K1", "K2", "R3", "S1", *(["H5"] if year <= 2024 else [])]


def _number_lacks(context: Context) -> pl.Expr:
    """No number, where the placement type has one and the placement is not known to lie outside of England."""
    none = among("place", *without_urn(context.collection_year)) | pl.col("place").is_null()
    lacks = pl.col("urn").is_null() & ~none & ~short_break(context)
    if "pl_la" not in held(context):
        return lacks
    abroad = pl.col("pl_la").str.contains(r"^[WSNLM][0-9]{8}$") | pl.col("pl_la").is_in(_ABROAD)
    return lacks & ~abroad.fill_null(False)


def _known() -> pl.Expr:
    """Whether a number is given: a row of X (XXXXXXX) says that it is not known yet. Null where it is blank."""
    return pl.col("urn").str.contains("^X+$").not_()


def _number_needless(context: Context) -> pl.Expr:
    return _known() & among("place", *without_urn(context.collection_year))


def _other_postcode(context: Context) -> pl.Expr:
    other = plain_postcode(pl.col("pl_post")) != plain_postcode(pl.col("of_postcode"))
    return other & pl.col("place").is_in(_in_one_place(context.collection_year))


def _by_place(context: Context) -> pl.LazyFrame:
    """Episodes by provider, with the authority in which the directory has the provider's postcode."""
    directory = context.postcode_directory.select("postcode", of_authority="authority")
    rows = beside_providers(context).with_columns(key=plain_postcode(pl.col("of_postcode")))
    # The directory has millions of rows, and these are a few hundred.
    keys = rows.select(pl.col("key").drop_nulls().unique().implode()).collect(engine=IN_MEMORY)["key"]
    few = directory.filter(pl.col("postcode").is_in(keys)).collect(engine=STREAMING).lazy()
    return rows.join(few, left_on="key", right_on="postcode", how="left", maintain_order="left")


def _other_authority(context: Context) -> pl.Expr:
    own = pl.col("of_authority") == own_authority(context)
    return ((pl.col("place_provider") == "PR1") & ~own) | ((pl.col("place_provider") == "PR2") & own)


def _not_with(code: str, provider: str, *places: str, says: str) -> Rule:
    return rule(
        code,
        EPISODES,
        "place",
        "place_provider",
        says=says,
        mend="Check the placement type and its provider.",
        fails=lambda _: (pl.col("place_provider") == provider) & pl.col("place").is_in(places),
    )


def _listed(code: str, *fields: str, **more: Any) -> Rule:
    """A rule that looks the number up in the list of providers."""
    more.setdefault("mend", _MEND_NUMBER)
    return rule(code, EPISODES, *fields, needs=("providers",), over=more.pop("over", beside_providers), **more)


RULES = (
    rule(
        "218",
        EPISODES,
        "urn",
        guide=2026,
        says="The provider's number is missing, and the placement type is one of registered providers.",
        mend="Write the number that Ofsted gave the provider; XXXXXXX where it is not known yet.",
        fails=_number_lacks,
    ),
    _listed(
        "219",
        "urn",
        "place",
        says="The provider of that number is not registered for placements of this type.",
        fails=lambda _: pl.col("of_place_codes").list.contains(pl.col("place")).not_() & pl.col("place").is_not_null(),
    ),
    _listed(
        "221",
        "pl_post",
        guide=2025,
        says="The postcode of the placement is not that of the provider of that number.",
        fails=_other_postcode,
    ),
    rule(
        "222",
        EPISODES,
        "urn",
        guide=2026,
        says="A provider's number is given for a placement type that no registered provider has.",
        mend="Leave the number blank, or check the placement type.",
        fails=_number_needless,
    ),
    _listed(
        "224",
        "place_provider",
        says="The provider of that number is of another kind than the placement's provider is said to be.",
        fails=lambda _: (
            pl.col("of_provider_codes").list.contains(pl.col("place_provider")).not_()
            & pl.col("place_provider").is_not_null()
        ),
    ),
    _listed(
        "227",
        "urn",
        "decom",
        says="The episode starts when the provider's registration had ended.",
        fails=lambda _: pl.col("decom") >= pl.col("of_closed_on"),
    ),
    _listed(
        "228",
        "urn",
        "dec",
        says="The episode lasts beyond the end of the provider's registration.",
        # An open episode lasts to 31 March at least, and so beyond a registration that ended in the year.
        fails=lambda context: end(context) > pl.col("of_closed_on"),
    ),
    _listed(
        "229",
        "urn",
        "place_provider",
        over=_by_place,
        says="The placement is said to be the authority's own and its provider is another's, or the reverse.",
        fails=_other_authority,
    ),
    rule(
        "526",
        EPISODES,
        "place",
        "place_provider",
        guide=2026,
        says="The placement's provider is missing.",
        mend="Write one of PR0 to PR5.",
        fails=lambda context: (
            pl.col("place_provider").is_null() & pl.col("place").is_in(without_provider(context.collection_year)).not_()
        ),
    ),
    _not_with("527", "PR1", "P1", "R2", "R5", says="The authority's own provision cannot be P1, R2 or R5."),
    _not_with("528", "PR2", "P1", "R2", "R5", says="Another authority's provision cannot be P1, R2 or R5."),
    _not_with(
        "529",
        "PR3",
        "P1",
        *FOR_ADOPTION,
        "K1",
        "K2",
        *FOSTER,
        says="No other public body provides placements with parents, for adoption, in children's homes or foster care.",
    ),
    _not_with("530", "PR4", "P1", says="A placement with parents has no private provider."),
    _not_with("531", "PR5", "P1", says="A placement with parents has no voluntary provider."),
    rule(
        "550",
        EPISODES,
        "place",
        "place_provider",
        says="Parents are said to provide a placement that is not with parents.",
        mend="Check the placement type and its provider.",
        fails=lambda _: (pl.col("place_provider") == "PR0") & (pl.col("place") != "P1"),
    ),
    _listed(
        "1008",
        "urn",
        says="No provider on the list has that number.",
        mend="Check the number; write XXXXXXX where it is not known yet.",
        fails=lambda _: _known() & pl.col("listed").is_null(),
    ),
)
