-- What an agency's copy of an agenda shows. A grant of the agency's own holder opens an
-- item; the unit's people learn this for agencies they invited, and only about young
-- people they see themselves. Numbers and keys alone leave these functions, no names.

create or replace function meeting_shares(of_meeting bigint)
returns table (agency_id bigint, item_id bigint, shared boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select v.agency_id, i.id, exists (
      select from access_grant g join access_agency a on a.holder_id = g.holder_id
      where a.id = v.agency_id and g.youth_id = i.youth_id
        and 'record' = any(g.compartments)
        and g.starts <= access_at() and (g.ends is null or g.ends > access_at()))
  from meetings_meeting m
  join meetings_invitation v on v.unit_id = m.unit_id
    and v.starts <= m.day and (v.ends is null or v.ends >= m.day)
  join meetings_item i on i.meeting_id = m.id
  where m.id = of_meeting and access_may('meeting:read')
    and m.unit_id = any(nullif(current_setting('alongside.units', true), '')::bigint[])
    and access_sees(i.youth_id, 'record')
$$;

-- Agencies the actor is in now, from the memberships themselves.
create or replace function meeting_my_agencies() returns setof bigint
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct m.agency_id from access_membership m
  where m.user_id = access_actor() and access_may('meeting:read')
    and m.starts <= access_at() and (m.ends is null or m.ends > access_at())
$$;

-- Sessions an agency of the actor's is invited to: when, where, and whose; no items.
create or replace function meeting_invited(since date, until date)
returns table (ref uuid, unit_name varchar, day date, starts_at timestamptz,
  ends_at timestamptz, place varchar, status varchar, items bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select m.ref, u.name, m.day, m.starts_at, m.ends_at, m.place, m.status,
    (select count(*) from meetings_item i join activities_activity a on a.id = i.activity_id
     where i.meeting_id = m.id and a.status <> 'canceled')
  from meetings_meeting m join access_unit u on u.id = m.unit_id
  where m.day between since and until and m.status <> 'canceled'
    and exists (select from meetings_invitation v
      where v.unit_id = m.unit_id and v.agency_id in (select meeting_my_agencies())
        and v.starts <= m.day and (v.ends is null or v.ends >= m.day))
  order by m.starts_at
$$;

-- The numbered items of such a session; an item the actor may not see keeps its number
-- and loses its key.
create or replace function meeting_own_agenda(meeting_ref uuid)
returns table (number bigint, item_id bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select row_number() over (order by
      array_position(array['new_referral', 'court', 'crisis', 'ongoing', 'tracking'], i.section::text),
      coalesce(a.starts_at, a.made_at), i.id),
    case when access_sees(i.youth_id, 'record') then i.id end
  from meetings_meeting m
  join meetings_item i on i.meeting_id = m.id
  join activities_activity a on a.id = i.activity_id and a.status <> 'canceled'
  where m.ref = meeting_ref and m.status <> 'canceled'
    and exists (select from meetings_invitation v
      where v.unit_id = m.unit_id and v.agency_id in (select meeting_my_agencies())
        and v.starts <= m.day and (v.ends is null or v.ends >= m.day))
$$;

revoke all on function meeting_shares(bigint), meeting_my_agencies(),
  meeting_invited(date, date), meeting_own_agenda(uuid) from public;
grant execute on function meeting_shares(bigint), meeting_invited(date, date),
  meeting_own_agenda(uuid) to {{web}};
