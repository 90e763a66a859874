-- One number for the catalog as a whole. Every change locks this row first, so changes are in one order and versions
-- become visible in that order.
create table catalog_version (
    only_row boolean primary key default true check (only_row),
    version  bigint not null
);
insert into catalog_version (version) values (0);

create table index_entry (
    uuid              uuid primary key,
    name              text    not null,
    deleted           boolean not null default false,
    -- The catalog's version that this row's last change came with.
    catalog_version   bigint  not null unique,
    created_at_millis bigint  not null,
    -- json and not jsonb: the order of members is kept.
    settings          json    not null,
    mapping           json    not null
);
create unique index index_entry_live_name on index_entry (name) where not deleted;

create table shard_log (
    index_uuid uuid    not null references index_entry,
    shard      integer not null,
    topic      text    not null,
    partition  integer not null,
    generation bigint  not null,
    primary key (index_uuid, shard)
);

-- Changes on their way to the topic elpis.catalog: whole values, removed once they are there.
create table catalog_outbox (
    catalog_version bigint primary key,
    index_uuid      uuid  not null,
    entry           bytea not null
);
