"""Writing the TOML files that `toml_sheet` reads: tables, keys and values, to the last word."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

Inline = Mapping[str, str | tuple[str, ...]]
Value = str | int | bool | date | tuple[str, ...] | tuple[Inline, ...] | None


def part(title: str) -> Iterable[str]:
    """A line that parts the file, with what comes below."""
    yield from ("", f"# ---------------------------------------------------------------- {title}")


def table(name: str, words: Mapping[str, str] | None = None, **values: Value) -> Iterable[str]:
    """A heading with its keys; `[name]` gives one of several tables. What is None is left out."""
    yield from ("", f"[{name}]")
    yield from (f"{_key(key)} = {value(words)}" for key, words in (words or {}).items())
    yield from keys(**values)


def keys(**values: Value) -> Iterable[str]:
    """Keys with their values, a line each. What is None is left out."""
    return (f"{key} = {value(told)}" for key, told in values.items() if told is not None)


def value(told: Value) -> str:
    """One value as TOML writes it."""
    match told:
        case bool():
            return "true" if told else "false"
        case str():
            # A basic string of TOML is one of JSON, but for the one control character that JSON lets stand.
            return json.dumps(told, ensure_ascii=False).replace("\x7f", "\\u007f")
        case tuple():
            return f"[{', '.join(_inline(one) if isinstance(one, Mapping) else value(one) for one in told)}]"
        case date():
            return told.isoformat()
        case _:
            return str(told)


def _inline(told: Inline) -> str:
    return "{ " + ", ".join(f"{_key(name)} = {value(one)}" for name, one in told.items()) + " }"


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else value(name)
