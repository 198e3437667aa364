"""Reading the items of a framework from its file: what their ratings are called, and how they roll up to an area."""

from goldthread.domain.framework import Item, ItemWords, RollUp
from goldthread.domain.toml_sheet import Sheet, unique


def item_words(sheet: Sheet) -> ItemWords | None:
    """What ratings of items are called; None for a framework that rates none."""
    if "items" not in sheet:
        sheet.may_have("items")
        return None
    each = sheet.table("items")
    words = {name: each.text(name) for name in ("met", "not_met", "achieved", "partly", "not_achieved")}
    rated = (words["met"], words["not_met"], each.text("not_applicable"))
    if len(set(rated)) < len(rated):
        each.fail("not_met", "two ratings of an item have the same words; give each its own.")
    found = ItemWords(
        **words,
        not_applicable=rated[2],
        least_share=each.percentage("least_share"),
        checked=each.flag("checked"),
    )
    each.done()
    return found


def roll_up(each: Sheet, area: str, rates_items: bool) -> RollUp | None:
    """How the items of an area add up; None where it has none."""
    if "roll_up" not in each:
        each.may_have("roll_up")
        return None
    table = each.table("roll_up")
    if not rates_items:
        each.fail("roll_up", "the file does not say what ratings of items are called; add a table [items] above.")
    sheets = table.tables("items")
    items = tuple(Item(one.slug("id"), one.text("title"), one.flag("checked")) for one in sheets)
    for one in sheets:
        one.done()
    ids = [item.id for item in items]
    unique(zip(sheets, ids, strict=True), "id")
    may_miss = table.count("may_miss")
    if may_miss >= len(items):
        table.fail("may_miss", f"area “{area}” has {len(items)} items; may_miss must be fewer.")
    found = RollUp(items, may_miss, table.some_of("must", ids), table.flag("checked"))
    table.done()
    return found
