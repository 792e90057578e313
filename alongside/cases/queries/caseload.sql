-- One row for each young person on a caseload, as things stood on a day.
--
-- The table of activities is read once for all of them; what somebody did last is then
-- looked up for each by the index of (youth, day).
with carried as (
  {carried}
),
done as (
  select a.youth_id,
    max(a.day) filter (where a.status = 'completed' and a.day <= %(day)s
      and a.kind_id = any(%(reviews)s)) as last_mdt,
    min(a.day) filter (where a.status = 'scheduled' and a.day >= %(day)s
      and a.kind_id = any(%(reviews)s)) as next_mdt,
    min(a.day) filter (where a.status = 'scheduled' and a.day >= %(day)s
      and a.kind_id = 'court_hearing') as next_court,
    max(a.day) filter (where a.status = 'completed' and a.day <= %(day)s
      and a.kind_id = any(%(contacts)s)) as last_contact
  from activities_activity a
  where a.youth_id in (select youth_id from carried)
  group by a.youth_id
)
select y.id, y.ref, y.given_name, y.family_name, y.suffix, y.called, y.pronouns,
  y.birth_date, y.birth_precision, y.sort_key, y.search_text, c.opened_on,
  s.level, t.kind as stay_kind, t.place as stay_place, t.town as stay_town,
  t.starts as stay_since, t.starts_precision as stay_precision,
  l.status as legal_status, w.status as child_welfare, k.court, d.next_court,
  u.id as officer_id, u.name as officer_name, u.ref as officer_ref, a.starts as officer_since,
  d.last_mdt, d.next_mdt, d.last_contact, last.kind_id as contact_kind
from carried c
join people_youth y on y.id = c.youth_id
left join cases_support s on s.youth_id = c.youth_id and s.unit_id = c.unit_id
  and s.starts <= %(day)s and (s.ends is null or s.ends > %(day)s)
left join cases_assignment a on a.youth_id = c.youth_id and a.unit_id = c.unit_id
  and a.starts <= %(day)s and (a.ends is null or a.ends > %(day)s)
left join access_user u on u.id = a.officer_id
left join people_stay t on t.youth_id = c.youth_id
  and t.starts <= %(day)s and (t.ends is null or t.ends > %(day)s)
left join cases_legalstatus l on l.youth_id = c.youth_id
  and l.starts <= %(day)s and (l.ends is null or l.ends > %(day)s)
left join cases_childwelfarestatus w on w.youth_id = c.youth_id
  and w.starts <= %(day)s and (w.ends is null or w.ends > %(day)s)
left join cases_courtassignment k on k.youth_id = c.youth_id
  and k.starts <= %(day)s and (k.ends is null or k.ends > %(day)s)
left join done d on d.youth_id = c.youth_id
left join lateral (
  select kind_id from activities_activity
  where youth_id = c.youth_id and day = d.last_contact and status = 'completed'
    and kind_id = any(%(contacts)s)
  order by starts_at desc nulls last, id desc limit 1
) last on d.last_contact is not null
where y.died_on is null or y.died_on > %(day)s
order by y.sort_key, y.id
