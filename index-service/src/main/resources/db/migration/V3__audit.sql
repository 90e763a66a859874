-- What the last audit found of a shard. No key into the catalog: a finding may outlive its index for a moment.
create table audit_finding (
    index_uuid uuid        not null,
    shard      integer     not null,
    generation bigint      not null,
    -- Of the audit's barrier; -1 when the log did not take it.
    log_offset bigint      not null,
    barrier_id bytea       not null,
    verdict    text        not null,
    -- As callers see it.
    finding    json        not null,
    found_at   timestamptz not null default now(),
    primary key (index_uuid, shard)
);
