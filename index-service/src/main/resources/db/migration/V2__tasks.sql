-- Tasks that go on after their request. Whoever runs one holds an advisory lock with its number; the epoch fences one
-- that has lost the lock without noticing.
create table task (
    number              bigint generated always as identity primary key,
    action              text        not null,
    description         text        not null,
    -- The caller it works for.
    owner               text        not null,
    -- The instance that took the request: part of the task's name for ever.
    origin              text        not null,
    runner              text        not null,
    epoch               bigint      not null default 0,
    request             bytea       not null,
    progress            bytea       not null,
    -- Negative: as fast as it goes.
    requests_per_second real        not null,
    cancelled           boolean     not null default false,
    started_at          timestamptz not null default now(),
    finished_at         timestamptz,
    -- Of a finished task: the HTTP status of its answer, negative for an error, and the JSON.
    status              integer,
    answer              bytea
);
create index task_running on task (number) where finished_at is null;
