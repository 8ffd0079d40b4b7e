// Package store holds what the databases share: the tables, as numbered
// migrations, and the text of the queries.
//
// Identifiers and hashes are blobs, times are milliseconds since 1970. The
// tenant leads every key, so that a query cannot forget it. Bodies are CBOR,
// opaque to SQL: a record's fields in rec.body, the marks of its writes in
// rec.stamps, an operation as it was sent in op.body.
package store

// Migrations bring a database from any version to this one: the n-th takes it
// from version n to n+1. One that was published never changes.
var Migrations = []string{`
create table meta (key text primary key, value blob not null);

create table tenant (id integer primary key, name text not null, epoch integer not null, hlc integer not null, created integer not null);

create table usr (
	tenant integer not null references tenant, id blob not null, login text not null collate nocase, name text not null,
	role integer not null, home integer not null, hash text not null, off integer not null,
	primary key (tenant, id));
create unique index usr_login on usr (login);

create table scope (
	tenant integer not null references tenant, id integer not null, kind integer not null, name text not null, seq integer not null,
	primary key (tenant, id)) without rowid;

create table grant_scope (
	tenant integer not null, usr blob not null, scope integer not null, role integer not null, from_at integer not null, until_at integer not null,
	primary key (tenant, usr, scope, role, from_at),
	foreign key (tenant, usr) references usr, foreign key (tenant, scope) references scope) without rowid;
create index grant_by_scope on grant_scope (tenant, scope);

create table device (
	tenant integer not null, id blob not null, usr blob not null, last_n integer not null, last_chain blob not null,
	schema integer not null, build text not null, seen integer not null, clock_off_ms integer not null,
	primary key (tenant, id), foreign key (tenant, usr) references usr) without rowid;

create table rec (
	tenant integer not null, id blob not null, scope integer not null, root blob not null, kind integer not null,
	seq integer not null, ep integer not null, ver integer not null, flags integer not null, stamps blob not null, body blob not null,
	primary key (tenant, id), foreign key (tenant, scope) references scope);
create unique index rec_by_seq on rec (tenant, scope, seq);
create index rec_by_root on rec (tenant, root, id); -- id: or the planner sorts by walking the whole primary key

create table left_root (
	tenant integer not null, scope integer not null, root blob not null, seq integer not null, at integer not null,
	primary key (tenant, scope, root), foreign key (tenant, scope) references scope) without rowid;
create index left_by_seq on left_root (tenant, scope, seq);
create index left_by_root on left_root (tenant, root, seq, scope);

create table op (
	tenant integer not null, device blob not null, n integer not null, op_id blob not null, at integer not null, rec blob not null,
	kind integer not null, eff integer not null, outcome integer not null, body blob not null,
	primary key (tenant, device, n));
create unique index op_by_id on op (tenant, op_id) where outcome <> 4;

create table parked (
	tenant integer not null, place integer primary key, rec blob not null, op_id blob not null, device blob not null, usr blob not null,
	eff integer not null, at integer not null, body blob not null);
create unique index parked_by_op on parked (tenant, op_id);
create index parked_by_rec on parked (tenant, rec);

create table session (
	ref blob primary key, family blob not null, gen integer not null, tenant integer not null, usr blob not null, device blob not null,
	began integer not null, issued integer not null, seen integer not null, replaced integer not null,
	foreign key (tenant, usr) references usr) without rowid;
create index session_by_family on session (family);
create index session_by_user on session (tenant, usr);

create table audit (
	place integer primary key, tenant integer not null, at integer not null, usr blob not null, what text not null, about text not null);
`, `
alter table device add column backed_up_n integer not null default 0;
`}
