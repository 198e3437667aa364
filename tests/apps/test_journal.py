"""The journal: nobody changes it, and whoever does all the same is found out."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.factories import actor, inspection, member, person

from goldthread.apps.access.policy import PROGRAMME
from goldthread.apps.inspections import actions as inspections
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.journal import actions as journal
from goldthread.apps.journal import queries
from goldthread.apps.journal.events import EVENTS, Events
from goldthread.apps.journal.models import Entry

pytestmark = pytest.mark.django_db

CHAIN = "a-chain-of-tests"


class Subject:
    """Something that an event can be about."""

    def journal_subject(self) -> tuple[str, str, str]:
        return ("thing", "1", "a thing")


def fill(entries: int = 12) -> str:
    """A chain of that many entries; its head."""
    for number in range(entries):
        journal.write(Events.FINDING_CHANGED, by=PROGRAMME, about=Subject(), chain=CHAIN, fields=[f"field {number}"])
    return queries.verify(CHAIN).head


def sql(statement: str, *values: object) -> None:
    """What somebody with the database file and a tool could do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def unguarded() -> None:
    """Somebody who tampers takes the triggers away first; the test's transaction brings them back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'")
        names = [name for (name,) in cursor.fetchall()]
        assert len(names) >= 2
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET by_name = 'Somebody else' WHERE number = 3",
        "UPDATE journal_entry SET detail = '{}'",
        "DELETE FROM journal_entry WHERE number = 12",
        "DELETE FROM journal_entry",
        "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE number = 3",
        "REPLACE INTO journal_entry SELECT id + 100, chain, number, at, event, by_id, 'Somebody else', side,"
        " about_kind, about_id, about_label, detail, previous, digest FROM journal_entry WHERE number = 3",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_an_entry(statement: str) -> None:
    head = fill()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)
    assert (queries.verify(CHAIN).head, Entry.objects.filter(chain=CHAIN).count()) == (head, 12)


def test_the_programme_cannot_change_or_remove_an_entry_either() -> None:
    fill()
    entry = Entry.objects.filter(chain=CHAIN).first()
    assert entry is not None
    with pytest.raises(TypeError, match="append-only"):
        entry.delete()
    entry.by_name = "Somebody else"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(chain=CHAIN).delete()


def test_two_entries_cannot_have_the_same_number() -> None:
    fill(2)
    entry = Entry.objects.get(chain=CHAIN, number=2)
    entry.pk = None
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        entry.save(force_insert=True)


def test_a_whole_chain_is_told_as_whole() -> None:
    head = fill()
    found = queries.verify(CHAIN)
    assert (found.whole, found.entries, found.says) == (True, 12, "All 12 entries fit together.")
    assert queries.verify(CHAIN, expected_head=head).whole
    # A head that was kept earlier still stands in a chain that went on.
    fill(3)
    assert queries.verify(CHAIN, expected_head=head).whole


def test_chains_do_not_lean_on_each_other() -> None:
    fill(3)
    journal.write(Events.FINDING_AGREED, by=PROGRAMME, about=Subject(), chain="another")
    assert queries.verify("another").entries == 1
    assert {"another", CHAIN} <= set(queries.chains())


EDITS: dict[str, str] = {
    "event": "'finding.withdrawn'",
    "by_id": "'somebody'",
    "by_name": "'Somebody else'",
    "side": "'authority'",
    "about_kind": "'case'",
    "about_id": "'2'",
    "about_label": "'another thing'",
    "detail": "'{\"fields\": []}'",
    "at": "datetime(at, '-1 second')",
    "previous": "'" + "1" * 64 + "'",
    "digest": "'" + "2" * 64 + "'",
    "chain": "'elsewhere'",
}


@pytest.mark.parametrize("field", EDITS)
def test_an_edited_field_is_found_at_its_entry(unguarded: None, field: str) -> None:
    fill()
    sql(f"UPDATE journal_entry SET {field} = {EDITS[field]} WHERE chain = %s AND number = 5", CHAIN)
    found = queries.verify(CHAIN)
    assert (found.whole, found.broken_at) == (False, 5)
    assert "Entry 5" in found.says


def test_every_field_of_an_entry_is_under_the_digest() -> None:
    told = {field.name for field in Entry._meta.get_fields()} - {"id", "number", "chain", "digest"}
    assert told - set(EDITS) == set()


def test_an_entry_taken_out_is_found(unguarded: None) -> None:
    fill()
    sql("DELETE FROM journal_entry WHERE chain = %s AND number = 7", CHAIN)
    assert queries.verify(CHAIN).broken_at == 7


def test_entries_that_changed_places_are_found(unguarded: None) -> None:
    fill()
    for old, new in ((4, 900), (9, 4), (900, 9)):
        sql("UPDATE journal_entry SET number = %s WHERE chain = %s AND number = %s", new, CHAIN, old)
    assert queries.verify(CHAIN).broken_at == 4


def test_a_chain_cut_short_is_only_found_against_a_head_that_somebody_kept(unguarded: None) -> None:
    head = fill()
    sql("DELETE FROM journal_entry WHERE chain = %s AND number > 9", CHAIN)
    assert queries.verify(CHAIN).whole
    found = queries.verify(CHAIN, expected_head=head)
    assert not found.whole
    assert "cut short or rebuilt" in found.says


def test_an_emptied_chain_is_found_against_a_kept_head(unguarded: None) -> None:
    head = fill()
    sql("DELETE FROM journal_entry WHERE chain = %s", CHAIN)
    assert not queries.verify(CHAIN, expected_head=head).whole


def rebuild(leave_out: int) -> None:
    """Somebody who knows the code writes the whole chain anew without one entry, every link fitting."""
    held = list(Entry.objects.filter(chain=CHAIN).exclude(number=leave_out).order_by("number"))
    sql("DELETE FROM journal_entry WHERE chain = %s", CHAIN)
    previous = journal.GENESIS
    for number, entry in enumerate(held, 1):
        entry.pk, entry.number, entry.previous = None, number, previous
        entry.digest = previous = journal.digest_of(entry)
        entry.save(force_insert=True)


def test_a_rebuilt_chain_is_only_found_against_a_head_that_somebody_kept(unguarded: None) -> None:
    head = fill()
    rebuild(leave_out=5)
    assert queries.verify(CHAIN).whole
    assert not queries.verify(CHAIN, expected_head=head).whole


def _edit(chance: random.Random, number: int) -> None:
    field = chance.choice(sorted(EDITS))
    sql(f"UPDATE journal_entry SET {field} = {EDITS[field]} WHERE chain = %s AND number = %s", CHAIN, number)


def _one_letter(chance: random.Random, number: int) -> None:
    entry = Entry.objects.get(chain=CHAIN, number=number)
    place = chance.randrange(64)
    digest = entry.digest[:place] + ("0" if entry.digest[place] != "0" else "1") + entry.digest[place + 1 :]
    sql("UPDATE journal_entry SET digest = %s WHERE id = %s", digest, entry.pk)


def _later(chance: random.Random, number: int) -> None:
    entry = Entry.objects.get(chain=CHAIN, number=number)
    moved = entry.at + timedelta(microseconds=chance.choice((-1, 1, 60_000_000)))
    sql("UPDATE journal_entry SET at = %s WHERE id = %s", moved.replace(tzinfo=None).isoformat(" "), entry.pk)


def _remove(chance: random.Random, number: int) -> None:
    sql("DELETE FROM journal_entry WHERE chain = %s AND number = %s", CHAIN, number)


def _swap(chance: random.Random, number: int) -> None:
    other = chance.choice([n for n in range(1, 13) if n != number])
    for old, new in ((number, 900), (other, number), (900, other)):
        sql("UPDATE journal_entry SET number = %s WHERE chain = %s AND number = %s", new, CHAIN, old)


def _cut(chance: random.Random, number: int) -> None:
    sql("DELETE FROM journal_entry WHERE chain = %s AND number >= %s", CHAIN, number)


def _rebuild(chance: random.Random, number: int) -> None:
    rebuild(leave_out=number)


TAMPERS: tuple[Callable[[random.Random, int], None], ...] = (
    _edit,
    _one_letter,
    _later,
    _remove,
    _swap,
    _cut,
    _rebuild,
)


def tampers(count: int) -> Iterator[tuple[Callable[[random.Random, int], None], int]]:
    for number in range(count):
        yield TAMPERS[number % len(TAMPERS)], number


def test_two_hundred_tamperings_are_all_found_against_a_kept_head(unguarded: None) -> None:
    head = fill()
    unnoticed = []
    for tamper, seed in tampers(200):
        chance = random.Random(seed)
        mark = transaction.savepoint()
        tamper(chance, chance.randrange(1, 13))
        if queries.verify(CHAIN, expected_head=head).whole:
            unnoticed.append((tamper.__name__, seed))
        transaction.savepoint_rollback(mark)
    assert unnoticed == []
    assert queries.verify(CHAIN, expected_head=head).whole


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        journal.write(Events.FINDING_AGREED, by=PROGRAMME, about=Subject(), chain=CHAIN)
    assert not Entry.objects.filter(chain=CHAIN).exists()


def test_a_journal_that_cannot_be_written_takes_the_act_back(monkeypatch: pytest.MonkeyPatch) -> None:
    wexcombe = inspection()

    def full(*args: object, **kwargs: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(inspections, "journal", full)
    lead = actor("Lena Lead")
    with pytest.raises(DatabaseError), transaction.atomic():
        inspections.change(inspection=wexcombe, version=wexcombe.version, title="Changed", by=lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        inspections.add_member(inspection=wexcombe, person=person("Ida"), role="inspector", by=lead)
    kept = Inspection.objects.get(pk=wexcombe.pk)
    assert (kept.title, kept.version) == (wexcombe.title, wexcombe.version)
    assert not kept.memberships.filter(role="inspector").exists()


def test_an_act_is_in_the_journal_in_words() -> None:
    wexcombe = inspection()
    member(wexcombe, "inspector", "Ida Inspector")
    told = [queries.sentence(entry) for entry in queries.entries(wexcombe.pk)]
    assert told[-1] == "Lena Lead set up the inspection"
    assert "Goldthread gave Ida Inspector a role in the inspection" in told


def test_every_event_can_be_told_of() -> None:
    entry = Entry(by_name="Ida", about_label="a thing")
    for code in EVENTS:
        entry.event = code
        sentence = queries.sentence(entry)
        assert "{" not in sentence
        assert "Ida" in sentence or "a thing" in sentence
    entry.event = "an-event.of-a-later-version"
    assert queries.sentence(entry) == "an-event.of-a-later-version by Ida: a thing"


def test_long_names_and_labels_fit() -> None:
    class Long:
        def journal_subject(self) -> tuple[str, str, str]:
            return ("thing", "1", "x" * 500)

    journal.write(Events.FINDING_AGREED, by=PROGRAMME, about=Long(), chain=CHAIN)
    assert queries.verify(CHAIN).whole
