-- A draft that began a record of its own, for somebody the unit already knows: what the
-- draft wrote moves over, and the empty record goes. Returns what stands in the way, a
-- table's name, or nothing. It sees every row, whoever asks, so nothing hidden is lost.
create or replace function merge_empty_youth(empty bigint, known bigint) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  moves text[] := array['referrals_referral', 'referrals_assessmentdraft', 'referrals_lookup',
    'people_othername', 'people_identifier'];
  place record;
  holds boolean;
begin
  perform access_must('record:change');
  -- The record that goes is one the actor's unit keeps; what is shared is not theirs to end.
  if empty = known or access_keeps(empty, 'record') is not true
    or access_sees(known, 'record') is not true then
    raise exception 'not records of the actor' using errcode = 'insufficient_privilege';
  end if;
  if exists (select from forms_response where youth_id = empty) then
    return 'forms_response';
  end if;
  for place in
    select c.conrelid::regclass::text as name, a.attname as col
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'people_youth'::regclass
      and c.conrelid::regclass::text <> all(moves)
  loop
    execute format('select exists (select from %s where %I = $1)', place.name, place.col)
      into holds using empty;
    if holds then
      return place.name;
    end if;
  end loop;
  delete from people_identifier i where i.youth_id = empty and exists (
    select from people_identifier k
    where k.youth_id = known and k.kind = i.kind and k.value = i.value);
  for place in select unnest(moves) as name loop
    execute format('update %I set youth_id = $2 where youth_id = $1', place.name)
      using empty, known;
  end loop;
  update access_grant set ends = greatest(access_at(), starts)
  where youth_id = empty and (ends is null or ends > access_at());
  delete from people_youth where id = empty;
  perform access_log('record.merged', array[empty, known],
    jsonb_build_object('from', empty, 'into', known));
  return null;
end $$;

revoke all on function merge_empty_youth(bigint, bigint) from public;
grant execute on function merge_empty_youth(bigint, bigint) to {{web}};
