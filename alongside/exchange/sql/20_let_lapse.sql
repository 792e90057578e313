-- Imports chosen before an instant and not brought in give up their workbooks, and what was
-- read from them: first values of columns, dry runs, answers. Their lines stay. It is of
-- every unit, so only the clock may call it, and nobody who acts.
create or replace function exchange_let_lapse(chosen_before timestamptz, now_is timestamptz)
returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  one bigint;
  lapsed integer := 0;
begin
  if access_actor() is not null then
    raise exception 'only the clock lets imports lapse' using errcode = 'insufficient_privilege';
  end if;
  for one in
    -- One that is being brought in just now is waited for, and looked at again.
    select id from exchange_importrun
    where state in ('reading', 'mapping', 'rehearsed', 'writing') and at < chosen_before
    order by id for update
  loop
    delete from exchange_importfile where run_id = one;
    update exchange_importrun set state = 'lapsed', mappings = '[]', answers = '{}',
      result = jsonb_build_object('files', coalesce(result -> 'files', '[]'),
        'sheets', coalesce(result -> 'sheets', '[]'),
        'remarks', coalesce(result -> 'remarks', '[]'))
    where id = one;
    insert into access_logentry
      (at, day, actor_id, event, youth_ids, subject, subject_id, detail, request_id)
    values (now_is, (now_is at time zone 'UTC')::date, null, 'import.lapsed', '{}',
      'exchange.importrun', one, '{}', gen_random_uuid());
    lapsed := lapsed + 1;
  end loop;
  return lapsed;
end $$;

revoke all on function exchange_let_lapse(timestamptz, timestamptz) from public;
grant execute on function exchange_let_lapse(timestamptz, timestamptz) to {{web}};
