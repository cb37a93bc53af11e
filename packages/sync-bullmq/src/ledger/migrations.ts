/**
 * How the schema came to look as it does, step by step: one of version n needs those after the nth. `@.` stands for the schema. A
 * step is never changed once it has been published; what is to be otherwise is a new one.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table @.sync (
    id integer generated always as identity primary key,
    name text collate "C" not null unique,
    definition text not null,
    salt text not null,
    fence bigint not null default 0
  );

  create table @.claim (
    sync integer not null,
    task text collate "C" not null,
    holder text not null,
    fence bigint not null,
    ends_at bigint not null,
    primary key (sync, task)
  );

  -- What every reading touches is apart from the values, so that a run in which nothing changed writes small rows only; with room in
  -- each page, so that they are written in place and no index is touched.
  create sequence @.pair_number;
  create table @.pair (
    id bigint not null,
    sync integer not null,
    shard integer not null,
    source_seen integer,
    target_seen integer,
    source_gone boolean not null,
    target_gone boolean not null,
    key_hash text collate "C" not null,
    source_id text collate "C",
    target_id text collate "C",
    problem text,
    primary key (sync, id)
  ) with (fillfactor = 80);
  create unique index pair_source on @.pair (sync, source_id) where source_id is not null;
  create unique index pair_target on @.pair (sync, target_id) where target_id is not null;
  create index pair_key on @.pair (sync, key_hash);
  create index pair_problem on @.pair (sync, id) where problem is not null;

  create table @.pair_values (
    id bigint primary key,
    key text,
    source_base_hash text,
    source_base text,
    source_read_hash text,
    source_read text,
    source_edited_at text,
    source_own_at text,
    target_base_hash text,
    target_base text,
    target_read_hash text,
    target_read text,
    target_edited_at text,
    target_own_at text
  );

  create table @.generation (
    sync integer not null,
    side text not null,
    number integer not null,
    state text not null,
    cursor text,
    read bigint not null,
    resumed boolean not null,
    unreadable bigint not null,
    started_at bigint not null,
    primary key (sync, side, number)
  );

  -- Here, and in the lines, rows come and go: they are cleared away soon.
  create sequence @.intent_place;
  create table @.intent (
    sync integer not null,
    id text collate "C" not null,
    place bigint not null default nextval('@.intent_place'),
    key_hash text collate "C" not null,
    shard integer not null,
    side text not null,
    operation text not null,
    key text,
    record_id text,
    other_id text,
    written text,
    fence bigint not null,
    sent_until bigint not null,
    primary key (sync, id)
  ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

  create table @.staged (
    sequence bigint generated always as identity primary key,
    sync integer not null,
    shard integer not null,
    side text not null,
    generation integer not null,
    contact_id text collate "C" not null,
    contact text not null
  ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
  create index staged_shard on @.staged (sync, shard, sequence);

  create table @.conflict (
    sync integer not null,
    id text collate "C" not null,
    place bigint generated always as identity,
    pair bigint not null,
    shard integer not null,
    key text,
    field text not null,
    source text,
    target text,
    base text,
    found_at bigint not null,
    decision text,
    primary key (sync, id)
  );
  create index conflict_pair on @.conflict (sync, pair);
  create index conflict_place on @.conflict (sync, place);

  create table @.run (
    sync integer not null,
    number integer not null,
    phase text not null,
    state text not null,
    started_at bigint not null,
    ended_at bigint,
    resumes integer not null,
    notes text,
    primary key (sync, number)
  );

  -- Each task adds up for itself, so that workers do not wait for each other.
  create table @.run_count (
    sync integer not null,
    run integer not null,
    task text collate "C" not null,
    name text collate "C" not null,
    value bigint not null,
    primary key (sync, run, task, name)
  );

  -- When the next request would be due at the pace of a limit, in milliseconds since the epoch. After a crash it begins anew.
  create unlogged table @.rate_limit (
    name text collate "C" primary key,
    due double precision not null,
    -- When a turn was given last without a wait.
    free_at double precision not null default 0,
    -- How much was given back of it in all.
    back double precision not null default 0
  ) with (fillfactor = 10);
  `,
]
