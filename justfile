# For who works here. `./run` and `./test` are the two doors for everybody else.
set positional-arguments

python := ".venv/bin/python"
times := "20"

# List the recipes.
default:
    @just --list

# Check style, types and the house; change nothing.
check:
    .venv/bin/ruff check src tests tools bench
    .venv/bin/ruff format --check src tests tools bench
    .venv/bin/mypy
    {{python}} -m pytest tests/house -q

# Mend what can be mended by machine.
fix:
    .venv/bin/ruff check --fix src tests tools bench
    .venv/bin/ruff format src tests tools bench

# The fast tests: no browser, no hostile files.
test *arguments:
    {{python}} -m pytest tests/domain tests/kernel tests/cli tests/apps tests/pages tests/house {{arguments}}

# Let Hypothesis write anew, `times` over (`just times=50 wander`), in the tests that it writes for; stop at the first that falls.
wander:
    for turn in $(seq {{times}}); do {{python}} -m pytest -q -x --hypothesis-profile=wander $(grep -rl "from hypothesis import" tests --include="test_*.py") || exit 1; done

# Everything, as in CI.
test-all:
    ./test

# Regenerate the pages in docs/ that are printed from the code.
docs:
    {{python}} tools/print_docs.py
    {{python}} tools/print_bank_holidays.py

# Freeze the packages again (names, versions and hashes, no addresses).
lock:
    .venv/bin/uv pip compile pyproject.toml --extra web --extra meaning --extra ocr -q --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 -o requirements.lock
    .venv/bin/uv pip compile pyproject.toml --extra web --extra meaning --extra ocr --extra solver --extra dev -q --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 -o requirements-dev.lock
    .venv/bin/uv pip compile pyproject.toml --extra spark -c requirements.lock -q --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 -o requirements-spark.lock

# Measure reading, checking and measuring a workbook of 39,000 rows, as ratios to the fastest reader alone.
bench-annex-a *arguments:
    {{python}} bench/annex_a.py {{arguments}}

# Measure reading the two returns, as CSV and as XML, as ratios to the barest reading of the same files.
bench-returns *arguments:
    {{python}} bench/returns.py {{arguments}}

# Measure the check of both returns against the Department's rules, whole process, as ratios to a bare script.
bench-statutory *arguments:
    {{python}} bench/statutory.py {{arguments}}

# Hold what a check tells of a hundred invented hand-ins against what it told before (--write FILE, --against FILE).
bench-unchanged *arguments:
    {{python}} bench/unchanged.py {{arguments}}

# Measure the returns of 153 invented authorities: rules, measures and what may be released.
bench-national *arguments:
    {{python}} bench/national.py {{arguments}}

# Measure what a year of monthly snapshots costs.
bench-months *arguments:
    {{python}} bench/months.py {{arguments}}

# Measure the pages, the PDF and the start of the application.
bench-web *arguments:
    {{python}} bench/web.py {{arguments}}

# Measure how soon a timetable is there, and how even it becomes, on invented fieldwork of an inspection's size.
bench-timetable *arguments:
    {{python}} bench/timetable.py {{arguments}}

# Measure reading in, searching and finding again in an invented library of 1,200 documents.
bench-documents *arguments:
    {{python}} bench/documents.py {{arguments}}

# Drops 500 files on the page of uploads at once, cuts the connection, and tells what became of each.
bench-many-files *arguments:
    {{python}} bench/many_files.py {{arguments}}

# Measure the watch between inspections on 200 invented authorities, half of which decline; takes some ten minutes.
bench-watch *arguments:
    {{python}} bench/watch.py {{arguments}}

# Measure how long a report of 25 pages with 12 charts takes to be made.
bench-report *arguments:
    {{python}} bench/report.py {{arguments}}

# Measure reading text from pictures, on 20 scans made on the spot.
bench-images *arguments:
    {{python}} bench/images.py {{arguments}}

# Prove suppression on 10,000 random tables, 1,000 linked pairs and 500 pairs repeated over time.
prove-suppression *arguments:
    {{python}} bench/suppression.py {{arguments}}

# Kill the server at 100 random moments during saves and uploads; nothing acknowledged may be lost.
crash *arguments:
    {{python}} bench/crash.py {{arguments}}
