"""What somebody types and has not sent: their own, under seal, and nothing of it lost."""

import importlib
import json
from typing import Any

import pytest
from django.apps import apps as installed
from tests.factories import inspection, member

from goldthread.apps.access.policy import NOBODY, Refused
from goldthread.apps.inspections.models import Inspection
from goldthread.apps.submissions import actions, queries, sealing
from goldthread.apps.submissions.models import InspectionKey, TypedText

pytestmark = pytest.mark.django_db


def test_typed_text_is_its_writers_own() -> None:
    made = inspection()
    ida, ivo = member(made, "inspector", "Ida"), member(made, "inspector", "Ivo")
    actions.keep_typed_text(form="finding-new", fields={"statement": "half a"}, inspection=made, by=ida)
    actions.keep_typed_text(form="finding-new", fields={"statement": "half a sentence"}, inspection=made, by=ida)
    kept = queries.typed_text(ida, "finding-new")
    assert kept is not None
    assert kept.fields == {"statement": "half a sentence"}
    assert queries.typed_text(ivo, "finding-new") is None
    assert queries.typed_text(NOBODY, "finding-new") is None
    actions.forget_typed_text(form="finding-new", by=ivo)
    assert queries.typed_text(ida, "finding-new") is not None
    actions.forget_typed_text(form="finding-new", by=ida)
    assert queries.typed_text(ida, "finding-new") is None
    with pytest.raises(Refused):
        actions.keep_typed_text(form="finding-new", fields={}, inspection=None, by=NOBODY)


def test_half_a_sentence_rests_under_the_seal_of_its_inspection() -> None:
    made = inspection()
    ida = member(made, "inspector", "Ida")
    for form, within in (("finding-new", made), ("inspection-new", None)):
        actions.keep_typed_text(form=form, fields={"words": "Larkspur said"}, inspection=within, by=ida)
        held = TypedText.objects.get(form=form)
        assert b"Larkspur" not in bytes(held.sealed)
        assert held.inspection == within
        kept = queries.typed_text(ida, form)
        assert kept is not None and kept.fields == {"words": "Larkspur said"}
    InspectionKey.objects.filter(inspection=made).delete()
    with pytest.raises(sealing.CannotUnseal):
        queries.typed_text(ida, "finding-new")


def test_a_text_in_anothers_place_is_not_opened() -> None:
    made = inspection()
    ida, ivo = member(made, "inspector", "Ida"), member(made, "inspector", "Ivo")
    for who in (ida, ivo):
        actions.keep_typed_text(form="finding-new", fields={"words": who.id}, inspection=made, by=who)
    theirs = TypedText.objects.get(person_id=ivo.id)
    TypedText.objects.filter(person_id=ida.id).update(sealed=theirs.sealed)
    with pytest.raises(sealing.CannotUnseal):
        queries.typed_text(ida, "finding-new")


def test_what_was_kept_in_the_open_before_is_sealed_and_still_offered() -> None:
    made = inspection()
    ida = member(made, "inspector", "Ida")
    day = made.created_at

    class Old:
        """A row as it lay in the table that is gone."""

        def __init__(self, form: str, within: Inspection | None) -> None:
            self.pk, self.person_id, self.form, self.saved_at = 1, ida.id, form, day
            self.inspection_id, self.fields = within.pk if within else None, {"words": ["Larkspur", "said"]}

    class Registry:
        """The apps as the migration asks for them."""

        def get_model(self, app: str, name: str) -> Any:
            if (app, name) != ("inspections", "TypedText"):
                return installed.get_model(app, name)
            return type("OldTable", (), {"objects": self})

        def order_by(self, _: str) -> list[Old]:
            return [Old("finding-new", made), Old("inspection-new", None)]

    module = importlib.import_module("goldthread.apps.submissions.migrations.0004_typed_text_under_seal")
    module.seal_what_was_kept(Registry(), None)
    for form in ("finding-new", "inspection-new"):
        kept = queries.typed_text(ida, form)
        assert kept is not None and (kept.fields, kept.saved_at) == ({"words": ["Larkspur", "said"]}, day)
        assert json.dumps("Larkspur").encode()[1:-1] not in bytes(TypedText.objects.get(form=form).sealed)
