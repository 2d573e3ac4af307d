-- One row for each running server. A server renews its lease; one that stopped renewing is gone.
create table nodes (
  id uuid primary key,
  started_at timestamptz not null default now(),
  lease_until timestamptz not null
);

-- One row for each user who is here, owned by the server that holds their session.
create table users (
  id uuid primary key,
  node_id uuid not null references nodes on delete cascade,
  name text not null,
  online boolean not null,
  since timestamptz not null,
  updated_at timestamptz not null default now()
);

create index users_node_id on users (node_id);

-- Who is online. The people of a server whose lease ran out are not, whoever looks.
create view people_online as
  select users.id, users.name, users.since, users.node_id
  from users
  join nodes on nodes.id = users.node_id
  where users.online and nodes.lease_until > now();
