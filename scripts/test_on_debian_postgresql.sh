#!/usr/bin/env bash
# The database-bound tests on a server of its own (Debian's PostgreSQL 15), given by the
# two URLs as a deployment gives them. The server lives in a temporary folder.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=/usr/lib/postgresql/15/bin
folder=$(mktemp -d)
port=${PORT_FOR_POSTGRESQL:-54329}
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
stop() { as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT

as "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off" start >/dev/null
as psql -q -h 127.0.0.1 -p "$port" -U postgres <<'SQL'
create role alongside_owner login createdb password 'owner';
grant set on parameter session_replication_role to alongside_owner;
create role alongside_web login nosuperuser nobypassrls password 'web';
create database alongside owner alongside_owner;
SQL
export ALONGSIDE_DATABASE_URL="postgresql://alongside_web:web@127.0.0.1:$port/alongside"
export ALONGSIDE_OWNER_DATABASE_URL="postgresql://alongside_owner:owner@127.0.0.1:$port/alongside"
.venv/bin/pytest -n 2 -m "not browser and not slow" ${DATABASE_TESTS:-tests/access tests/config tests/people tests/activities tests/cases tests/referrals tests/forms tests/staff tests/plans tests/meetings tests/exchange} "$@"
