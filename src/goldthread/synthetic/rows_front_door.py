"""Rows of lists 1 to 5: contacts, early help, referrals, assessments, section 47 enquiries."""

from goldthread.synthetic import mixes
from goldthread.synthetic.case import Case
from goldthread.synthetic.contacts import Contact, EarlyHelp
from goldthread.synthetic.rows import Row, about, held_by
from goldthread.synthetic.scene import Scene


def contact_rows(scene: Scene, contacts: list[Contact]) -> list[Row]:
    """List 1."""
    return [
        {**about(contact.child, scene.as_at), "contacted_on": contact.on, "source": contact.source}
        for contact in contacts
    ]


def early_help_rows(scene: Scene, helps: list[EarlyHelp]) -> list[Row]:
    """List 2."""
    return [
        {
            **about(given.child, scene.as_at),
            "started_on": given.started_on,
            "completed_on": given.completed_on,
            "organisation": given.organisation,
        }
        for given in helps
    ]


def referral_rows(scene: Scene, cases: list[Case]) -> list[Row]:
    """List 3. The number of referrals is the same on every row of a child, and leaves out the latest one."""
    dice = scene.dice("referral rows")
    total = sum(len(case.referrals) for case in cases)
    # Where the list holds two referrals of a child, the later one is a re-referral and the earlier one was the first.
    twice = sum(len(case.referrals) for case in cases if len(case.referrals) > 1)
    later = sum(len(case.referrals) - 1 for case in cases if case.referrals)
    share = max(0.0, (mixes.REREFERRED * total - later) / max(1, total - twice))
    rows = []
    for case in cases:
        unborn = case.child.born_on > scene.as_at
        others = len(case.referrals) - 1
        if others == 0 and not unborn and dice.chance(share):
            others = dice.pick(mixes.EARLIER_REFERRALS)
        rows += [
            {
                **about(case.child, scene.as_at),
                "referred_on": referral.on,
                "source": referral.source,
                "no_further_action": "Y" if referral.ended_there else "N",
                "referrals_in_year": others,
                **held_by(referral.post),
            }
            for referral in case.referrals
        ]
    return rows


def assessment_rows(scene: Scene, cases: list[Case]) -> list[Row]:
    """List 4."""
    return [
        {
            **about(case.child, scene.as_at),
            "disability": case.child.disability,
            "started_on": assessment.started_on,
            "child_seen": assessment.seen if assessment.authorised_on else None,
            "authorised_on": assessment.authorised_on,
            "needs_support": assessment.needs_support,
            **held_by(assessment.post),
        }
        for case in cases
        for assessment in case.assessments
    ]


def enquiry_rows(scene: Scene, cases: list[Case]) -> list[Row]:
    """List 5. The counts are the same on every row of a child, and leave out the latest enquiry."""
    dice = scene.dice("enquiry rows")
    rows = []
    for case in cases:
        before = len(case.enquiries) - 1 + (1 if dice.chance(0.09) else 0)
        conferences = 1 if before > 0 and dice.chance(0.25) else 0
        rows += [
            {
                **about(case.child, scene.as_at),
                "disability": case.child.disability,
                "strategy_on": enquiry.strategy_on,
                "conference_unnecessary": enquiry.unnecessary,
                "conference_on": enquiry.conference_on,
                "led_to_plan": enquiry.led_to_plan,
                "enquiries_in_year": before,
                "conferences_in_year": conferences,
                **held_by(enquiry.post),
            }
            for enquiry in case.enquiries
        ]
    return rows
