"""Pages: comments on a finding, settled and opened again, and whose it is."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.apps.access.permissions import Permission
from goldthread.apps.access.policy import Actor, Target
from goldthread.apps.findings import actions, queries
from goldthread.apps.submissions.actions import forget_typed_text
from goldthread.web.checks import or_error, pressed
from goldthread.web.doors import door
from goldthread.web.finding_forms import CommentForm, OwnerForm
from goldthread.web.pages.evidence import may


def shown(actor: Actor, finding: Any) -> dict[str, Any]:
    """What a finding's page tells of its comments and its owner."""
    writes = may(actor, Permission.FINDING_WRITE, finding)
    return {
        "comments": queries.comments_on(finding),
        "may_comment": may(actor, Permission.FINDING_COMMENT, finding),
        "comment_form": CommentForm(None),
        "comment_key": f"finding-comment-{finding.pk}",
        "may_give": writes and finding.status != "withdrawn",
        "may_join": writes and finding.status == "draft",
        "merged_from": list(finding.merged_from.all()),
        "split_off": list(finding.split_off.all()),
    }


def comment(request: HttpRequest, finding: Any) -> HttpResponse:
    """Comment on a finding."""
    form = CommentForm(request.POST)
    if form.is_valid():
        held = form.cleaned_data
        words = {name: held[name] for name in ("text", "client_key")}
        if or_error(form, "text", actions.comment_on, finding=finding, by=request.actor, **words) is not None:  # type: ignore[attr-defined]
            key = f"finding-comment-{finding.pk}@{finding.inspection_id}"
            forget_typed_text(form=key, by=request.actor)  # type: ignore[attr-defined]
            messages.success(request, "Your comment stands with the finding.")
            return redirect("finding", inspection=finding.inspection_id, finding=finding.pk)
    context = {
        "inspection": finding.inspection,
        "finding": finding,
        "form": form,
        "key": f"finding-comment-{finding.pk}",
    }
    return render(request, "findings/comment.html", context, status=422)


def resolve(request: HttpRequest, comment: Any) -> HttpResponse:
    """Say that a comment is settled."""
    act = partial(actions.resolve_comment, comment=comment.row)
    return pressed(request, act, says="The comment is resolved.", look=comment.look)


def reopen(request: HttpRequest, comment: Any) -> HttpResponse:
    """Open a comment again."""
    act = partial(actions.reopen_comment, comment=comment.row)
    return pressed(request, act, says="The comment is open again.", look=comment.look)


def owner(request: HttpRequest, finding: Any) -> HttpResponse:
    """Give a finding to another owner."""
    owners = queries.possible_owners(finding.inspection)
    form = OwnerForm(request.POST or None, owners=owners, initial={"to": str(finding.owner_id or "")})
    if request.method == "POST" and form.is_valid():
        to = next(one for one in owners if str(one.pk) == form.cleaned_data["to"])
        words = {"to": to, "version": form.cleaned_data["version"], "by": request.actor}  # type: ignore[attr-defined]
        if or_error(form, "to", actions.give_finding, finding=finding, **words) is not None:
            messages.success(request, f"{finding.mark} is {to.name}’s now.")
            return redirect("finding", inspection=finding.inspection_id, finding=finding.pk)
    context = {"inspection": finding.inspection, "finding": finding, "form": form}
    return render(request, "findings/owner.html", context, status=422 if form.errors else 200)


class _Comment:
    """A comment as a door asks about it: it is of its finding."""

    def __init__(self, row: Any) -> None:
        self.row = row

    @property
    def look(self) -> str:
        """Where it is seen."""
        found: str = reverse("finding", args=[self.row.finding.inspection_id, self.row.finding_id])
        return f"{found}#comments"

    def target(self) -> Target:
        """The finding's own."""
        target: Target = self.row.finding.target()
        return target


def _find(actor: Actor, inspection: UUID, finding: UUID, comment: int) -> _Comment:
    return _Comment(queries.comment_on_finding(actor, inspection, finding, comment))


_ONE = "inspections/<uuid:inspection>/findings/<uuid:finding>/"
_SAY, _WRITE = Permission.FINDING_COMMENT, Permission.FINDING_WRITE
DOORS = [
    door(_ONE + "comment/", comment, "finding_comment", needs=_SAY, to_change=_SAY, about=queries.get, reads=False),
    door(
        _ONE + "comments/<int:comment>/resolve/", resolve, "finding_comment_resolve", needs=_SAY, to_change=_SAY,
        about=_find, reads=False,
    ),
    door(
        _ONE + "comments/<int:comment>/reopen/", reopen, "finding_comment_reopen", needs=_SAY, to_change=_SAY,
        about=_find, reads=False,
    ),
    door(_ONE + "owner/", owner, "finding_owner", needs=_WRITE, to_change=_WRITE, about=queries.get),
]  # fmt: skip
