-- The only writers of grants. Each checks the actor, and writes grant and log together.

create or replace function share(
  youth bigint, to_holder bigint, parts text[], why text, source text, until timestamptz
) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  made bigint;
  part text;
begin
  perform access_must('grant:share');
  foreach part in array parts loop
    if access_keeps(youth, part) is not true then
      raise exception 'nobody can share what their unit does not keep' using errcode = 'insufficient_privilege';
    end if;
  end loop;
  -- Any other reason begins with the record itself.
  if why is null or why not in ('choice', 'release', 'order') then
    raise exception 'not a reason to share: %', why using errcode = 'insufficient_privilege';
  end if;
  -- More than the everyday record leaves the team only by a release or an order.
  if why = 'choice' and not parts <@ array['record'] then
    raise exception 'beyond the everyday record a share needs a release' using errcode = 'insufficient_privilege';
  end if;
  insert into access_grant (ref, holder_id, youth_id, compartments, because, source, starts, ends, given_by_id)
  values (gen_random_uuid(), to_holder, youth, parts, why, source, access_at(), until, access_actor())
  returning id into made;
  perform access_log('grant.given', array[youth],
    jsonb_build_object('grant', made, 'holder', to_holder, 'parts', to_jsonb(parts), 'because', why));
  return made;
end $$;

create or replace function end_grant(grant_id bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found access_grant;
begin
  select * into found from access_grant where id = grant_id for update;
  if found.id is null or (access_sees(found.youth_id, 'record') is not true) then
    raise exception 'no such grant' using errcode = 'insufficient_privilege';
  end if;
  -- Without its unit's own nobody would see a record any more, or could bring it back.
  if found.because in ('enrolment', 'referral', 'supervision') then
    raise exception 'the unit that keeps a record goes on seeing it' using errcode = 'insufficient_privilege';
  end if;
  -- One's own may always be given back; anybody else's is for those who may share.
  if not found.holder_id = any(access_holders()) then
    perform access_must('grant:end');
    if access_keeps(found.youth_id, 'record') is not true then
      raise exception 'not a sharing of the actor' using errcode = 'insufficient_privilege';
    end if;
  end if;
  if found.ends is null or found.ends > access_at() then
    update access_grant set ends = greatest(access_at(), starts) where id = grant_id;
    perform access_log('grant.ended', array[found.youth_id],
      jsonb_build_object('grant', grant_id, 'holder', found.holder_id));
  end if;
end $$;

create or replace function break_glass(youth_ref uuid, reason text) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  the_youth bigint;
  made bigint;
  mine bigint;
begin
  perform access_must('grant:break-glass');
  if length(btrim(coalesce(reason, ''))) < 10 then
    raise exception 'an emergency opening needs its reason' using errcode = 'check_violation';
  end if;
  select id into the_youth from people_youth where ref = youth_ref;
  select holder_id into mine from access_user where id = access_actor();
  if the_youth is null or mine is null then
    return null;
  end if;
  insert into access_grant (ref, holder_id, youth_id, compartments, because, source, starts, ends, given_by_id)
  values (gen_random_uuid(), mine, the_youth, array['record', 'legal', 'health', 'exploitation'],
    'emergency', reason, access_at(), access_at() + interval '4 hours', access_actor())
  returning id into made;
  perform access_log('opened.in-emergency', array[the_youth], jsonb_build_object('grant', made));
  return made;
end $$;

create or replace function review_emergency(grant_id bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform access_must('access:review');
  if not exists (select from access_emergencies() e
    where e.id = grant_id and e.given_by_id is distinct from access_actor()) then
    raise exception 'not an opening for the actor to review' using errcode = 'insufficient_privilege';
  end if;
  -- Whoever read it first has read it.
  update access_grant set reviewed_at = access_at(), reviewed_by_id = access_actor()
  where id = grant_id and reviewed_at is null;
  if found then
    perform access_log('opening.reviewed', '{}', jsonb_build_object('grant', grant_id));
  end if;
end $$;

revoke all on function share(bigint, bigint, text[], text, text, timestamptz), end_grant(bigint),
  break_glass(uuid, text), review_emergency(bigint) from public;
grant execute on function share(bigint, bigint, text[], text, text, timestamptz), end_grant(bigint),
  break_glass(uuid, text), review_emergency(bigint) to {{web}};
