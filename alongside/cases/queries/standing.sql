-- Whom a unit supports on a day or supported on an earlier one, where each stays and
-- stayed, and who carries the case. Look-ups with a limit, for the reason due.sql gives.
with carried as (
  select youth_id,
    bool_or(opened_on <= %(day)s and (closed_on is null or closed_on > %(day)s)) as is_now,
    bool_or(opened_on <= %(then)s and (closed_on is null or closed_on > %(then)s)) as was_then
  from cases_case
  where unit_id = %(unit)s and opened_on <= %(day)s
    and (closed_on is null or closed_on > %(then)s)
  group by youth_id
)
select y.id, y.sort_key,
  case when c.is_now and (y.died_on is null or y.died_on > %(day)s)
    then coalesce(t.now, 'not_known') end,
  case when c.was_then and (y.died_on is null or y.died_on > %(then)s)
    then coalesce(t.then, 'not_known') end,
  s.level, a.officer_id
from carried c
cross join lateral (
  select id, sort_key, died_on from people_youth where id = c.youth_id limit 1
) y
left join lateral (
  select max(kind) filter (where ends is null or ends > %(day)s) as now,
    max(kind) filter (where starts <= %(then)s and (ends is null or ends > %(then)s)) as then
  from people_stay
  where youth_id = c.youth_id and starts <= %(day)s and (ends is null or ends > %(then)s)
) t on true
left join lateral (
  select level from cases_support
  where youth_id = c.youth_id and unit_id = %(unit)s
    and starts <= %(day)s and (ends is null or ends > %(day)s) limit 1
) s on true
left join lateral (
  select officer_id from cases_assignment
  where youth_id = c.youth_id and unit_id = %(unit)s
    and starts <= %(day)s and (ends is null or ends > %(day)s) limit 1
) a on true
order by y.sort_key, y.id
