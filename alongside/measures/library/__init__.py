"""The measures that are shipped, one file each; twins share a file."""

from alongside.measures.definition import Measure
from alongside.measures.library import (
    concern,
    concern_status,
    funnel,
    maltreatment_in_care,
    permanency_entries,
    permanency_in_care,
    placement_stability,
    re_entry,
    recurrence,
    repeat,
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
MEASURES: dict[str, Measure] = {
    measure.id: measure for measure in (*FEDERAL, *STATEWIDE)
}
