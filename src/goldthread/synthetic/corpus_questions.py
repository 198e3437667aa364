"""Sixty questions as inspectors type them, and for each the one passage of the invented library that answers it.

The passages and the questions were written side by side, before any search was run on them. They are hard: no
question has all of its words in its passage, and 43 of 60 share no word's beginning with it. So a search that wants
every word finds none. Beside them stand as many in the passages' own words, so that a comparison is fair.
"""

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("supervision cancelled because of sickness",
     "When a team manager is ill, supervision in that team is not moved to another day but lapses, and "
     "nobody else holds it."),
    ("workers leaving because of high caseloads",
     "Exit conversations show that eleven practitioners resigned since they could not do justice to the "
     "number of families they held."),
    ("agency staff reliance",
     "A third of posts in the assessment service are filled by locums from an employment agency on short "
     "contracts."),
    ("newly qualified social workers support",
     "Those in their assessed and supported first year in practice hold no more than ten families and have "
     "a mentor."),
    ("backlog of assessments",
     "On the last Friday of the month 143 single assessments were past 45 working days without a manager "
     "having signed them."),
    ("children hidden from view in elective home education",
     "Officers could not say where 27 pupils were who had been taken off the school roll by parents "
     "teaching them themselves."),
    ("sofa surfing homeless teenagers",
     "Sixteen and seventeen year olds who stay with friends one night at a time are assessed jointly with "
     "the housing department."),
    ("bed and breakfast used for young people",
     "Two care leavers spent nineteen nights in a commercial hotel because no supported lodging was "
     "vacant."),
    ("unregistered placements",
     "Four children lived in settings that had no registration with Ofsted, the longest for eleven weeks."),
    ("distance from home placements",
     "Forty-one children live more than twenty miles from where they grew up, most of them because the "
     "county has too few foster homes."),
    ("brothers and sisters separated in care",
     "Sibling groups of three or more were placed apart in nine of fourteen cases, with no assessment of "
     "whether they should be together."),
    ("dental checks for looked after children",
     "Only 58 in a hundred had seen a dentist in the year; the community clinic has closed its list."),
    ("initial health assessment delays",
     "Paediatricians see a child 34 days after they come into care on average, against a standard of 20 "
     "working days."),
    ("CAMHS waiting list",
     "The wait for emotional wellbeing support from the mental health trust stands at 26 weeks from "
     "referral to treatment."),
    ("exclusions of children in care from school",
     "Seventeen fixed-term suspensions of pupils who are looked after were recorded, eight of them of the "
     "same three boys."),
    ("pupil premium plus spending",
     "The virtual headteacher releases the additional grant only when a personal education plan has "
     "targets that can be measured."),
    ("foster carers leaving",
     "Thirteen fostering households gave up in the year; allowances and being left out of decisions were "
     "the reasons they named."),
    ("kinship carers financial support",
     "Relatives who care under special guardianship receive an allowance that is means tested and stops at "
     "eighteen."),
    ("adoption breakdown",
     "Three adoptive families came apart before the order was made, and a learning review was held on "
     "each."),
    ("life story work incomplete",
     "Half of the children who have been adopted went to their new parents without a book that explains "
     "their beginnings."),
    ("pre-birth assessments too late",
     "For unborn babies the first visit took place after the thirtieth week of pregnancy in seven of "
     "twelve."),
    ("concealed pregnancy",
     "Midwives tell the front door at once where an expectant mother has hidden that she is carrying a "
     "child."),
    ("fathers not involved in assessments",
     "Dads who live elsewhere were not spoken with in 22 of 60 audited files, even where they had parental "
     "responsibility."),
    ("interpreter used with families",
     "Professional translators were booked in time for all but four conferences; in those a cousin was "
     "asked to help."),
    ("disabled children short breaks",
     "The overnight respite unit opens four nights a week, and families of children with complex needs "
     "wait seven months for it."),
    ("deaf child communication",
     "No practitioner in the team signs, so an advocate who uses British Sign Language goes along on each "
     "visit."),
    ("forced marriage",
     "Two applications for a protection order were made so that girls could not be taken abroad to be wed "
     "against their will."),
    ("female genital mutilation reporting",
     "Teachers and nurses know their mandatory duty to tell police where a girl says she was cut."),
    ("knife crime and gangs",
     "The youth violence panel maps which boys carry blades and which groups are in conflict with one "
     "another."),
    ("county lines trafficking referral",
     "All eighteen young people found dealing in other towns were notified to the national referral "
     "mechanism as possible victims of slavery."),
    ("girls exploited by older men",
     "Taxi drivers and hotel keepers were trained to notice teenagers who arrive with adults that are not "
     "their family."),
    ("online grooming",
     "The police cyber unit found that two in five contacts with offenders began in the chat of a computer "
     "game."),
    ("radicalisation Prevent referrals",
     "The Channel panel took on six pupils who had been drawn to extremist material."),
    ("missing from care repeatedly",
     "Nine residents account for 61 in a hundred episodes in which a child was away from the children's "
     "home without leave."),
    ("return home interviews declined",
     "Young people say no to talking after they were missing when the person who asks is a stranger to "
     "them."),
    ("private fostering notifications",
     "The county knows of five children cared for by somebody other than a close relative under a private "
     "arrangement, fewer than its neighbours."),
    ("allegations against teachers",
     "The designated officer closed 38 matters about people who work in schools, half within a month."),
    ("police protection powers used at night",
     "Constables removed seven children from danger under emergency powers out of hours, and the duty "
     "worker came each time."),
    ("strategy discussion without health",
     "Nobody from the hospital or the health visiting service joined in 31 of 80 strategy meetings."),
    ("step down to early help",
     "Cases are passed from statutory teams to family hubs by a meeting with the parents, not by a form "
     "alone."),
    ("re-referrals within twelve months",
     "One in four families comes back to the front door within a year of being closed."),
    ("neglect tool graded care profile",
     "The scale by which practitioners describe how well a child's needs at home are met was used in 12 of "
     "90 neglect cases."),
    ("parental alcohol misuse",
     "Mothers and fathers who drink to excess can see a recovery worker who sits in the children's team "
     "two days a week."),
    ("parents with learning difficulties",
     "Plans are written in easy words with pictures where a mum or dad has an intellectual disability."),
    ("domestic abuse perpetrators programme",
     "Men who were violent to their partners can join a behaviour change group; 40 began and 15 stayed to "
     "the end."),
    ("coercive control training",
     "All staff learned how one adult may govern the money, movements and friendships of another without a "
     "blow being struck."),
    ("court delay care proceedings",
     "It takes 44 weeks on average from application to final order, and the law says 26."),
    ("quality of social work evidence in court",
     "The family judge wrote that statements were balanced and analytic, and that two had been filed late."),
    ("letters before proceedings drift",
     "In the public law outline one family was held for fourteen months without a decision to issue or to "
     "end."),
    ("advocacy take up",
     "Of those who were offered somebody independent to speak up for them, 29 in a hundred accepted."),
    ("independent visitors waiting",
     "Twenty-two children who have no contact with their parents wait for a volunteer befriender to be "
     "matched."),
    ("children do not know their rights",
     "In the council of young people nobody present had seen the pledge or the guide to complaints."),
    ("complaints from families answered late",
     "Stage two investigations closed after 112 days on average, where regulations allow 65."),
    ("feedback from parents not gathered",
     "Questionnaires are sent when a case ends; three came back, and no team has read what they say."),
    ("pathway plan out of date",
     "For 35 of 190 young adults who have left care the document that sets out their goals was older than "
     "six months."),
    ("care leavers in prison",
     "Personal advisers visit those in custody every two months and meet them at the gate upon release."),
    ("apprenticeships for care experienced",
     "The council reserves eight trainee jobs a year for young adults who grew up in its care, and six are "
     "filled."),
    ("unaccompanied asylum seekers age dispute",
     "Two social workers hold an age assessment together, with a lawyer's advice, when the Home Office "
     "doubts that somebody is under eighteen."),
    ("data quality of case system",
     "Since the electronic record was replaced, 900 visits were entered twice and the weekly dashboard "
     "cannot be trusted."),
    ("political oversight scrutiny councillors",
     "Elected members asked no question about the rise in re-registrations when the annual report was "
     "before them."),
)  # fmt: skip

