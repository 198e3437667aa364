"""Only actions write."""

import ast
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "goldthread"
WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "create_user", "raw", "execute", "executemany",
}  # fmt: skip
# `update` and `create` are also words of dicts, hashes and sets; a query set is told by what it is called on.
QUERYSET_WORDS = {"objects", "filter", "exclude", "all", "order_by", "select_for_update", "get_queryset"}
# Why each may: the models refuse deletes and make accounts; migrations are the schema; stores are no database.
MAY_WRITE = {
    "apps/access/models.py": "the account manager that actions call",
    "apps/journal/models.py": "refuses deletion",
}


def _is_action(path: Path) -> bool:
    parts = path.relative_to(SRC).parts
    return parts[0] == "apps" and ("actions" in parts or parts[-1] == "actions.py" or "migrations" in parts)


def _chain(node: ast.AST) -> set[str]:
    words: set[str] = set()
    while isinstance(node, (ast.Attribute, ast.Call)):
        if isinstance(node, ast.Attribute):
            words.add(node.attr)
            node = node.value
        else:
            node = node.func
    return words


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _writes_in(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        chain = _chain(node.func.value)
        certain = node.func.attr in {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "create_user"}
        on_queryset = bool(chain & QUERYSET_WORDS)
        saves = node.func.attr == "save" and not (chain | _names(node.func.value)) & {
            "document",
            "image",
            "book",
            "workbook",
            "file",
        }
        if certain or on_queryset or (saves and path.relative_to(SRC).parts[0] in {"apps", "web"}):
            found.append(f"{path.relative_to(SRC)}:{node.lineno} .{node.func.attr}(")
    return found


def test_only_actions_write_to_the_database() -> None:
    strays = []
    for path in sorted(SRC.rglob("*.py")):
        if not _is_action(path) and str(path.relative_to(SRC)) not in MAY_WRITE:
            strays += _writes_in(path)
    assert strays == []


def test_the_check_can_fail(tmp_path: Path) -> None:
    stray = SRC / "web" / "pages" / "_planted_by_a_test.py"
    stray.write_text("def page(thing):\n    Thing.objects.filter(pk=1).update(a=2)\n    thing.save()\n")
    try:
        assert len(_writes_in(stray)) == 2
    finally:
        stray.unlink()


def test_every_action_is_one_transaction_with_an_actor() -> None:
    bare = []
    seen = 0
    for path in sorted((SRC / "apps").rglob("*.py")):
        if not _is_action(path) or "migrations" in path.parts or "journal" in path.parts:
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [argument.arg for argument in node.args.kwonlyargs]
                writes = any(
                    isinstance(inner, ast.Call)
                    and isinstance(inner.func, ast.Attribute)
                    and inner.func.attr in {"save", "create", "update_or_create"}
                    for inner in ast.walk(node)
                )
                if not writes:
                    continue
                seen += 1
                decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
                if "by" not in names or not any("atomic" in d for d in decorators):
                    bare.append(f"{path.relative_to(SRC)}:{node.name}")
    assert seen > 20
    assert bare == []
