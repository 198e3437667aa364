"""Parts of a story told quickly, through the same pages, so that a journey can begin where it wants to."""

import re

from bench.serving import Answer, Client


def inspection_of(client: Client) -> str:
    """The inspection that somebody's home page leads to; not the audit programme beside it, which has no report."""
    home = client.get("/home/").text
    named = re.findall(r'href="/inspections/([0-9a-f-]{36})/"[^>]*>([^<]*)<', home)
    found = [one for one, title in named if "audit programme" not in title]
    found += re.findall(r"/inspections/([0-9a-f-]{36})/", home)
    assert found, "the home page leads to no inspection"
    return found[0]


def compose_a_report(lead: Client) -> str:
    """A version of the report; its address."""
    at = f"/inspections/{inspection_of(lead)}/report/"
    return _sent(lead.post(at, {"title": "Wrenfordshire children’s services"})).location


def latest(client: Client) -> str:
    """The address of the newest version of the report."""
    at = f"/inspections/{inspection_of(client)}/report/"
    found = re.search(rf'href="({at}[0-9a-f-]{{36}}/)"', client.get(at).text)
    assert found, "there is no version of the report"
    return found.group(1)


def submit(lead: Client) -> None:
    """The newest version is sent to be checked."""
    at = latest(lead)
    _sent(lead.post(f"{at}submit/", {"version": _version(lead, at)}))


def answer_urgent_concerns(lead: Client) -> int:
    """What is being done about each urgent concern that waits is said by the lead; how many there were."""
    at = f"/inspections/{inspection_of(lead)}/"
    waiting = re.findall(rf'href="({at}[^"]*)"[^>]*>Answer an urgent concern', lead.get("/home/").text)
    for one in waiting:
        _sent(lead.post(one, {"done": "The child was seen today, alone and at home.", "version": _version(lead, one)}))
    return len(waiting)


def publish(lead: Client) -> str:
    """The newest version is published, once no urgent concern waits; where."""
    answer_urgent_concerns(lead)
    at = f"{latest(lead)}publish/"
    told = {"because": "A story told in one day.", "version": _version(lead, at)}
    published = _sent(lead.post(at, told))
    assert published.location.startswith("/reports/"), f"not published: {published.location}"
    return published.location


def passes(checker: Client) -> None:
    """One checker passes the newest version."""
    at = f"{latest(checker)}check/"
    _sent(checker.post(at, {"note": "Read twice.", "decision": "approve", "version": _version(checker, at)}))


def publish_a_report(lead: Client, *checkers: Client) -> None:
    """A report composed, submitted, passed by each checker and published, and one more version begun."""
    compose_a_report(lead)
    submit(lead)
    for checker in checkers:
        passes(checker)
    publish(lead)
    compose_a_report(lead)


def _version(client: Client, at: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', client.get(at).text)
    assert found, f"{at} says of no version"
    return found.group(1)


def _sent(answer: Answer) -> Answer:
    assert answer.status in (302, 303), f"{answer.address} answered {answer.status}"
    return answer
