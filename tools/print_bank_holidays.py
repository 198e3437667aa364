"""Prints the bank holidays of England and Wales from the `holidays` library into the table that the kernel reads.

The library loads every country of the world before it answers, which costs a command more than its own work. So the
days are printed once, and a test compares the table with the library.
"""

from pathlib import Path

import holidays

TABLE = Path(__file__).resolve().parents[1] / "src" / "goldthread" / "kernel" / "bank_holidays.csv"
YEARS = range(2000, 2041)


def lines() -> list[str]:
    """The table: a heading, then one day and its name a line, in order."""
    days = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    return ["date,name", *(f'{day.isoformat()},"{name}"' for day, name in sorted(days.items()))]


if __name__ == "__main__":
    TABLE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
