-- A row of people_youth is born together with the grant that lets its maker see it:
-- one before the other would be refused.
create or replace function open_youth(for_unit bigint, why text, source text) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  made bigint;
  the_unit access_unit;
begin
  perform access_must('youth:open');
  select * into the_unit from access_unit where id = for_unit;
  if the_unit.id is null or not the_unit.holder_id = any(access_holders()) then
    raise exception 'not a unit of the actor' using errcode = 'insufficient_privilege';
  end if;
  if why is null or why not in ('enrolment', 'referral') then
    raise exception 'not a reason to begin a record: %', why using errcode = 'insufficient_privilege';
  end if;
  insert into people_youth (ref, version, given_name, family_name, suffix, called, pronouns,
    court_name, name_language, birth_precision, languages, phone, email, sort_key, search_text)
  values (gen_random_uuid(), 1, '', '', '', '', '', '', '', 'unknown', '', '', '', '', '')
  returning id into made;
  insert into access_grant (ref, holder_id, youth_id, compartments, because, source, starts, given_by_id)
  values
    (gen_random_uuid(), the_unit.holder_id, made, array['record', 'legal'], why, source, access_at(), access_actor()),
    (gen_random_uuid(), the_unit.circle_id, made, array['exploitation', 'health'], why, source, access_at(), access_actor());
  perform access_log('youth.opened', array[made], jsonb_build_object('unit', for_unit, 'because', why));
  return made;
end $$;

revoke all on function open_youth(bigint, text, text) from public;
grant execute on function open_youth(bigint, text, text) to {{web}};

-- Answers and history never change.
drop trigger if exists append_only on forms_response;
create trigger append_only before update or delete on forms_response
  for each row execute function access_append_only();