IN_ITS_WORDS: tuple[str, ...] = (
    "supervision lapses manager ill",
    "exit conversations practitioners resigned",
    "locums employment agency",
    "first year in practice mentor",
    "single assessments without a manager",
    "taken off the school roll",
    "stay with friends housing department",
    "nights in a commercial hotel",
    "no registration with Ofsted",
    "more than twenty miles",
    "sibling groups placed apart",
    "seen a dentist",
    "paediatricians 34 days",
    "emotional wellbeing 26 weeks",
    "fixed-term suspensions",
    "virtual headteacher grant",
    "fostering households gave up",
    "special guardianship means tested",
    "adoptive families learning review",
    "book that explains their beginnings",
    "unborn babies first visit",
    "midwives expectant mother",
    "dads not spoken with",
    "professional translators conferences",
    "overnight respite unit",
    "British Sign Language advocate",
    "protection order taken abroad",
    "mandatory duty to tell police",
    "boys carry blades",
    "national referral mechanism slavery",
    "taxi drivers and hotel keepers",
    "chat of a computer game",
    "Channel panel extremist",
    "away from the children's home without leave",
    "missing when the person who asks is a stranger",
    "private arrangement close relative",
    "designated officer schools",
    "constables emergency powers",
    "hospital strategy meetings",
    "passed to family hubs",
    "comes back to the front door",
    "scale neglect cases",
    "drink to excess recovery worker",
    "easy words with pictures",
    "behaviour change group",
    "money movements and friendships",
    "44 weeks application",
    "family judge statements",
    "public law outline fourteen months",
    "speak up for them",
    "volunteer befriender",
    "seen the pledge",
    "stage two investigations",
    "questionnaires came back",
    "document that sets out their goals",
    "custody release",
    "trainee jobs",
    "age assessment lawyer",
    "weekly dashboard cannot be trusted",
    "elected members re-registrations",
)
"""For each passage, in the same order, what somebody types who knows its words: all of them stand in it.

Written after the questions and after full text had been run on those, from the passages alone.
"""
