"""The record: each mapping does what its spec draws, nothing of a form is silent, and forms that overlap agree."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.kernel.record_specs import SPECS, RecordSpec
from tests.tables import table

from goldthread.kernel.forms import FORMS, TABLES_OF_ALL_FORMS
from goldthread.kernel.reading import make_reading
from goldthread.kernel.record import MAPPINGS, crosswalk, record_of
from goldthread.kernel.record.engine import make_record, schema_of
from goldthread.kernel.record.mapping import Fill, FormMapping, same
from goldthread.kernel.record.tables import LEFT_OUT, OWN_TABLES, RECORD

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "crosswalk.md"


def drawn(text: str, schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """The rows that a spec draws of the record, in the types of its table."""
    lines = [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    names = [name or "" for name in lines[0]]
    frame = pl.DataFrame(lines[1:], schema=dict.fromkeys(names, pl.String), orient="row")
    dates = [name for name in names if schema[name] is pl.Date]
    return frame.with_columns(pl.col(dates).str.to_date()).cast({name: schema[name] for name in names})


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_form_becomes_the_record_as_drawn(spec: RecordSpec) -> None:
    reading = make_reading({name: table(name, text) for name, text in spec.given.items()}, form=spec.form)
    got = record_of(reading)[spec.table].collect()
    assert dict(got.schema) == {name: dtype() for name, dtype in schema_of(RECORD[spec.table]).items()}
    wanted = drawn(spec.gives, schema_of(RECORD[spec.table]))
    assert_frame_equal(got.select(wanted.columns), wanted, check_row_order=False)


def test_every_column_of_every_form_goes_somewhere_or_says_why_not() -> None:
    for form in FORMS:
        told = {(step.table, step.column) for step in crosswalk.steps(form)}
        assert told == {(table.name, column.name) for table in FORMS[form].tables for column in table.columns}
        assert all(step.why for step in crosswalk.steps(form) if step.how == crosswalk.NOWHERE)


def test_every_column_of_the_record_but_the_dataset_s_own_is_filled_by_some_form() -> None:
    filled = {f"{fill.into}.{name}" for mapping in MAPPINGS.values() for fill in mapping.fills for name in fill.takes}
    assert filled == {f"{table.name}.{column.name}" for table in RECORD.values() for column in table.columns}


def test_a_mapping_that_forgets_a_column_or_invents_one_is_found() -> None:
    with pytest.raises(KeyError, match="has no column"):
        Fill(into="ssd_person", source="contacts", takes={"pers_name": same("child")})
    with pytest.raises(KeyError, match="has no column"):
        Fill(into="ssd_person", source="contacts", takes={"pers_person_id": same("pupil")})
    fill = Fill(into="ssd_person", source="contacts", takes={"pers_person_id": same("child")})
    with pytest.raises(ValueError, match="goes into the record and nowhere"):
        FormMapping(form="annex_a", fills=(fill,), nowhere={"contacts.child": "no reason"})


def test_a_forgotten_column_stops_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MAPPINGS, "annex_a", FormMapping(form="annex_a", fills=()))
    with pytest.raises(ValueError, match="no place in the record"):
        list(crosswalk.steps("annex_a"))


def test_tables_that_were_not_handed_in_have_no_rows_and_all_their_columns() -> None:
    for mapping in MAPPINGS.values():
        record = make_record(mapping, {})
        assert list(record) == list(RECORD)
        for name, frame in record.items():
            assert frame.collect().is_empty()
            assert list(frame.collect_schema()) == list(schema_of(RECORD[name]))


@pytest.mark.parametrize("form", list(FORMS))
def test_empty_tables_become_empty_ones(form: str) -> None:
    reading = make_reading({table.name: table.empty() for table in FORMS[form].tables}, form=form)
    frames = pl.collect_all(list(record_of(reading).values()))
    for (name, told), frame in zip(RECORD.items(), frames, strict=True):
        assert frame.is_empty(), name
        assert dict(frame.schema) == {column: dtype() for column, dtype in schema_of(told).items()}


def test_our_own_tables_have_names_that_no_form_has() -> None:
    assert all(table.name.startswith("own_") for table in OWN_TABLES)
    assert not {table.name for table in OWN_TABLES} & set(TABLES_OF_ALL_FORMS)
    assert set(LEFT_OUT) <= set(FORMS["ssd"].by_name())


def test_the_page_is_the_one_that_the_code_prints() -> None:
    assert REFERENCE.read_text() == crosswalk.crosswalk_markdown(), "run `just docs`"


def test_the_page_says_of_a_column_where_it_goes_and_of_another_why_not() -> None:
    page = crosswalk.crosswalk_markdown()
    assert "| DECOM | `ssd_cla_episodes.clae_cla_episode_start_date` | same |" in page
    assert "| Placement Location | `own_placement_locations.ploc_in_or_out` | latest only |" in page
    assert "| INTERVENTION_OFFERED |  | nowhere | the dataset has no place for help" in page
