-- Everything a unit's policies expect about the young people it supports on a day.
--
-- One statement over policies x youth. What each youth did, by kind, is summed once and
-- joined to the kinds that meet each policy.
--
-- Tables about youth are reached by lateral look-ups with a limit. The planner takes half
-- of every row-secured table to be visible, and would read each from end to end; looked
-- up for each youth, it reads what the unit has. Measured: 20 times faster.
with carried as (
  select c.youth_id, c.opened_on, y.ref, y.given_name, y.family_name, y.suffix, y.called,
    y.sort_key, s.level, s.starts as support_began, t.kind as stay_kind, t.place as stay_place,
    t.starts as stay_began, a.officer_id,
    (r.received_at at time zone %(zone)s)::date as referral_received
  from cases_case c
  cross join lateral (
    -- By name: with "select *" the wide row is read whole, at three times the cost.
    select ref, given_name, family_name, suffix, called, sort_key, died_on
    from people_youth where id = c.youth_id limit 1
  ) y
  left join lateral (
    select received_at from referrals_referral where id = c.referral_id limit 1
  ) r on true
  left join lateral (
    select level, starts from cases_support
    where youth_id = c.youth_id and unit_id = c.unit_id
      and starts <= %(today)s and (ends is null or ends > %(today)s) limit 1
  ) s on true
  left join lateral (
    select officer_id from cases_assignment
    where youth_id = c.youth_id and unit_id = c.unit_id
      and starts <= %(today)s and (ends is null or ends > %(today)s) limit 1
  ) a on true
  left join lateral (
    select kind, place, starts from people_stay
    where youth_id = c.youth_id
      and starts <= %(today)s and (ends is null or ends > %(today)s) limit 1
  ) t on true
  where c.unit_id = %(unit)s and c.opened_on <= %(today)s
    and (c.closed_on is null or c.closed_on > %(today)s)
    and (y.died_on is null or y.died_on > %(today)s)
    and {only}
),
policy as (
  select p.*, k.compartment, k.name as kind_name, k."group" as kind_group,
    -- A change of a policy is a row of its own; the unit has expected it all along.
    (select min(f.starts) from activities_policy f
      where f.unit_id = p.unit_id and f.code = p.code) as expected_since
  from activities_policy p join activities_kind k on k.code = p.kind_id
  where p.unit_id = %(unit)s and p.starts <= %(today)s
    and (p.ends is null or p.ends > %(today)s)
    and (%(kinds)s::text[] is null or p.kind_id = any(%(kinds)s::text[]))
),
-- Parts beyond the everyday record: what one does not see cannot be said to be due.
seen as (
  select distinct g.youth_id, part
  from access_grant g, unnest(g.compartments) part
  where g.starts <= nullif(current_setting('alongside.at', true), '')::timestamptz
    and (g.ends is null
      or g.ends > nullif(current_setting('alongside.at', true), '')::timestamptz)
    and exists (select from policy where compartment <> 'record')
),
came_back as (
  select youth_id, max(starts) as returned
  from (
    select c.youth_id, s.starts, s.kind,
      lag(s.kind) over (partition by c.youth_id order by s.starts, s.id) as before
    from carried c
    cross join lateral (
      select id, starts, kind from people_stay
      where youth_id = c.youth_id and starts <= %(today)s
        and kind <> 'not_known' and (ends is null or ends > starts)
      offset 0
    ) s
    where exists (select from policy where clock = 'returned')
  ) stays
  where before = 'away' and kind <> 'away'
  group by youth_id
),
-- The kinds of activity that any of the policies counts, and court dates.
counts as (
  select array_agg(kind) || 'court_hearing'::varchar as kinds
  from (select unnest(met_by) as kind from policy) met
),
by_kind as (
  select c.youth_id, a.*
  from carried c
  cross join lateral (
    select kind_id,
      max(day) filter (where status = 'completed' and not without_youth
        and day <= %(today)s) as last_done,
      count(*) filter (where status = 'completed' and not without_youth
        and day between %(month_start)s and %(today)s) as month_done,
      min(day) filter (where status = 'scheduled' and day >= %(today)s) as next_booked,
      count(*) filter (where status = 'scheduled'
        and day between %(today)s and %(month_end)s) as month_booked
    from activities_activity
    where youth_id = c.youth_id and kind_id = any((select kinds from counts)::varchar[])
    group by kind_id
  ) a
),
met as (
  select b.youth_id, p.id as policy_id, max(b.last_done) as last_done,
    sum(b.month_done) as month_done, min(b.next_booked) as next_booked,
    sum(b.month_booked) as month_booked
  from (select id, unnest(met_by) as kind_id from policy) p
  join by_kind b on b.kind_id = p.kind_id
  group by b.youth_id, p.id
),
expected as (
  select c.*, p.id as policy_id, p.code, p.name, p.kind_id, p.kind_name, p.kind_group,
    p.met_by, p.clock, p.days, p.working_days, p.per_month, p.repeats, p.tells,
    p.expected_since, b.returned, h.next_booked as next_court, m.last_done, m.next_booked,
    coalesce(m.month_done, 0) as month_done, coalesce(m.month_booked, 0) as month_booked,
    greatest(c.opened_on, h.last_done + 1) as since_court,
    case p.clock
      when 'referral_received' then c.referral_received
      when 'case_opened' then c.opened_on
      when 'support_began' then c.support_began
      when 'stay_began' then c.stay_began
      when 'returned' then case when c.stay_kind <> 'away' then b.returned end
      when 'last_held' then c.opened_on
      when 'next_court' then h.next_booked
      when 'month' then %(month_start)s
    end as anchor
  from carried c
  cross join policy p
  left join met m on m.youth_id = c.youth_id and m.policy_id = p.id
  left join came_back b on b.youth_id = c.youth_id
  left join by_kind h on h.youth_id = c.youth_id and h.kind_id = 'court_hearing'
  where (p.support_levels = '{}' or c.level = any(p.support_levels))
    and (p.stay_kinds = '{}' or coalesce(c.stay_kind, 'not_known') = any(p.stay_kinds))
    and (p.compartment = 'record'
      or (c.youth_id, p.compartment) in (select youth_id, part from seen))
),
counted as (
  select e.*,
    case
      when clock in ('month', 'next_court') then anchor
      when (clock = 'last_held' or repeats) and last_done >= anchor then last_done
      -- Nothing was expected before the unit said so.
      else greatest(anchor, expected_since)
    end as since
  from expected e
  where anchor is not null and case
    when per_month is not null then month_done < per_month
    when clock = 'next_court' then last_done is null or last_done < since_court
    when clock = 'last_held' or repeats then true
    else last_done is null or last_done < anchor
  end
),
dated as (
  select c.*,
    case
      when per_month is not null then %(month_end)s
      when not working_days or days = 0 then since + days
      when days > 0 then (
        select d::date from generate_series(since + 1, since + days * 2 + 20, interval '1 day') d
        where extract(isodow from d) < 6 and d::date <> all(%(holidays)s)
        order by d limit 1 offset days - 1)
      else (
        select d::date from generate_series(since + days * 2 - 20, since - 1, interval '1 day') d
        where extract(isodow from d) < 6 and d::date <> all(%(holidays)s)
        order by d desc limit 1 offset -days - 1)
    end as due_on,
    case
      when per_month is not null then month_done + month_booked >= per_month
      when clock = 'next_court' then next_booked <= anchor
      else next_booked is not null
    end as is_booked
  from counted c
)
select d.*, b.ref as booked_ref, b.day as booked_day, b.starts_at as booked_at
from dated d
left join lateral (
  select ref, day, starts_at from activities_activity
  where youth_id = d.youth_id and day = d.next_booked and status = 'scheduled'
    and kind_id = any(d.met_by)
  order by starts_at, id limit 1
) b on d.next_booked is not null
where d.due_on <= %(until)s
