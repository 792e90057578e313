"""Every code the contract knows, with its meaning."""

from alongside.measures.schema import Codelist

DISPOSITION = Codelist(
    "disposition",
    {
        "substantiated": "The investigation found that it happened.",
        "inconclusive": "The investigation could not tell.",
        "unfounded": "The investigation found that it did not happen.",
    },
)
EXIT_REASON = Codelist(
    "exit_reason",
    {
        "reunification": "Returned to a parent or earlier caregiver.",
        "relative": "Went to live with a relative.",
        "guardianship": "A guardian was appointed.",
        "adoption": "Was adopted.",
        "emancipation": "Left care as an adult.",
        "transfer": "Another agency or county became responsible.",
        "runaway": "Care was ended while the young person was away.",
        "death": "Died.",
    },
)
PERMANENCY = ("reunification", "relative", "guardianship", "adoption")
RE_ENTRY_EXITS = ("reunification", "relative", "guardianship")
AGENCY = Codelist(
    "agency",
    {
        "child_welfare": "The child-welfare agency is responsible.",
        "probation": "The probation department is responsible.",
    },
)
SETTING = Codelist(
    "setting",
    {
        "kin": "With a relative or someone like family.",
        "foster_home": "A licensed foster or resource family home.",
        "group_home": "A group home.",
        "strtp": "A short-term residential therapeutic program.",
        "shelter": "An emergency shelter.",
        "detention": "Juvenile hall, camp or jail.",
        "hospital": "A hospital.",
        "trial_home_visit": "At home on trial while still in care.",
        "absent": "Away from placement without permission.",
        "other": "Any other setting.",
    },
)
FAMILY_LIKE = {  # the lower, the more like a family; others are not on the scale
    "trial_home_visit": 0,
    "kin": 1,
    "foster_home": 2,
    "group_home": 3,
    "strtp": 4,
    "shelter": 5,
    "detention": 6,
}
CONCERN_KIND = Codelist(
    "concern_kind",
    {
        "at_risk": "Behavior or events suggest a risk of exploitation.",
        "suspected": "Exploitation is suspected.",
        "confirmed": "Exploitation is confirmed.",
    },
)
RACE_ETHNICITY = Codelist(
    "race_ethnicity",
    {
        "american_indian_alaska_native": "American Indian or Alaska Native.",
        "asian": "Asian.",
        "black": "Black or African American.",
        "hispanic": "Hispanic or Latino.",
        "middle_eastern_north_african": "Middle Eastern or North African.",
        "native_hawaiian_pacific_islander": "Native Hawaiian or Pacific Islander.",
        "white": "White.",
        "other": "Another race or ethnicity.",
    },
)
FACT_KIND = Codelist(
    "fact_kind",
    {
        "unit": "Enrolled with a unit; the value is the unit.",
        "worker": "Has an assigned worker; the value is a staff_id.",
        "advocate": "Has an assigned advocate; the value is a staff_id.",
        "support_level": "at_risk, secondary or full.",
        "exploitation": "none, at_risk, suspected, confirmed or unknown.",
        "away": "Away without permission, in care or at home.",
        "detention": "In juvenile hall, camp or jail.",
        "hospital": "In a hospital.",
        "supervision": "Under the supervision of the juvenile court or probation.",
        "court": "star, dream or another court program.",
        "safety_plan": "complete (agreed, with a safe adult) or incomplete.",
        "case_plan": "goals_and_strategies, goals, strategies or neither.",
        "document": "A vital document the young person holds.",
        "living": "The home they live in outside of care.",
        "occupation": "employment, training or education.",
        "iep": "Has an individualized education program.",
        "expecting_or_parenting": "expecting or parenting.",
        "with_own_child": "wanted_and_together or wanted_and_apart.",
        "family_support": "A support that is in place for a young parent.",
        "record_relief": "eligible, filed or granted.",
    },
)
SUPPORT_LEVEL = Codelist(
    "support_level",
    {
        "at_risk": "Followed because of risk.",
        "secondary": "Secondary support.",
        "full": "Full support.",
    },
)
VITAL_DOCUMENT = Codelist(
    "vital_document",
    {
        "birth_certificate": "Birth certificate.",
        "social_security_card": "Social Security card.",
        "identity_card": "State identity card or driver license.",
        "immunization_record": "Immunization record.",
        "court_record": "Court record.",
        "health_card": "Health coverage card.",
    },
)
HEALTH_EVENT_KIND = Codelist(
    "health_event_kind",
    {
        "injury": "An injury.",
        "illness": "An illness.",
        "emergency_visit": "A visit to an emergency department.",
        "hospital_stay": "A stay in hospital; days are counted.",
        "psychiatric_hold": "An involuntary psychiatric hold.",
        "psychiatric_stay": "A psychiatric hospital stay.",
        "medical_exam": "A periodic medical examination.",
        "dental_exam": "A periodic dental examination.",
        "glucose_test": "Blood glucose or HbA1c.",
        "lipid_test": "Cholesterol.",
        "reproductive_care": "Sexual or reproductive care of the youth's choice.",
        "sti_screen": "A screening that was due; results are never kept.",
        "pregnancy": "A new pregnancy.",
        "visit": "Any other visit to a provider.",
    },
)
DRUG_CLASS = Codelist(
    "drug_class",
    {"psychotropic": "A psychotropic.", "antipsychotic": "An antipsychotic."},
)
SCHOOL_SETTING = Codelist(
    "school_setting",
    {"community": "A school outside.", "detention": "School in detention."},
)
ATTAINMENT = Codelist(
    "attainment",
    {
        "diploma": "High-school diploma.",
        "ged": "Equivalency certificate.",
        "post_secondary": "Enrolled after high school.",
    },
)
ARREST_KIND = Codelist(
    "arrest_kind",
    {
        "exploitation_related": "Arose from being exploited.",
        "status": "Only an offense because of age.",
        "violation": "Violation of probation.",
        "other": "Anything else.",
    },
)
ACTIVITY_STATUS = Codelist(
    "activity_status",
    {
        "scheduled": "Planned.",
        "completed": "Done.",
        "missed": "Did not happen.",
        "cancelled": "Called off.",
    },
)
ACTIVITY_KIND = Codelist(
    "activity_kind",
    {
        "contact": "A contact with the young person, in person or not.",
        "caregiver_contact": "A contact with family, broadly defined.",
        "family_visit": "A planned visit with family or siblings.",
        "supportive_adult": "A contact with an adult whom the young person named.",
        "mdt": "A multidisciplinary team review.",
        "cft": "A child and family team meeting.",
        "court": "A court date.",
        "testimony": "A subpoena or testimony.",
        "review": "A case review.",
        "empowerment": "An empowerment event.",
        "pro_social": "A pro-social activity.",
        "need_event": "A moment of need.",
        "placement_change": "A change of placement, with its reason.",
        "disclosure": "Exploitation details were disclosed to someone.",
        "credit_check": "A credit check: clear, repaired or error_open.",
        "safety_plan_review": "A review of the safety plan.",
    },
)
PLACEMENT_REASON = Codelist(
    "placement_reason",
    {
        "youth_left": "The young person left.",
        "provider_notice": "The provider gave notice.",
        "status_rejection": "The home refused because of what it was told.",
        "planned": "Planned with the young person.",
        "kin": "To live with kin.",
        "step_down": "To a more family-like home.",
        "safety": "For safety.",
        "other": "Another recorded reason.",
    },
)
UNPLANNED = ("youth_left", "provider_notice", "status_rejection", "safety")
CHANNEL = Codelist(
    "channel",
    {
        "in_person": "In person.",
        "video": "By video.",
        "phone": "By phone.",
        "text": "By text message or mail.",
    },
)
INITIATOR = Codelist(
    "initiator", {"youth": "The young person.", "team": "The team.", "other": "Other."}
)
REFERRAL_STAGE = Codelist(
    "referral_stage",
    {
        "reported": "The event was reported.",
        "received": "This unit received it.",
        "assessed": "It was assessed; the outcome is the recommendation.",
        "decided": "It was decided; the outcome is the decision.",
        "sent": "It was sent to an agency.",
        "agency_received": "The agency received it.",
        "accepted": "It was accepted.",
        "assigned": "A worker or advocate was assigned.",
        "first_contact": "The first contact was made.",
        "closed": "The referral was closed.",
    },
)
ORIGIN = Codelist(
    "origin",
    {
        "youth": "The young person's own.",
        "worker": "The worker's.",
        "team": "The team's.",
        "court": "The court's.",
    },
)
STEP_STATUS = Codelist(
    "step_status",
    {"open": "Not done yet.", "done": "Done.", "dropped": "No longer wanted."},
)
SESSION_STATUS = Codelist(
    "session_status", {"kept": "Kept.", "missed": "Missed.", "cancelled": "Called off."}
)
RESPONDENT = Codelist(
    "respondent",
    {
        "youth": "The young person.",
        "worker": "The worker.",
        "staff": "A member of staff, about their own work.",
    },
)
PROTOCOL = Codelist(
    "protocol",
    {
        "first_responder": "Law enforcement first-responder protocol.",
        "detention": "Detention protocol.",
        "witness": "Victim-witness testimony protocol.",
        "locate": "Locating a young person who is missing.",
    },
)
WELLNESS_KIND = Codelist(
    "wellness_kind",
    {
        "individual": "An activity of one's own.",
        "organization": "An activity led by the organization.",
        "goal": "A monthly report on a self-care goal.",
        "no_goal": "A staff month without such a report.",
    },
)
