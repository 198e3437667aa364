"""The tables that measures of the record ask: declarations only, so that anything may read them.

The record holds events, and a measure asks about children, periods and plans as they stood on one day. Each table here
has one row for each thing that a measure asks about. Columns that an Annex A list has too bear the list's name, so that
one definition can ask both.
"""

from goldthread.kernel.table import Column, Kind, Privacy, Table

_KINDS = {"code": Kind.CODE, "date": Kind.DATE, "count": Kind.COUNT, "number": Kind.NUMBER, "flag": Kind.FLAG}


def _columns(written: str) -> tuple[Column, ...]:
    """One column a line: its name, its kind where it is not text, and its words."""
    columns = []
    for line in written.strip().splitlines():
        name, kind, says = (part.strip() for part in line.split("|"))
        columns.append(Column(name, says, _KINDS.get(kind, Kind.TEXT)))
    return tuple(columns)


CHILD: tuple[Column, ...] = (
    Column("child", "the child", Kind.TEXT, privacy=Privacy.IDENTIFIER),
    Column("born_on", "date of birth", Kind.DATE, privacy=Privacy.IDENTIFIER),
    *_columns("""
        age        | count | age on the as-at date, from the date of birth
        gender     | code  | gender, or sex where only that is recorded
        ethnicity  | code  | ethnicity
        disability | flag  | whether a disability is recorded
        locality   |       | the locality of the child's home, by the directory of postcodes that was loaded
        source     |       | the table that the row was made of
        source_row | count | its row in the file; of several, the last of a period of care and the first of a placement
    """),
)
"""What every view says of the child in each of its rows, and where the row comes from."""


def _view(name: str, title: str, says: str, columns: str) -> Table:
    return Table(name, title, 0, says, ("row",), (*CHILD, *_columns(columns)), form="view")


