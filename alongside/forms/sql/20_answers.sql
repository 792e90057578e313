-- A published version never changes: earlier answers keep the questions they answered.
create or replace function forms_published_stays() returns trigger
language plpgsql as $$
begin
  if old.published_at is not null then
    raise exception 'a published form never changes; make a new version' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

drop trigger if exists published_stays on forms_formversion;
create trigger published_stays before update or delete on forms_formversion
  for each row execute function forms_published_stays();

-- Answers as rows: one for each answer, and one for each of several chosen. A response
-- that was corrected is left out; what corrects it stands. Reads as its reader.
create or replace view form_answer with (security_invoker = true) as
  select r.id as response_id, r.youth_id, r.compartment, f.code as form, v.number as version,
    r.at, given.question, chosen.value
  from forms_response r
  join forms_formversion v on v.id = r.version_id
  join forms_form f on f.id = v.form_id
  cross join lateral jsonb_each(r.answers) as given (question, answer)
  cross join lateral (
    select element as value from jsonb_array_elements_text(
      case jsonb_typeof(given.answer) when 'array' then given.answer else jsonb_build_array(given.answer) end
    ) as element
  ) as chosen
  where not exists (select from forms_response c where c.corrects_id = r.id);

revoke insert, update, delete on form_answer from {{web}};
grant select on form_answer to {{web}};
