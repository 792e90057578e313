-- The log and the history are append-only, for the owner too.
create or replace function access_append_only() returns trigger
language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

drop trigger if exists append_only on access_logentry;
create trigger append_only before update or delete on access_logentry
  for each row execute function access_append_only();

-- What an actor holds now, for the definer functions, which see every row.
create or replace function access_actor() returns bigint
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select nullif(current_setting('alongside.actor', true), '')::bigint
$$;

create or replace function access_at() returns timestamptz
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select nullif(current_setting('alongside.at', true), '')::timestamptz
$$;

create or replace function access_holders() returns int[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select nullif(current_setting('alongside.holders', true), '')::int[]
$$;

-- From the roles themselves, not from what the connection says of the actor.
create or replace function access_may(permission text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from access_membership m join access_role r on r.id = m.role_id
    where m.user_id = access_actor() and permission = any(r.permissions)
      and m.starts <= access_at() and (m.ends is null or m.ends > access_at()))
$$;

create or replace function access_must(permission text) returns void
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if access_may(permission) is not true then
    raise exception 'the actor may not %', permission using errcode = 'insufficient_privilege';
  end if;
end $$;

create or replace function access_sees(youth bigint, part text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from access_grant g
    where g.youth_id = youth and g.holder_id = any(access_holders())
      and part = any(g.compartments)
      and g.starts <= access_at() and (g.ends is null or g.ends > access_at()))
$$;

-- What somebody was let in on, or opened in an emergency, is not theirs to pass on; what
-- their unit keeps is. Grant.KEEPING says the same in Python.
create or replace function access_keeps(youth bigint, part text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from access_grant g
    where g.youth_id = youth and g.holder_id = any(access_holders())
      and part = any(g.compartments)
      and g.because in ('enrolment', 'referral', 'supervision')
      and g.starts <= access_at() and (g.ends is null or g.ends > access_at()))
$$;

create or replace function access_log(event text, youth bigint[], detail jsonb) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into access_logentry
    (at, day, actor_id, event, youth_ids, subject, detail, request_id)
  values (access_at(), (access_at() at time zone 'UTC')::date, access_actor(), event, youth, '', detail,
    coalesce(nullif(current_setting('alongside.request', true), '')::uuid, gen_random_uuid()))
$$;

-- Who opened this record lately, for those who may open it themselves.
create or replace function access_log_of(youth bigint, lines int)
returns table (at timestamptz, actor_id bigint, event varchar, detail jsonb)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.at, l.actor_id, l.event, l.detail from access_logentry l
  where access_sees(youth, 'record') and l.youth_ids @> array[youth]
  order by l.at desc, l.id desc limit lines
$$;

-- Everybody who holds, or held, a grant about this youth: why, which part, until when.
create or replace function access_grants_of(youth bigint)
returns setof access_grant
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.* from access_grant g where g.youth_id = youth and access_sees(youth, 'record')
  order by g.starts
$$;

-- Emergency openings of young people of the actor's unit, for those who review them, and
-- by people who work in it now or did when they opened: not by who had left by then.
create or replace function access_emergencies()
returns setof access_grant
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.* from access_grant g
  where g.because = 'emergency' and access_may('access:review')
    and (access_sees(g.youth_id, 'record')
      or exists (select from access_user u join access_membership m on m.user_id = u.id
        join access_unit n on n.id = m.unit_id
        where u.holder_id = g.holder_id and n.holder_id = any(access_holders())
          and ((m.starts <= access_at() and (m.ends is null or m.ends > access_at()))
            or (m.starts <= g.starts and (m.ends is null or m.ends > g.starts)))))
  order by g.starts desc
$$;

create index if not exists log_youth on access_logentry using gin (youth_ids);

revoke all on function access_log_of(bigint, int), access_grants_of(bigint),
  access_emergencies(), access_log(text, bigint[], jsonb), access_may(text),
  access_must(text), access_sees(bigint, text), access_keeps(bigint, text) from public;
grant execute on function access_log_of(bigint, int), access_grants_of(bigint),
  access_emergencies(), access_may(text), access_sees(bigint, text),
  access_keeps(bigint, text) to {{web}};
