"""Pages that everybody may read: the front page, the accessibility statement, privacy, help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.apps.access.permissions import SAYS, Permission
from goldthread.apps.access.roles import FOR_EVERYONE, FOR_THE_SIGNED_IN, ROLES, Reach, Side
from goldthread.kernel.tables import TABLES
from goldthread.web.doors import door

REACHES = {
    Reach.ALL: "",
    Reach.SIDE: "on their own side only",
    Reach.OWN: "what is their own or was given to them",
    Reach.RELEASED: "of the other side, only what was released to them",
}
SIDES = {
    Side.TEAM: "The inspecting team",
    Side.AUTHORITY: "The authority",
    Side.RESPONDENT: "Respondents",
    Side.PUBLIC: "Everybody else",
}


def front(request: HttpRequest) -> HttpResponse:
    """What Goldthread is; whoever is signed in goes to their work."""
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "public/front.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "public/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is held of people who use this, and of children."""
    return render(request, "public/privacy.html")


def help_page(request: HttpRequest) -> HttpResponse:
    """Help, from the call to the published report."""
    return render(request, "public/help.html")


def help_roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, printed from the roles that the policy reads."""
    sides = [
        {
            "title": title,
            "roles": [
                {"role": role, "may": [(SAYS[permission], REACHES[reach]) for permission, reach in role.may.items()]}
                for role in ROLES.values()
                if role.side is side
            ],
        }
        for side, title in SIDES.items()
    ]
    context = {
        "sides": sides,
        "everyone": [SAYS[permission] for permission in sorted(FOR_EVERYONE)],
        "signed_in": [SAYS[permission] for permission in sorted(FOR_THE_SIGNED_IN)],
    }
    return render(request, "public/help_roles.html", context)


def help_codes(request: HttpRequest) -> HttpResponse:
    """The codes that each column of each list may hold; a list of codes is shown where it is used first."""
    shown: set[str] = set()
    lists = []
    for table in TABLES.values():
        columns = []
        for column in table.columns:
            if column.codes is not None:
                columns.append({"column": column, "first": column.codes.name not in shown})
                shown.add(column.codes.name)
        lists.append({"table": table, "columns": columns})
    return render(request, "public/help_codes.html", {"lists": lists})


_OPEN = Permission.PUBLIC
DOORS = [
    door("", front, "front", needs=_OPEN),
    door("accessibility/", accessibility, "accessibility", needs=_OPEN),
    door("privacy/", privacy, "privacy", needs=_OPEN),
    door("help/", help_page, "help", needs=_OPEN),
    door("help/codes/", help_codes, "help_codes", needs=_OPEN),
    door("help/roles/", help_roles, "help_roles", needs=_OPEN),
]