VIEW_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _view("all_referrals", "Referrals", "One referral of one child, with the referral before it.", """
            referred_on       | date | date of the referral
            no_further_action | flag | whether nothing followed
            previous_on       | date | the child's referral before this one
            team              | code | the team
        """),
        _view("all_contacts", "Contacts", "One contact about one child, with the referral that followed it.", """
            contacted_on | date | date of the contact
            contact_source | code | where it came from
            referred_on  | date | the child's next referral, on that day or later
        """),
        _view("all_need", "Children in need", "One time that one child was in need: a referral that led further.", """
            opened_on | date | date of the referral
            closed_on | date | date on which the case was closed
            need      | code | primary need
            team      | code | the team
        """),
        _view("all_assessments", "Assessments", "One social work assessment of one child.", """
            started_on    | date | start of the assessment
            authorised_on | date | date on which it was authorised
            referred_on   | date | date of the referral that it belongs to
            child_seen    | flag | whether the child was seen
            team          | code | the team
        """),
        _view("all_enquiries", "Section 47 enquiries", "One section 47 enquiry about one child.", """
            strategy_on   | date | start of the enquiry, by its strategy discussion
            went_no_further | flag | whether no conference was needed
            conference_on | date | date of the conference that it led to
            led_to_plan   | flag | whether the conference led to a plan
            previous_on   | date | the child's enquiry before this one
            team          | code | the team
        """),
        _view("all_conferences", "Initial conferences", "One initial child protection conference on one child.", """
            strategy_on   | date | start of the enquiry that led to it
            conference_on | date | date of the conference
            transfer_in   | flag | whether the child came with a plan from elsewhere
            led_to_plan   | flag | whether it led to a plan
            team          | code | the team
        """),
        _view("all_plans", "Child protection plans", "One child protection plan, with what was held under it.", """
            started_on        | date  | start of the plan
            ended_on          | date  | end of the plan
            latest_category   | code  | latest category of abuse
            previous_plans    | count | plans before this one, as counted or as the record holds them
            previous_ended_on | date  | end of the plan before
            last_visit_on     | date  | the last statutory visit
            seen_alone        | flag  | whether the child was seen alone at the last visit
            reviews_late      | count | reviews of the year that were late, with one that is overdue now
            reviews_held      | count | reviews held in the year
            team              | code  | the team
        """),
        _view("in_care", "Children in care", "One child in care at the end of the as-at date.", """
            started_on              | date   | start of the period; blank where it began before what was handed in
            ceased_on               | date   | end of the period of care
            seen_from               | date   | the first day of the period that what was handed in shows
            legal_status            | code   | legal status on the as-at date
            unaccompanied           | flag   | whether the child sought asylum alone
            placement_type          | code   | type of the placement on the as-at date
            placement_on            | date   | start of that placement
            provider                | code   | who provides it
            in_or_out               | code   | whether it lies within the authority
            miles                   | number | miles from home in a straight line
            where_known             | code   | how the distance was found, or why it was not
            placements_in_year      | count  | placements in the 12 months
            placements_in_two_years | count  | placements in the 24 months
            moves_in_year           | count  | moves in the 12 months
            carer_on                | date   | since when with the same carer; blank where before what was handed in
            carer_from              | date   | since when at the least with the same carer
            last_visit_on           | date   | the last visit
            reviews_late            | count  | reviews of the year that were late, with one that is overdue now
            reviews_held            | count  | reviews held in the year
            workers_in_year         | count  | different social workers in the 12 months
            health_on               | date   | the last health assessment
            health_said             | flag   | whether one is recorded without its day; blank if no child has any
            dental_on               | date   | the last dental check
            dental_said             | flag   | whether one is recorded without its day; blank if no child has any
            development_on          | date   | the last check of a child under five
            development_said        | flag   | whether one is recorded without its day; blank if no child has any
            immunised               | flag   | whether immunisations are up to date
            sdq_score               | count  | latest score of strengths and difficulties in the year
            sdq_reason              | code   | why there is no score
            convicted               | flag   | whether a conviction or caution in the year is recorded
            team                    | code   | the team
        """),
        _view("cared_in_year", "Children in care in the year", "One child in care at some time in the 12 months.", """
            legal_status     | code  | legal status when last in care
            missing_in_year  | count | times missing in the 12 months
            absent_in_year   | count | times away without leave in the 12 months
        """),
        _view("care_begun", "Periods of care begun", "One period of care that began.", """
            started_on        | date | start of the period
            ceased_on         | date | its end
            legal_status      | code | legal status at its start
            previous_ceased_on | date | end of the child's period of care before
        """),
        _view("care_ended", "Periods of care ended", "One period of care that ended.", """
            started_on    | date | start of the period; blank where it began before what was handed in
            ceased_on     | date | its end
            ceased_reason | code | why it ended
            legal_status  | code | last legal status
            last_of_child | flag | whether it is the last end of that child in what was handed in
        """),
        _view("care_reviews", "Reviews of care", "One review of the care of one child.", """
            reviewed_on   | date  | date of the review
            participation | code  | how the child took part
            age_then      | count | age of the child on that day
        """),
        _view("times_missing", "Times missing", "One time that one child in care was missing, and came back.", """
            missing_on   | date | first day missing
            returned_on  | date | day of return
            kind         | code | missing, or away without leave
            offered      | code | whether an interview was offered
            accepted     | code | whether it was accepted
        """),
        _view("leavers", "Care leavers", "One young person who gets leaving-care services.", """
            eligibility     | code | eligibility
            in_touch        | code | whether in touch
            contacted_on    | date | latest contact
            accommodation   | code | kind of accommodation
            suitability     | code | whether it is suitable
            activity        | code | main activity
            pathway_plan_on | date | latest review of the pathway plan
            adviser         | code | personal adviser
            team            | code | the team
        """),
        _view("adoption_paths", "Ways to adoption", "One child's way to adoption.", """
            decided_on  | date | decision that the child should be adopted
            placed_on   | date | placed with adopters
            adopted_on  | date | the adoption order
            reversed_on | date | decision that the child should no longer be adopted
            entered_on  | date | start of the period of care from which the child is adopted
            ordered_on  | date | the placement order
            matched_on  | date | matched with adopters
            moved_in_on | date | moved in with adopters, as told or as the first placement with them shows
            fostered_on | date | moved in with them as their foster carers before that
            by_carer    | flag | whether the child is adopted by the foster carer
            finished_on | date | the adoption order, or the end of care by adoption
        """),
        _view("all_early_help", "Early help begun", "One time that early help began for one child.", """
            started_on   | date | start of the help
            ended_on     | date | its end
            organisation | code | the organisation that led it
        """),
        _view("helped_early", "Early help", "One time that early help ended for one child, and what came after.", """
            started_on   | date | start of the help
            ended_on     | date | its end
            organisation | code | the organisation that led it
            referred_on  | date | the child's next referral
            in_need_on   | date | when the child next was in need: a referral that led further
            plan_on      | date | start of the child's next protection plan
        """),
        _view("stays", "Placements", "One placement as the measures count it.", """
            period       | code | the period of care
            started_on   | date | start; blank where it began before what was handed in
            seen_from    | date | the first day that what was handed in shows
            ended_on     | date | end
            type         | code | type of placement
            opened_by    | code | why the first episode of the placement is new
            is_move      | flag | whether the child came from another placement of the same period
            carer_on     | date | since when with that carer; blank where before what was handed in
            carer_from   | date | since when at the least with that carer
        """),
    )
}  # fmt: skip
"""Every view's table by its name."""
