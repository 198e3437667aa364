"""Parts of a story told quickly, through the same pages, so that a journey can begin where it wants to."""

import re

from bench.serving import Answer, Client


def inspection_of(client: Client) -> str:
    """The inspection that somebody's home page leads to."""
    found = re.search(r"/inspections/([0-9a-f-]{36})/", client.get("/home/").text)
    assert found, "the home page leads to no inspection"
    return found.group(1)


def compose_a_report(lead: Client) -> str:
    """A version of the report; its address."""
    at = f"/inspections/{inspection_of(lead)}/report/"
    return _sent(lead.post(at, {"title": "Wrenfordshire children’s services"})).location


def publish_a_report(lead: Client, quality: Client) -> None:
    """A report composed, submitted, approved and published, and one more version begun."""
    at = compose_a_report(lead)
    _sent(lead.post(f"{at}submit/", {}))
    _sent(quality.post(f"{at}check/", {"note": "Read twice.", "decision": "approve"}))
    published = _sent(lead.post(f"{at}publish/", {"because": "A story told in one day."}))
    assert published.location.startswith("/reports/"), f"not published: {published.location}"
    compose_a_report(lead)


def _sent(answer: Answer) -> Answer:
    assert answer.status in (302, 303), f"{answer.address} answered {answer.status}"
    return answer
