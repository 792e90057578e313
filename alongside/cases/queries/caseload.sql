-- One row for each young person on a caseload, as things stood on a day.
--
-- Each table is looked up for each of them, and columns are named, for the
-- reasons that due.sql gives.
with carried as (
  {carried}
),
done as (
  select c.youth_id, a.*
  from carried c
  cross join lateral (
    select
      max(day) filter (where status = 'completed' and day <= %(day)s
        and kind_id = any(%(reviews)s)) as last_mdt,
      min(day) filter (where status = 'scheduled' and day >= %(day)s
        and kind_id = any(%(reviews)s)) as next_mdt,
      min(day) filter (where status = 'scheduled' and day >= %(day)s
        and kind_id = 'court_hearing') as next_court,
      max(day) filter (where status = 'completed' and not without_youth and day <= %(day)s
        and kind_id = any(%(contacts)s)) as last_contact
    from activities_activity where youth_id = c.youth_id
  ) a
),
-- For whom the units expect a review at all: tracked young people may need none.
expected as materialized (
  select unit_id, support_levels, stay_kinds from activities_policy
  where unit_id in (select unit_id from carried) and kind_id = any(%(reviews)s)
    and starts <= %(day)s and (ends is null or ends > %(day)s)
)
select y.id, y.ref, y.given_name, y.family_name, y.suffix, y.called, y.pronouns,
  y.birth_date, y.birth_precision, y.sort_key, y.search_text, c.opened_on,
  s.level, t.kind as stay_kind, t.place as stay_place, t.town as stay_town,
  t.starts as stay_since, t.starts_precision as stay_precision,
  l.status as legal_status, w.status as child_welfare, k.court, d.next_court,
  u.id as officer_id, u.name as officer_name, u.ref as officer_ref, a.starts as officer_since,
  d.last_mdt, d.next_mdt, d.last_contact, last.kind_id as contact_kind,
  exists (
    select from expected e where e.unit_id = c.unit_id
      and (e.support_levels = '{}' or s.level = any(e.support_levels))
      and (e.stay_kinds = '{}' or t.kind = any(e.stay_kinds))
  ) as needs_mdt
from carried c
cross join lateral (
  select id, ref, given_name, family_name, suffix, called, pronouns, birth_date,
    birth_precision, sort_key, search_text, died_on
  from people_youth where id = c.youth_id limit 1
) y
left join lateral (
  select level from cases_support
  where youth_id = c.youth_id and unit_id = c.unit_id
    and starts <= %(day)s and (ends is null or ends > %(day)s) limit 1
) s on true
left join lateral (
  select officer_id, starts from cases_assignment
  where youth_id = c.youth_id and unit_id = c.unit_id
    and starts <= %(day)s and (ends is null or ends > %(day)s) limit 1
) a on true
left join access_user u on u.id = a.officer_id
left join lateral (
  select kind, place, town, starts, starts_precision from people_stay
  where youth_id = c.youth_id
    and starts <= %(day)s and (ends is null or ends > %(day)s) limit 1
) t on true
left join lateral (
  select status from cases_legalstatus
  where youth_id = c.youth_id
    and starts <= %(day)s and (ends is null or ends > %(day)s) limit 1
) l on true
left join lateral (
  select status from cases_childwelfarestatus
  where youth_id = c.youth_id
    and starts <= %(day)s and (ends is null or ends > %(day)s) limit 1
) w on true
left join lateral (
  select court from cases_courtassignment
  where youth_id = c.youth_id
    and starts <= %(day)s and (ends is null or ends > %(day)s) limit 1
) k on true
join done d on d.youth_id = c.youth_id
left join lateral (
  select kind_id from activities_activity
  where youth_id = c.youth_id and day = d.last_contact and status = 'completed'
    and not without_youth
    and kind_id = any(%(contacts)s)
  order by starts_at desc nulls last, id desc limit 1
) last on d.last_contact is not null
where y.died_on is null or y.died_on > %(day)s
order by y.sort_key, y.id
