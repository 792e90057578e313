-- Look-up across units. A name hit discloses a great deal, so the searcher gets nothing
-- back, whatever is found; a unit that knows the young person is told, and may answer.

create index if not exists youth_birth_date on people_youth (birth_date);
create index if not exists identifier_folded on people_identifier
  (kind, (regexp_replace(lower(value), '[^[:alnum:]]', '', 'g')));

-- Records of other units that are the same person: a shared number, or the birth date
-- and two words of the names (one, where somebody has a one-word name).
create or replace function referrals_same_person(mine people_youth) returns setof bigint
language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select other.id from people_youth other
  where other.birth_date = mine.birth_date and other.id <> mine.id
    and mine.birth_precision = 'day' and other.birth_precision = 'day'
    and (select count(*) from (
        select unnest(string_to_array(mine.search_text, ' '))
        intersect select unnest(string_to_array(other.search_text, ' '))) as shared)
      >= least(2, cardinality(string_to_array(mine.sort_key, ' ')),
                  cardinality(string_to_array(other.sort_key, ' ')))
    and mine.sort_key <> '' and other.sort_key <> ''
  union
  select theirs.youth_id from people_identifier ours
  join people_identifier theirs on theirs.kind = ours.kind
    and regexp_replace(lower(theirs.value), '[^[:alnum:]]', '', 'g')
      = regexp_replace(lower(ours.value), '[^[:alnum:]]', '', 'g')
  where ours.youth_id = mine.id and theirs.youth_id <> mine.id and ours.kind <> 'other'
    and ours.value ~ '[[:alnum:]]{3}'
$$;

create or replace function look_up(referral bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  began timestamptz := clock_timestamp();
  in_hand referrals_referral;
  mine people_youth;
  asked bigint;
begin
  perform access_must('referral:look-up');
  select * into in_hand from referrals_referral where id = referral;
  if in_hand.id is null or in_hand.stage = 'closed'
    or access_sees(in_hand.youth_id, 'record') is not true
    or not exists (
      select from access_unit u join access_agency a on a.id = u.agency_id
      -- An agency that serves victims tells nobody whom it serves, by asking either.
      where u.id = in_hand.unit_id and u.holder_id = any(access_holders()) and not a.serves_victims)
  then
    raise exception 'no such referral in hand' using errcode = 'insufficient_privilege';
  end if;
  select * into mine from people_youth where id = in_hand.youth_id;
  insert into referrals_lookup (ref, youth_id, referral_id, asked_by_id, asked_at)
  values (gen_random_uuid(), in_hand.youth_id, referral, access_actor(), access_at())
  returning id into asked;
  insert into referrals_lookupnotice
    (ref, youth_id, look_up_id, told_unit_id, asking_unit_id, asked_by_id, asked_at, answer)
  select gen_random_uuid(), known.youth_id, asked, known.unit_id, in_hand.unit_id,
    access_actor(), access_at(), ''
  from (
    select distinct c.youth_id, c.unit_id
    from referrals_same_person(mine) as same (id)
    join cases_case c on c.youth_id = same.id and c.unit_id <> in_hand.unit_id
    join access_unit u on u.id = c.unit_id
    join access_agency a on a.id = u.agency_id and not a.serves_victims
  ) as known
  where not exists (
    select from referrals_lookupnotice n
    where n.youth_id = known.youth_id and n.told_unit_id = known.unit_id
      and n.asking_unit_id = in_hand.unit_id and n.answered_at is null);
  perform access_log('look-up.asked', array[in_hand.youth_id],
    jsonb_build_object('referral', referral, 'look_up', asked));
  -- Not even the time it takes may tell: what a notice costs is paid before the wait.
  set constraints all immediate;
  set constraints all deferred;
  perform pg_sleep(greatest(0, 0.05 - extract(epoch from clock_timestamp() - began)));
end $$;

-- Units that chose to answer, for those who have the referral in hand.
create or replace function look_up_answers(referral bigint)
returns table (unit varchar, person varchar, phone varchar, answered_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.name, p.name, p.phone, n.answered_at
  from referrals_referral r
  join referrals_lookup l on l.referral_id = r.id
  join referrals_lookupnotice n on n.look_up_id = l.id and n.answer = 'contact_us'
  join access_unit u on u.id = n.told_unit_id
  join access_user p on p.id = n.answered_by_id
  join access_unit ours on ours.id = r.unit_id and ours.holder_id = any(access_holders())
  where r.id = referral and access_sees(r.youth_id, 'record')
  order by n.answered_at, u.name
$$;

revoke insert, update, delete on referrals_lookup from {{web}};
revoke insert, delete on referrals_lookupnotice from {{web}};
revoke all on function referrals_same_person(people_youth), look_up(bigint),
  look_up_answers(bigint) from public;
grant execute on function look_up(bigint), look_up_answers(bigint) to {{web}};
