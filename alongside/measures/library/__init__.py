"""The measures that are shipped, one file each; twins share a file."""

from alongside.measures.definition import Measure
from alongside.measures.library import (
    after_exit,
    choices,
    concern,
    concern_status,
    continuity,
    education,
    engagement,
    funnel,
    health,
    homes,
    leaving,
    legal,
    maltreatment_in_care,
    medicines,
    parenting,
    permanency_entries,
    permanency_in_care,
    placement_stability,
    plans,
    protocol_use,
    protocols,
    proximal,
    ratings,
    re_entry,
    recurrence,
    relationships,
    repeat,
    routine_care,
    safety,
    served,
    staffing,
    stress,
    teamwork,
    voice,
    working,
)

FEDERAL: tuple[Measure, ...] = (
    maltreatment_in_care.MEASURE,
    recurrence.MEASURE,
    permanency_entries.MEASURE,
    permanency_in_care.IN_CARE_12_TO_23_MONTHS,
    permanency_in_care.IN_CARE_24_MONTHS_OR_MORE,
    re_entry.ROUND_4,
    placement_stability.MEASURE,
    re_entry.ROUND_3,
)
STATEWIDE: tuple[Measure, ...] = (
    *funnel.MEASURES,
    *concern.MEASURES,
    *concern_status.MEASURES,
    *repeat.MEASURES,
)
CATALOGUED: tuple[Measure, ...] = tuple(
    measure
    for family in (
        after_exit,
        choices,
        continuity,
        education,
        health,
        homes,
        leaving,
        legal,
        medicines,
        parenting,
        plans,
        protocol_use,
        protocols,
        proximal,
        ratings,
        relationships,
        routine_care,
        safety,
        served,
        engagement,
        staffing,
        stress,
        teamwork,
        voice,
        working,
    )
    for measure in family.MEASURES
)
MEASURES: dict[str, Measure] = {
    measure.id: measure for measure in (*FEDERAL, *STATEWIDE, *CATALOGUED)
}
