-- An undone import takes the young people it began away again. Their rows go by row
-- security, as the actor; the grants they were born with are ended here, because nobody
-- writes grants directly. Only grants to young people who are gone can be ended so.
create or replace function exchange_take_back(youth bigint[]) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  ended bigint[];
  theirs bigint[];
begin
  perform access_must('import:run');
  with gone as (
    update access_grant g set ends = greatest(access_at(), g.starts)
    where g.youth_id = any(youth)
      and not exists (select from people_youth y where y.id = g.youth_id)
      and (g.ends is null or g.ends > access_at())
    returning g.id, g.youth_id)
  select coalesce(array_agg(id order by id), '{}'), array_agg(distinct youth_id)
  into ended, theirs from gone;
  -- Of anybody else who was named nothing has ended, and the log says so by silence.
  if theirs is not null then
    perform access_log('grant.ended', theirs, jsonb_build_object('grants', to_jsonb(ended)));
  end if;
  return cardinality(ended);
end $$;

revoke all on function exchange_take_back(bigint[]) from public;
grant execute on function exchange_take_back(bigint[]) to {{web}};
