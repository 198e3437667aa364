"""The list of registered providers: where a child can be placed, by the number that Ofsted gives each.

It is made from the lists of children's homes and of other social care providers that the Department and Ofsted send to
authorities each year; the user hands them in, and none ships with Goldthread (`readers/providers.py` reads them).
"""

import polars as pl

SCHEMA: dict[str, pl.DataType] = {
    "urn": pl.String(),
    "place_codes": pl.List(pl.String()),
    "provider_codes": pl.List(pl.String()),
    "authority": pl.String(),
    "postcode": pl.String(),
    "registered_on": pl.Date(),
    "closed_on": pl.Date(),
}
"""One row for each provider. `urn` has no spaces and no point zero; `postcode` is plain, without its space.

`place_codes` and `provider_codes` are the codes of PLACE and PLACE_PROVIDER that the provider may have, null where the
list does not say; `authority` is the authority that it lies in or belongs to, as the list writes it, in capitals;
`closed_on` the day on which its registration ended, null while it lasts.
"""

NOT_KNOWN_YET = "XXXXXXX"
"""What stands for the number of a provider that is not known yet."""
